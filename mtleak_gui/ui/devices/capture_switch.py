# SPDX-License-Identifier: GPL-3.0-only
"""Hears a connected board another way, when that is confirmed: the connection ends and begins anew."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from mtleak_gui.core.addresses import address_of_port
from mtleak_gui.core.auto_capture import CaptureWay
from mtleak_gui.core.settings import Capture
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.known_boards import KnownBoards
from mtleak_gui.ui.dialogs.confirm_dialog import ConfirmDialog
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


class CaptureSwitch(QObject):
    """``ask`` opens the question; what was chosen is kept for the next time too."""

    def __init__(self, bench: Bench, theme: ThemeKeeper, known: KnownBoards, window: QWidget) -> None:
        super().__init__(window)
        self._bench, self._theme, self._known, self._window = bench, theme, known, window

    def ask(self, port: str, way: CaptureWay, wish: Capture) -> None:
        """Ask whether the board on ``port`` is to be heard by ``way`` from now on, ``wish`` being what was chosen."""
        session = self._bench.session(port)
        if session is None:
            return
        title, text, act = self._words(session.name, way)
        dialog = ConfirmDialog(self._theme, title, text, act, parent=self._window)

        def switch() -> None:
            address = address_of_port(port)
            if (known := self._known.at(address)) is not None:
                self._known.change(known, capture=wish)
            self._bench.connect_board(address, way, lines=self._known.lines(address))

        dialog.accepted.connect(switch)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _words(self, name: str, way: CaptureWay) -> tuple[str, str, str]:
        again = self.tr("The connection is closed and opened again; the recording goes on, with a gap of some seconds.")
        if way == "console":
            text = self.tr(
                "{0} The console shows each line with its [heap N] prefix, but no telemetry and no packets, and "
                "nothing is sent. It stays silent until the board restarts, because this program has spoken protobuf "
                "to it: press its reset afterwards."
            ).format(again)
            return self.tr("Switch {0} to console tap?").format(name), text, self.tr("Switch to console")
        text = self.tr(
            "{0} The API brings telemetry and packets. The text console falls silent until the board restarts."
        ).format(again)
        return self.tr("Switch {0} to an API session?").format(name), text, self.tr("Switch to API")
