# SPDX-License-Identifier: GPL-3.0-only
"""The board on loopback TCP, for one client at a time. Runs in: a thread of its own."""

from __future__ import annotations

import os
import selectors
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

from mtleak_gui.demo.outbox import Outbox, Wake
from mtleak_gui.demo.phone_api import PhoneSession
from mtleak_gui.demo.virtual_board import VirtualBoard

HOST = "127.0.0.1"
_READ_BYTES = 65536
_JOIN_SECONDS = 5.0


class _Client:
    """One connection; ``dropped`` is set by the board, the rest is the port thread's."""

    def __init__(self, connection: socket.socket, wake: Wake) -> None:
        self.connection = connection
        self.outbox = Outbox(wake)
        self.session: PhoneSession | None = None
        self.dropped = False
        self._wake = wake

    def hang_up(self) -> None:
        """Let the port thread close the connection."""
        self.dropped = True
        self._wake.now()

    def write(self) -> None:
        """Write as much as the connection takes; a broken one is dropped."""
        try:
            self.outbox.drop(self.connection.send(self.outbox.peek()))
        except BlockingIOError:
            return
        except OSError:
            self.dropped = True


class TcpPort:
    """Listens on 127.0.0.1. Raises ``OSError`` when the port is taken; 0 lets the system choose one.

    It is the board's network API or, with ``serial_side``, a device server on its serial line: the text console and
    LogRecords for ``socket://`` URLs of pyserial, on systems without pseudo-terminals.
    """

    def __init__(self, board: VirtualBoard, port: int = 0, *, serial_side: bool = False) -> None:
        self._board = board
        self._serial_side = serial_side
        self._line: PhoneSession | None = None
        self._listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            if os.name == "posix":  # on Windows it would let two programs have the same port
                self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            self._listener.bind((HOST, port))
            self._listener.listen()
        except OSError:
            self._listener.close()
            raise
        self._listener.setblocking(False)  # noqa: FBT003 - the name of the method says it
        self.address: tuple[str, int] = (HOST, self._listener.getsockname()[1])
        self._wake = Wake()
        self._selector = selectors.DefaultSelector()
        self._clients: list[_Client] = []
        self._closing = False
        self._thread = Thread(target=self._serve, name=f"virtual-board-tcp-{self.address[1]}", daemon=True)

    def start(self) -> None:
        """Let clients in, and the board's time pass."""
        if self._serial_side:
            self._line = self._board.open_session(serial=True, send=self._send_down_the_line, hang_up=self._wake.now)
        self._board.start()
        self._thread.start()

    def close(self) -> None:
        """Drop the client, free the port, and wait for the thread, at most five seconds."""
        self._closing = True
        self._wake.now()
        self._thread.join(_JOIN_SECONDS)
        if self._line is not None:
            self._board.close_session(self._line)
        self._board.stop()
        self._wake.close()

    def _serve(self) -> None:
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._wake, selectors.EVENT_READ)
        while not self._closing:
            for key, events in self._selector.select():
                if key.fileobj is self._listener:
                    self._accept()
                elif key.fileobj is self._wake:
                    self._wake.calm()
                else:
                    self._exchange(key.data, events)
            self._tend()
        for client in self._clients:
            self._close(client)
        self._listener.close()
        self._selector.close()

    def _accept(self) -> None:
        try:
            connection, _ = self._listener.accept()
        except OSError:
            return  # it was gone before we took it
        connection.setblocking(False)  # noqa: FBT003 - the name of the method says it
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client = _Client(connection, self._wake)
        self._selector.register(connection, selectors.EVENT_READ, client)
        if self._line is not None:
            for previous in self._clients:
                previous.dropped = True
            client.session = self._line
            self._clients.append(client)
            return
        self._clients.append(client)
        client.session = self._board.open_session(serial=False, send=client.outbox.put, hang_up=client.hang_up)

    def _send_down_the_line(self, data: bytes) -> None:
        # Without a client what the board says is lost, as on a real line. A tuple, for the board calls on its thread.
        for client in tuple(self._clients):
            client.outbox.put(data)

    def _exchange(self, client: _Client, events: int) -> None:
        if events & selectors.EVENT_WRITE:
            client.write()
        if events & selectors.EVENT_READ and client.session is not None:
            try:
                data = client.connection.recv(_READ_BYTES)
            except OSError:
                data = b""
            if data:
                self._board.receive(client.session, data)
            else:
                client.dropped = True

    def _tend(self) -> None:
        """Close dropped connections and wait for writability only where there is something to write."""
        for client in [client for client in self._clients if client.dropped]:
            client.write()
            self._close(client)
            self._clients.remove(client)
        for client in self._clients:
            wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if client.outbox else 0)
            self._selector.modify(client.connection, wanted, client)

    def _close(self, client: _Client) -> None:
        if client.session is not None and client.session is not self._line:
            self._board.close_session(client.session)
        self._selector.unregister(client.connection)
        client.connection.close()


@contextmanager
def serve_tcp(board: VirtualBoard, port: int = 0, *, serial_side: bool = False) -> Iterator[tuple[str, int]]:
    """Serve the board on loopback TCP, see ``TcpPort``; yields host and port. Raises ``OSError`` if it is taken."""
    tcp = TcpPort(board, port, serial_side=serial_side)
    tcp.start()
    try:
        yield tcp.address
    finally:
        tcp.close()
