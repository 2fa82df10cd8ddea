# SPDX-License-Identifier: GPL-3.0-only
"""Closing the window: while it records the tester is asked; the recording may go on in the tray."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from mtleak_gui.engine.bench import Bench
from mtleak_gui.ui.dialogs.quit_dialog import QuitDialog
from mtleak_gui.ui.main_window import MainWindow
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


class Quitting(QObject):
    """``confirmed`` comes when the program is to end."""

    confirmed = Signal()

    def __init__(self, bench: Bench, window: MainWindow, theme: ThemeKeeper) -> None:
        super().__init__(window)
        self._bench, self._window, self._theme = bench, window, theme
        self._tray: QSystemTrayIcon | None = None
        self._dialog: QuitDialog | None = None
        window.close_requested.connect(self.ask)

    @Slot()
    def ask(self) -> None:
        """End at once, or ask first while rows are being recorded."""
        recorder = self._bench.recorder
        if not recorder.running or recorder.demo:
            self.confirmed.emit()
            return
        if self._dialog is not None:
            self._dialog.raise_()
            return
        boards = sum(1 for session in self._bench.sessions if session.link.phase != "closed")
        dialog = QuitDialog(self._theme, boards, tray=QSystemTrayIcon.isSystemTrayAvailable(), parent=self._window)
        dialog.stop_and_quit_chosen.connect(self.confirmed)
        dialog.keep_recording_chosen.connect(self._go_to_tray)
        dialog.finished.connect(self._dialog_ended)
        self._dialog = dialog
        dialog.open()

    @Slot()
    def _dialog_ended(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None

    @Slot()
    def _go_to_tray(self) -> None:
        if self._tray is None:
            self._tray = QSystemTrayIcon(QIcon(self._window.windowIcon()), self)
            menu = QMenu(self._window)
            show = QAction(self.tr("Show the window"), menu)
            show.triggered.connect(self._come_back)
            end = QAction(self.tr("Stop recording and quit"), menu)
            end.triggered.connect(self.confirmed)
            menu.addActions([show, end])
            self._tray.setContextMenu(menu)
            self._tray.setToolTip(self.tr("MT Leakhunt is recording"))
            self._tray.activated.connect(self._come_back)
        self._tray.show()
        self._window.hide()

    @Slot()
    def _come_back(self) -> None:
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        if self._tray is not None:
            self._tray.hide()
