# SPDX-License-Identifier: GPL-3.0-only
"""Opens the dialog on a board's trouble, from wherever it is asked for: a notice, the list of things to fix, a tile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from mtleak_gui.engine.bench import Bench
from mtleak_gui.ui.devices.trouble_dialog import TroubleDialog
from mtleak_gui.ui.requests import TroubleRequest
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


class TroubleTelling(QObject):
    """One dialog at a time; it goes with the session that it is about."""

    def __init__(self, bench: Bench, theme: ThemeKeeper, pick_port: Callable[[], None], window: QWidget) -> None:
        super().__init__(window)
        self._bench, self._theme, self._pick_port, self._window = bench, theme, pick_port, window
        self._dialog: TroubleDialog | None = None
        bench.session_removed.connect(self._end_with)

    @Slot(object)
    def show(self, request: TroubleRequest) -> None:
        """Show a trouble of a board; nothing happens when its session is gone."""
        session = self._bench.session(request.port)
        if session is None:
            return
        self._end()
        dialog = TroubleDialog(session, self._theme, request.trouble, self._window)
        dialog.setProperty("port", request.port)
        dialog.retry_requested.connect(self._bench.reconnect)
        dialog.port_picker_requested.connect(self._pick)
        dialog.finished.connect(self._forget)
        self._dialog = dialog
        dialog.open()

    @Slot()
    def _pick(self) -> None:
        self._pick_port()

    @Slot(str)
    def _end_with(self, port: str) -> None:
        if self._dialog is not None and self._dialog.property("port") == port:
            self._end()

    def _end(self) -> None:
        if self._dialog is not None:
            self._dialog.accept()

    @Slot()
    def _forget(self) -> None:
        self._dialog = None
