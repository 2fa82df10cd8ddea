# SPDX-License-Identifier: GPL-3.0-only
"""A board made of recorded bytes, on a real TCP socket or a real pseudo-terminal."""

from __future__ import annotations

import array
import contextlib
import fcntl
import os
import select
import socket
import termios
import threading
import time
import tty
from collections.abc import Callable, Iterator
from typing import Protocol

from tests.link.frames import asked_config_ids

Answer = Callable[[int], bytes]
"""Given the id that the client asked with, the bytes that the board sends."""

_POLL_S = 0.02


class ReplayedBoard:
    """Says the next of ``answers`` to each ``want_config`` and hears until it is closed."""

    def __init__(self, descriptor: int, answers: list[Answer], *, hang_up: bool = False) -> None:
        self._descriptor = descriptor
        self._answers = answers
        self._hang_up = hang_up
        self._closing = threading.Event()
        self.questions = 0
        self.heard = bytearray()

    def run(self) -> None:
        """Play the board until it is closed, the client goes or, with ``hang_up``, it has nothing more to answer."""
        with contextlib.suppress(OSError):
            while not self._closing.is_set() and not (self._hang_up and not self._answers):
                readable, _, _ = select.select([self._descriptor], [], [], _POLL_S)
                if readable and not self._take(os.read(self._descriptor, 4096)):
                    return

    def close(self) -> None:
        """End playing."""
        self._closing.set()

    def say(self, data: bytes) -> None:
        """Send bytes; may be called from any thread."""
        while data and not self._closing.is_set():
            _, writable, _ = select.select([], [self._descriptor], [], _POLL_S)
            if writable:
                data = data[os.write(self._descriptor, data[:1024]) :]

    def _take(self, data: bytes) -> bool:
        self.heard += data
        asked = asked_config_ids(bytes(self.heard))
        while self.questions < len(asked):
            config_id = asked[self.questions]
            self.questions += 1
            if self._answers:
                self.say(self._answers.pop(0)(config_id))
        return bool(data)


class PtyBoard(ReplayedBoard):
    """A board on a pseudo-terminal; ``path`` is the serial port to open."""

    def __init__(self, answers: list[Answer]) -> None:
        self._ours, self._theirs = os.openpty()
        tty.setraw(self._theirs)
        super().__init__(self._ours, answers)
        self.path = os.ttyname(self._theirs)

    def run(self) -> None:
        """Play the board, then let its side of the terminal go, which the client sees as an unplugged port."""
        super().run()
        os.close(self._ours)

    def wait_until_read(self) -> None:
        """Wait until the client has taken every byte: what it has not taken when the board goes is lost."""
        unread = array.array("i", [1])
        deadline = time.monotonic() + 10
        while unread[0]:
            assert time.monotonic() < deadline
            time.sleep(0.005)
            fcntl.ioctl(self._theirs, termios.FIONREAD, unread)

    def release(self) -> None:
        """Let the client's side of the terminal go as well."""
        os.close(self._theirs)


class TcpBoards:
    """Boards behind one TCP port, a new one for each client; they share what is to be answered.

    With ``hang_up`` a board hangs up when there is nothing left to answer.
    """

    def __init__(self, answers: list[Answer], *, hang_up: bool) -> None:
        self._answers = answers
        self._hang_up = hang_up
        self._closing = threading.Event()
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(_POLL_S)
        self.port: int = self._server.getsockname()[1]
        self.boards: list[ReplayedBoard] = []

    def run(self) -> None:
        """Serve one client after the other."""
        with self._server:
            while not self._closing.is_set():
                try:
                    client, _ = self._server.accept()
                except TimeoutError:
                    continue
                with client:
                    self.boards.append(ReplayedBoard(client.fileno(), self._answers, hang_up=self._hang_up))
                    self.boards[-1].run()
                    _hang_up_gently(client)

    def answer_again(self, answer: Answer) -> None:
        """Answer one question more."""
        self._answers.append(answer)

    def close(self) -> None:
        """End serving."""
        self._closing.set()
        for board in self.boards:
            board.close()


def _hang_up_gently(client: socket.socket) -> None:
    """Close without the reset that would take away what the client has not read yet."""
    client.settimeout(5)
    with contextlib.suppress(OSError):
        client.shutdown(socket.SHUT_WR)
        while client.recv(4096):
            pass


class _Player(Protocol):
    def run(self) -> None: ...

    def close(self) -> None: ...


@contextlib.contextmanager
def on_tcp(answers: list[Answer], *, hang_up: bool = False) -> Iterator[TcpBoards]:
    """Serve boards on a TCP port of this machine."""
    boards = TcpBoards(answers, hang_up=hang_up)
    with _playing(boards):
        yield boards


@contextlib.contextmanager
def on_pty(answers: list[Answer]) -> Iterator[PtyBoard]:
    """Serve one board on a pseudo-terminal."""
    board = PtyBoard(answers)
    try:
        with _playing(board):
            yield board
    finally:
        board.release()


@contextlib.contextmanager
def _playing(player: _Player) -> Iterator[None]:
    thread = threading.Thread(target=player.run, name="replayed board")
    thread.start()
    try:
        yield
    finally:
        player.close()
        thread.join()
