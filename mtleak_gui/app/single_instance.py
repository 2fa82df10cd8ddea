# SPDX-License-Identifier: GPL-3.0-only
"""One window for one user's recordings: a second start asks the first one to come to the front, and ends.

Two programs that share recordings would be writer and reader of the same folder. They talk over a local socket (a named
pipe on Windows) that only this user may open; nothing of it is in the network. Lives on the GUI thread.
"""

from __future__ import annotations

import getpass
import hashlib
import json
import logging
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from mtleak_gui.storage.places import Places

_WAIT_MS = 500
_LONGEST_WISH_BYTES = 65_536

log = logging.getLogger(__name__)


class StartWish(NamedTuple):
    """What a start asks for: a recording to be shown, the scenario of a demo, or nothing but the window."""

    open: Path | None = None
    demo: str | None = None


class SingleInstance(QObject):
    """``hand_over`` first; when nobody took the wish, ``listen``."""

    asked = Signal(StartWish)
    """Another start of the program wants this window, and something shown in it."""

    def __init__(self, places: Places, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = _name_of(places)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take)

    def hand_over(self, wish: StartWish) -> bool:
        """Give the wish to a program that runs already; return whether there is one. Waits at most a second."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_WAIT_MS):
            return False
        opened = None if wish.open is None else str(wish.open.absolute())
        socket.write(json.dumps({"open": opened, "demo": wish.demo}).encode() + b"\n")
        return socket.waitForBytesWritten(_WAIT_MS) and (
            socket.waitForDisconnected(_WAIT_MS) or socket.state() == QLocalSocket.LocalSocketState.UnconnectedState
        )

    def listen(self) -> None:
        """Hear later starts; a socket that a killed program left is taken over."""
        QLocalServer.removeServer(self._name)
        if not self._server.listen(self._name):
            log.warning("A second start will open a second window: %s", self._server.errorString())

    def close(self) -> None:
        """Hear nobody any more."""
        self._server.close()

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
