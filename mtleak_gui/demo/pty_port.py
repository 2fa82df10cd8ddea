# SPDX-License-Identifier: GPL-3.0-only
"""The board's serial side on a pseudo-terminal, like a USB-UART bridge: the device stays while the board restarts.

Runs in: a thread of its own. POSIX only.
"""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from mtleak_gui.demo.outbox import Outbox, Wake
from mtleak_gui.demo.phone_api import PhoneSession
from mtleak_gui.demo.virtual_board import VirtualBoard

_READ_BYTES = 65536
_JOIN_SECONDS = 5.0
_NOBODY_LISTENS_MS = 20
"""No event tells that somebody opens the terminal, so it is looked at fifty times a second while it is closed."""


class NoPtyError(OSError):
    """This system has no pseudo-terminals."""


class PtyPort:
    """A terminal device at ``path``. Raises ``NoPtyError`` where there are none, ``OSError`` when none is free."""

    def __init__(self, board: VirtualBoard) -> None:
        if sys.platform == "win32":
            raise NoPtyError("Windows has no pseudo-terminals; serve the board over TCP instead")
        self._board = board
        self._master, self.path = _open_raw_terminal()
        self._wake = Wake()
        self._outbox = Outbox(self._wake)
        self._closing = False
        self._thread = Thread(target=self._serve, name=f"virtual-board-pty-{self.path}", daemon=True)

    def start(self) -> None:
        """Let the terminal speak, and the board's time pass."""
        session = self._board.open_session(serial=True, send=self._outbox.put, hang_up=self._wake.now)
        self._session: PhoneSession = session
        self._board.start()
        self._thread.start()

    def close(self) -> None:
        """Take the terminal away and wait for the thread, at most five seconds."""
        self._board.close_session(self._session)
        self._closing = True
        self._wake.now()
        self._thread.join(_JOIN_SECONDS)
        self._board.stop()
        self._wake.close()

    def _serve(self) -> None:
        terminal = select.poll()
        sleep = select.poll()
        sleep.register(self._wake, select.POLLIN)
        while not self._closing:
            if self._is_open(terminal):
                self._exchange(terminal)
            else:
                # What is said while nobody listens is lost, as on a real line.
                self._outbox.drop()
                sleep.poll(_NOBODY_LISTENS_MS)
                self._wake.calm()
        os.close(self._master)

    def _is_open(self, terminal: select.poll) -> bool:
        terminal.register(self._master, select.POLLIN)
        return not any(events & select.POLLHUP and not events & select.POLLIN for _, events in terminal.poll(0))

    def _exchange(self, terminal: select.poll) -> None:
        terminal.register(self._master, select.POLLIN | (select.POLLOUT if self._outbox else 0))
        terminal.register(self._wake, select.POLLIN)
        ready = dict(terminal.poll())
        terminal.unregister(self._wake)
        self._wake.calm()
        events = ready.get(self._master, 0)
        if events & select.POLLOUT:
            self._write()
        if events & select.POLLIN:
            self._read()

    def _write(self) -> None:
        try:
            self._outbox.drop(os.write(self._master, self._outbox.peek()))
        except BlockingIOError:
            return

    def _read(self) -> None:
        try:
            data = os.read(self._master, _READ_BYTES)
        except OSError:
            return  # closed between the poll and now; the next look sees it
        if data:
            self._board.receive(self._session, data)


def _open_raw_terminal() -> tuple[int, str]:
    import pty  # noqa: PLC0415 - Windows has no such module
    import tty  # noqa: PLC0415 - Windows has no such module

    try:
        master, slave = pty.openpty()
    except OSError as trouble:
        raise NoPtyError(f"this system gives no pseudo-terminal ({trouble})") from trouble
    # Raw from the start: until a client sets it up, an echo would send the board's words back to it.
    tty.setraw(slave)
    path = os.ttyname(slave)
    # Closed, so that the master can tell whether a client has it open.
    os.close(slave)
    os.set_blocking(master, False)
    return master, path


@contextmanager
def serve_pty(board: VirtualBoard) -> Iterator[str]:
    """Serve the board's serial side on a pseudo-terminal; yields its path."""
    port = PtyPort(board)
    port.start()
    try:
        yield port.path
    finally:
        port.close()
