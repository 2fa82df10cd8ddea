# SPDX-License-Identifier: GPL-3.0-only
"""Shows faults of the program: those of this run as they come, one at a time, and the newest unseen one of earlier."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from mtleak_gui.core.crash_report import CrashReport
from mtleak_gui.engine.crash_reporter import CrashReporter
from mtleak_gui.engine.settings_keeper import Background
from mtleak_gui.ui.dialogs.crash_dialog import CrashDialog, FaultDialog, LastCrashDialog
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


class CrashTelling(QObject):
    """``quit_chosen`` comes when the user wants to end after a fault."""

    quit_chosen = Signal()

    def __init__(self, crashes: CrashReporter, disk: Background, theme: ThemeKeeper, window: QWidget) -> None:
        super().__init__(window)
        self._crashes, self._disk, self._theme, self._window = crashes, disk, theme, window
        self._waiting: deque[CrashReport] = deque()
        self._dialog: FaultDialog | None = None
        crashes.crashed.connect(self._take)

    @property
    def dialog(self) -> FaultDialog | None:
        """The dialog that is shown."""
        return self._dialog

    def offer_unseen(self) -> None:
        """Look for what happened in earlier runs, and tell of the newest."""
        self._disk.run(self._crashes.unseen, self).done.connect(self._tell_of_earlier)

    @Slot(object)
    def _take(self, report: CrashReport) -> None:
        self._waiting.append(report)
        if self._dialog is None:
            self._show_next()

    @Slot(object)
    def _tell_of_earlier(self, reports: tuple[CrashReport, ...]) -> None:
        if reports and self._dialog is None:
            self._show(LastCrashDialog(self._theme, reports[0], self._window))
        self._mark_seen(reports)

    def _show_next(self) -> None:
        report = self._waiting.popleft()
        dialog = CrashDialog(self._theme, report, self._window)
        dialog.quit_chosen.connect(self.quit_chosen)
        self._show(dialog)
        self._mark_seen((report,))

    def _show(self, dialog: FaultDialog) -> None:
        self._dialog = dialog
        dialog.finished.connect(self._ended)
        dialog.open()

    def _mark_seen(self, reports: tuple[CrashReport, ...]) -> None:
        def mark() -> None:
            for report in reports:
                self._crashes.mark_seen(report)

        if reports:
            self._disk.run(mark, self)

    @Slot()
    def _ended(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
        if self._waiting:
            self._show_next()
