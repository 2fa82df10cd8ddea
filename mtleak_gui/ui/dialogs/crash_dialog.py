# SPDX-License-Identifier: GPL-3.0-only
"""Tells of a fault of the program: where it happened, where that is kept, and that one may go on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from mtleak_gui.core.crash_report import CrashReport
from mtleak_gui.ui.dialogs.question import Question
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.details_view import details_view
from mtleak_gui.ui.widgets.labels import ElidedLabel

_WIDTH = 640
_TRACE_HEIGHT = 220


class FaultDialog(Question):
    """What both dialogs on faults have: the trace, where it is saved, Copy and Open folder."""

    def __init__(
        self, theme: ThemeKeeper, report: CrashReport, title: str, text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, "alert-octagon-outline", "danger", title, text, width=_WIDTH, parent=parent)
        self._report = report
        self.trace = details_view(f"{report.summary}\n\n{report.trace}", self)
        self.trace.setFixedHeight(_TRACE_HEIGHT)
        self.body.addWidget(self.trace)
        saved = self.tr("Saved as {}").format(report.path) if report.path else self.tr("It could not be saved.")
        self.saved = ElidedLabel(saved, "secondary")
        self.body.addWidget(self.saved)
        self.copy = IconButton(theme, "content-copy", self.tr("Copy"), parent=self)
        self.copy.clicked.connect(self._copy)
        self.add_left_button(self.copy)
        if report.path:
            folder = IconButton(theme, "folder-open-outline", self.tr("Open folder"), parent=self)
            folder.clicked.connect(self._open_folder)
            self.add_left_button(folder)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.trace.toPlainText())

    @Slot()
    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(str(self._report.path)).parent)))


class CrashDialog(FaultDialog):
    """A fault of this run. Closing it goes on; ``quit_chosen`` comes when the user would rather end."""

    quit_chosen = Signal()

    def __init__(self, theme: ThemeKeeper, report: CrashReport, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            report,
            self.tr("Something in this program failed"),
            self.tr(
                "What is recorded goes on where it can, and what was recorded is safe. What you did last may not have "
                "worked. Please add the text below to a bug report."
            ),
            parent,
        )
        leave = self.add_button(self.tr("Quit"))
        leave.setAutoDefault(False)
        leave.clicked.connect(self._quit)
        self.add_button(self.tr("Continue"), "filled", focused=True).clicked.connect(self.accept)

    @Slot()
    def _quit(self) -> None:
        self.accept()
        self.quit_chosen.emit()


class LastCrashDialog(FaultDialog):
    """A fault of an earlier run that nobody has seen; seen when it is closed."""

    def __init__(self, theme: ThemeKeeper, report: CrashReport, parent: QWidget | None = None) -> None:
        super().__init__(
            theme,
            report,
            self.tr("The last run ended unexpectedly") if report.fatal else self.tr("Something failed in the last run"),
            self.tr(
                "What was recorded up to then is safe: a row is on its way to the disk within a tenth of a second. "
                "The text below tells where it happened; please add it to a bug report."
            ),
            parent,
        )
        self.add_button(self.tr("Close"), "filled", focused=True).clicked.connect(self.accept)
