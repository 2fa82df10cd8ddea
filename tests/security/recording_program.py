# SPDX-License-Identifier: GPL-3.0-only
"""The real window records a board, or shows the demo: ``main(FOLDER, ADDRESS or "demo")``; then ``FOLDER/done``."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from mtleak_gui.app import program
from mtleak_gui.app.application import Application
from mtleak_gui.core.addresses import parse_address

_LOOK_MS = 20
_MORE_MS = 1_500


class Onlooker(QObject):
    """Connects, asks for a verdict when heap was heard, and tells a moment later."""

    def __init__(self, application: Application, folder: Path, address: str) -> None:
        super().__init__(application)
        self._application, self._folder, self._address = application, folder, address
        self._look = QTimer(self)
        self._look.timeout.connect(self._look_at_board)
        application.ready.connect(self._begin)

    def _begin(self) -> None:
        engine = self._application.engine
        assert engine is not None
        if self._address != "demo":
            engine.bench.connect_board(parse_address(self._address))
        self._look.start(_LOOK_MS)

    def _look_at_board(self) -> None:
        engine, parts = self._application.engine, self._application.parts
        assert engine is not None
        assert parts is not None
        session = engine.bench.current
        if session is None or not session.heap or not engine.bench.recorder.running:
            return
        self._look.stop()
        parts.judge()
        QTimer.singleShot(_MORE_MS, self, self._tell)

    def _tell(self) -> None:
        (self._folder / "done").touch()


def main(folder: str, address: str) -> int:
    """Run the program until it is ended."""
    run = Application.begin

    def begin(application: Application) -> None:
        Onlooker(application, Path(folder), address)
        run(application)

    vars(program)["Application"] = type("Watched", (Application,), {"begin": begin})
    return program.run_window(["--demo"] if address == "demo" else [])
