# SPDX-License-Identifier: GPL-3.0-only
"""A TCP proxy before a virtual board's network API, that can do to its clients what networks and nodes do."""

from __future__ import annotations

import contextlib
import select
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from mtleak_gui.core.addresses import TcpAddress
from mtleak_gui.demo.tcp_port import TcpPort
from mtleak_gui.demo.virtual_board import VirtualBoard
from tests.hostile.tap import Tap

_POLL_S = 0.005
_AT_ONCE = 64
_LINGER_NONE = struct.pack("ii", 1, 0)


class _Pair:
    """One client and its connection to the board. ``is_lost``: half-open, nothing goes either way any more."""

    def __init__(self, client: socket.socket, board: socket.socket, tap: Tap) -> None:
        self.client, self.board, self.tap = client, board, tap
        self.is_lost = False
        client.setblocking(False)
        board.setblocking(False)

    def move(self) -> bool:
        """Pass on what there is; return whether both sides are still there."""
        if self.is_lost:
            return True
        readable, writable, _ = select.select([self.client, self.board], [self.client], [], 0)
        try:
            if self.board in readable:
                data = self.board.recv(65536)
                self.tap.take(data)
                if not data:
                    return False
            if self.client in readable:
                if not (data := self.client.recv(65536)):
                    return False
                self.board.sendall(data)
            if writable:
                self._give()
        except OSError:
            return False
        return True

    def _give(self) -> None:
        for _ in range(_AT_ONCE):
            if not (data := self.tap.give()):
                return
            try:
                sent = self.client.send(data)
            except BlockingIOError:
                sent = 0
            self.tap.give_back(data[sent:])
            if sent < len(data):
                return

    def close(self, *, reset: bool = False) -> None:
        """End both sides; with ``reset`` the client gets RST, as from a node that has restarted."""
        if reset:
            self.client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NONE)
        self.client.close()
        self.board.close()


class TcpWay:
    """The board listens on ``address`` until ``go_away``, and again there after ``come_back``.

    All clients share one tap: the node serves one of them only.
    """

    def __init__(self, board: VirtualBoard) -> None:
        self.board = board
        self.tap = Tap()
        self._upstream = TcpPort(board)
        self._pairs: list[_Pair] = []
        self._lock = threading.Lock()
        self._ending = threading.Event()
        self._listener: socket.socket | None = socket.create_server(("127.0.0.1", 0))
        self._listener.setblocking(False)
        self.address = TcpAddress("127.0.0.1", self._listener.getsockname()[1])
        self._thread = threading.Thread(target=self._run, name=f"tcp way {self.address.tcp_port}")

    @property
    def port(self) -> str:
        """The name of its rows."""
        return self.address.port

    def begin(self) -> None:
        """Switch the board on."""
        self._upstream.start()
        self._thread.start()

    def end(self) -> None:
        """Take everything away."""
        self._ending.set()
        self._thread.join()
        self.go_away()
        self._upstream.close()

    def cut(self, *, reset: bool = False) -> None:
        """End the connections that there are."""
        with self._lock:
            for pair in self._pairs:
                pair.close(reset=reset)
            self._pairs.clear()
            self.tap.forget()

    def go_away(self, *, reset: bool = False) -> None:
        """End all connections and listen no more."""
        with self._lock:
            if self._listener is not None:
                self._listener.close()
                self._listener = None
        self.cut(reset=reset)

    def come_back(self) -> None:
        """Listen again."""
        listener = socket.create_server(("127.0.0.1", self.address.tcp_port))
        listener.setblocking(False)
        with self._lock:
            self._listener = listener

    def lose_peer(self) -> None:
        """Make the connections half-open: the board's side is gone and the client is told nothing.

        An imitation: the kernel of this machine still acknowledges what the client sends, as a middlebox would that has
        forgotten the node behind it.
        """
        with self._lock:
            for pair in self._pairs:
                pair.is_lost = True
                pair.board.close()
            self.tap.forget()

    def _run(self) -> None:
        while not self._ending.is_set():
            with self._lock:
                self._accept()
                for pair in [pair for pair in self._pairs if not pair.move()]:
                    self._pairs.remove(pair)
                    pair.close()
                ears = [pair.board for pair in self._pairs if not pair.is_lost]
            with contextlib.suppress(OSError, ValueError):  # one may be closed by now
                select.select(ears, [], [], _POLL_S)

    def _accept(self) -> None:
        if self._listener is None:
            return
        with contextlib.suppress(BlockingIOError):
            client, _ = self._listener.accept()
            self.tap.forget()
            self._pairs.append(_Pair(client, socket.create_connection(self._upstream.address), self.tap))


@contextmanager
def on_tcp(board: VirtualBoard) -> Iterator[TcpWay]:
    """Serve a board."""
    way = TcpWay(board)
    way.begin()
    try:
        yield way
    finally:
        way.end()
