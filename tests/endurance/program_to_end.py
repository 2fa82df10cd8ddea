# SPDX-License-Identifier: GPL-3.0-only
"""The real window, which records a board until its end is brought about: ``main(WAY, FOLDER, ADDRESS)``.

Makes ``FOLDER/ready`` when the board is recorded, or for a deaf one (``deaf:`` before the address) when it is waited
for. The ways from outside (signals, a display that dies) are up to who started it; SIGUSR1 tells where it stands.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer

from mtleak_gui.app import program
from mtleak_gui.app.application import Application
from mtleak_gui.app.engine_parts import EngineParts
from mtleak_gui.app.window_application import WindowApplication
from mtleak_gui.core.addresses import parse_address
from mtleak_gui.ui.dialogs.quit_dialog import QuitDialog

_LOOK_MS = 20


class Ender(QObject):
    """Connects the board and does what ``way`` says."""

    def __init__(self, application: Application, way: str, folder: Path, address: str) -> None:
        super().__init__(application)
        self._application, self._way, self._folder = application, way, folder
        self._deaf = address.startswith("deaf:")
        self._address = parse_address(address.removeprefix("deaf:"))
        self._look = QTimer(self)
        self._look.timeout.connect(self._look_at_board)
        application.ready.connect(self._begin)

    @property
    def _engine(self) -> EngineParts:
        engine = self._application.engine
        assert engine is not None
        return engine

    def _begin(self) -> None:
        self._engine.bench.connect_board(self._address)
        self._look.start(_LOOK_MS)

    def _look_at_board(self) -> None:
        bench = self._engine.bench
        session = bench.current
        if session is None or not bench.recorder.running:
            return
        if session.link.phase != ("configuring" if self._deaf else "live") or (not self._deaf and not session.heap):
            return
        self._look.stop()
        (self._folder / "ready").touch()
        act = getattr(self, f"_by_{self._way}", None)
        if act is not None:
            act()

    def _by_close(self) -> None:
        window = self._application.window
        window.close()
        [dialog] = window.findChildren(QuitDialog)
        dialog.stop_and_quit_chosen.emit()

    def _by_logout(self) -> None:
        """What Windows does; the session's manager cannot be made here, so that its announcement is called."""
        qt = QCoreApplication.instance()
        assert isinstance(qt, WindowApplication)
        qt.announce_end(None)
        QCoreApplication.sendEvent(qt, QEvent(QEvent.Type.Quit))
        assert self._application.ended

    def _by_worker(self) -> None:
        """The query process is killed, then the program ended."""
        pid = self._engine.queries.process_id
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        QTimer.singleShot(100, self._terminate)

    def _by_fault(self) -> None:
        """Faults in a slot of the window and at each batch, then the end."""
        self._engine.bench.batch_taken.connect(self._fail)
        QTimer.singleShot(0, self._fail)
        QTimer.singleShot(300, self._terminate)

    def _by_end_fault(self) -> None:
        """A fault in what is done first at the end."""
        self._application.ending.connect(self._fail)
        self._terminate()

    def _fail(self, *_heard: object) -> None:
        raise ValueError(f"a fault that was made to happen at {time.time()}")

    def _terminate(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)


def main(way: str, folder: str, address: str) -> int:
    """Run the program until it ends."""
    faulthandler.register(signal.SIGUSR1)
    # Who started the tests by `nohup` did not mean this program.
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    run = Application.begin

    def begin(application: Application) -> None:
        Ender(application, way, Path(folder), address)
        run(application)

    # The one place where everything is built and nothing is shown yet.
    vars(program)["Application"] = type("Ending", (Application,), {"begin": begin})
    return program.run_window([])
