# SPDX-License-Identifier: GPL-3.0-only
"""A virtual board on a pseudo-terminal that can be pulled out and plugged in again, under the same name or another."""

from __future__ import annotations

import os
import select
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mtleak_gui.core.addresses import SerialAddress
from mtleak_gui.demo.virtual_board import VirtualBoard
from tests.hostile.tap import Tap

_POLL_MS = 5


class PtyWay:
    """``device`` is a link to the terminal that there is now, as udev's names are; ``path`` is the terminal itself.

    Pulling the plug closes the side of the board: the client gets end of file or EIO, as of a USB port that went away.
    The kernel chooses the name of the next terminal.
    """

    def __init__(self, board: VirtualBoard, device: Path) -> None:
        self.board = board
        self.tap = Tap()
        self.device = device
        self.path = ""
        self.heard = bytearray()
        self._master: int | None = None
        self._slave: int | None = None
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._session = board.open_session(serial=True, send=self.tap.take, hang_up=lambda: None)
        self._thread = threading.Thread(target=self._run, name=f"pty way {device.name}")

    @property
    def address(self) -> SerialAddress:
        """Where a client finds the board."""
        return SerialAddress(str(self.device))

    @property
    def port(self) -> str:
        """The name of its rows."""
        return str(self.device)

    def plug_in(self, *, is_shown: bool = True) -> None:
        """Let the port be there, at a terminal of its own; without ``is_shown`` its name comes with ``show``."""
        master, slave = os.openpty()
        tty.setraw(slave)
        os.set_blocking(master, False)
        with self._lock:
            self._master, self._slave = master, slave
            self.path = os.ttyname(slave)
        if is_shown:
            self.show()

    def show(self) -> None:
        """Let the name of the port be there."""
        new = self.device.with_suffix(".new")
        new.symlink_to(self.path)
        new.replace(self.device)

    def pull(self) -> None:
        """Take the port away, with what was on its way."""
        self.device.unlink(missing_ok=True)
        with self._lock:
            for side in (self._master, self._slave):
                if side is not None:
                    os.close(side)
            self._master = self._slave = None
        self.tap.forget()

    def end(self) -> None:
        """Take everything away."""
        self._ending.set()
        self._thread.join()
        self.pull()
        self.board.close_session(self._session)
        self.board.stop()

    def begin(self) -> None:
        """Switch the board on."""
        self.board.start()
        self.plug_in()
        self._thread.start()

    def _run(self) -> None:
        while not self._ending.is_set():
            with self._lock:
                moved = self._master is not None and self._move(self._master)
            if not moved:
                self._ending.wait(_POLL_MS / 1000)

    def _move(self, master: int) -> bool:
        """Move what there is to move; return whether there was any."""
        terminal = select.poll()
        terminal.register(master, select.POLLIN | select.POLLOUT)
        events = dict(terminal.poll(0)).get(master, 0)
        moved = False
        if events & select.POLLIN and (data := os.read(master, 65536)):
            self.heard += data
            self.board.receive(self._session, data)
            moved = True
        if events & select.POLLOUT and (data := self.tap.give()):
            self.tap.give_back(data[os.write(master, data) :])
            moved = True
        return moved


@contextmanager
def on_pty(board: VirtualBoard, device: Path) -> Iterator[PtyWay]:
    """Serve a board; ``device`` is to be the name of its port."""
    way = PtyWay(board, device)
    way.begin()
    try:
        yield way
    finally:
        way.end()
