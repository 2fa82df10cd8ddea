# SPDX-License-Identifier: GPL-3.0-only
"""Asks what becomes of a recording when the window is closed."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from mtleak_gui.ui.dialogs.question import Question
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


class QuitDialog(Question):
    """``boards`` are recorded now; ``tray`` says whether the system has one where the program can go on."""

    keep_recording_chosen = Signal()
    stop_and_quit_chosen = Signal()

    def __init__(self, theme: ThemeKeeper, boards: int, *, tray: bool, parent: QWidget | None = None) -> None:
        super().__init__(theme, "record-circle", "danger", self._title(boards), self._text(tray=tray), parent=parent)
        stop = self.add_button(self.tr("Stop and quit"), "danger")
        stop.setAutoDefault(False)
        stop.clicked.connect(self._stop)
        cancel = self.add_button(self.tr("Cancel"), focused=True)
        cancel.clicked.connect(self.reject)
        if tray:
            keep = self.add_button(self.tr("Keep recording"), "filled")
            keep.setAutoDefault(False)
            keep.clicked.connect(self._keep)

    @Slot()
    def _stop(self) -> None:
        self.accept()
        self.stop_and_quit_chosen.emit()

    @Slot()
    def _keep(self) -> None:
        self.accept()
        self.keep_recording_chosen.emit()

    def _title(self, boards: int) -> str:
        if not boards:
            return self.tr("A recording is running")
        return self.tr("Recording 1 board") if boards == 1 else self.tr("Recording {} boards").format(boards)

    def _text(self, *, tray: bool) -> str:
        if tray:
            return self.tr(
                "Recording can go on without the window: its icon stays in the system tray and brings the window back. "
                "What was recorded stays on the disk either way."
            )
        return self.tr(
            "Quitting ends it. What was recorded stays on the disk and is appended to at the next start. "
            "To record on without the window, leave it minimised."
        )
