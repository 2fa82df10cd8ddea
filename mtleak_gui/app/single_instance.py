# SPDX-License-Identifier: GPL-3.0-only
"""One window for one user's recordings: a second start asks the first one to come to the front, and ends.

Two programs that share recordings would be writer and reader of the same folder. Who is first is told by a lock that
the system takes back from a program that ends, however it ends. They talk over a local socket (a named pipe on Windows)
that only this user may open; nothing of it is in the network. Lives on the GUI thread.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import logging
import time
from pathlib import Path
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from mtleak_gui.storage.places import Places
from mtleak_gui.storage.program_lock import ProgramLock

PATIENCE_S = 10.0
"""How long a first one that is starting or ending, or is busy, is waited for."""
_CONNECT_MS = 500
_AGAIN_S = 0.05
_TAKEN = b"taken\n"
_LONGEST_WISH_BYTES = 65_536

log = logging.getLogger(__name__)


class StartWish(NamedTuple):
    """What a start asks for: a recording to be shown, the scenario of a demo, or nothing but the window."""

    open: Path | None = None
    demo: str | None = None


Standing = Literal["first", "second", "second, unheard"]


class SingleInstance(QObject):
    """``begin`` says whether this start is the one that opens a window."""

    asked = Signal(StartWish)
    """Another start of the program wants this window, and something shown in it."""

    def __init__(self, places: Places, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = _name_of(places)
        self._lock = ProgramLock(places.settings / f"{self._name}.lock")
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take)

    @property
    def holder(self) -> int | None:
        """The process id of the first one, when this is not it and that is known."""
        return self._lock.holder

    def begin(self, wish: StartWish, patience_s: float = PATIENCE_S) -> Standing:
        """Become the first one, or give the wish to it; ``second, unheard`` when it took the wish not in time."""
        deadline = time.monotonic() + patience_s
        while not self._is_first():
            if self._hand_over(wish, deadline):
                return "second"
            if time.monotonic() >= deadline:
                return "second, unheard"
            time.sleep(_AGAIN_S)  # it is just starting, or ending
        self._listen()
        return "first"

    def hush(self) -> None:
        """Hear no more starts, but stay the first one: a start that comes now waits for the end of this program."""
        self._server.close()

    def close(self) -> None:
        """Let another one be the first."""
        self._server.close()
        self._lock.release()

    def _is_first(self) -> bool:
        try:
            return self._lock.take()
        except OSError as trouble:
            log.warning("A second start may open a second window: %s", trouble)
            return True

    def _hand_over(self, wish: StartWish, deadline: float) -> bool:
        """Give the wish to the program that runs already; return whether it said that it took it."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_CONNECT_MS):
            return False
        opened = None if wish.open is None else str(wish.open.absolute())
        socket.write(json.dumps({"open": opened, "demo": wish.demo}).encode() + b"\n")
        while not socket.canReadLine():
            left_ms = int((deadline - time.monotonic()) * 1000)
            if left_ms <= 0 or not socket.waitForReadyRead(left_ms):
                return False
        return bytes(socket.readLine().data()) == _TAKEN

    def _listen(self) -> None:
        """Hear later starts; a socket that a killed program left is taken over."""
        QLocalServer.removeServer(self._name)
        if not self._server.listen(self._name):
            log.warning("A second start cannot bring this window to the front: %s", self._server.errorString())

    @Slot()
    def _take(self) -> None:
        socket = self._server.nextPendingConnection()
        socket.readyRead.connect(self._read)
        socket.disconnected.connect(socket.deleteLater)
        if socket.canReadLine():
            self._read_from(socket)

    @Slot()
    def _read(self) -> None:
        socket = self.sender()
        if isinstance(socket, QLocalSocket):
            self._read_from(socket)

    def _read_from(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST_WISH_BYTES:
                socket.abort()
            return
        wish = _wish_of(bytes(socket.readLine(_LONGEST_WISH_BYTES).data()))
        socket.write(_TAKEN)
        socket.flush()
        socket.disconnectFromServer()
        self.asked.emit(wish)


def _wish_of(line: bytes) -> StartWish:
    try:
        told = json.loads(line)
    except ValueError:
        return StartWish()
    if not isinstance(told, dict):
        return StartWish()
    opened, demo = told.get("open"), told.get("demo")
    return StartWish(
        Path(opened) if isinstance(opened, str) and opened else None, demo if isinstance(demo, str) else None
    )


def _name_of(places: Places) -> str:
    """Return a name for the programs of this user that share recordings and settings."""
    whose = f"{getpass.getuser()}\0{places.recordings}\0{places.settings}"
    return f"mtleak-gui-{hashlib.sha256(whose.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
