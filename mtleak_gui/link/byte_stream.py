# SPDX-License-Identifier: GPL-3.0-only
"""Raw bytes from and to a board over a serial port or a TCP connection, with one set of errors."""

from __future__ import annotations

import contextlib
import errno
import select
import socket
from collections.abc import Iterator
from typing import Protocol
from urllib.parse import urlsplit

import serial

from mtleak_gui.core.contracts import LinkError
from mtleak_gui.core.line_policy import line_levels
from mtleak_gui.core.link_troubles.network import Peer
from mtleak_gui.core.settings import LinePolicy
from mtleak_gui.link.board_port import READ_WAIT_S, WRITE_WAIT_S, open_board_port
from mtleak_gui.link.network_trouble import connect_trouble, rfc2217_trouble
from mtleak_gui.link.serial_ports import vendor_of
from mtleak_gui.link.serial_trouble import open_trouble

CONNECT_WAIT_S = 10.0
LOOK_WAIT_S = 1.5
_CHUNK_BYTES = 65_536


class ByteStream(Protocol):
    """An open way to a board. Reading and writing raise ``OSError`` when it is gone."""

    def read(self) -> bytes:
        """Return what has arrived, after waiting at most ``READ_WAIT_S``; empty when the board is silent."""

    def write(self, data: bytes) -> None:
        """Send all of the data."""

    def close(self) -> None:
        """Let the board go. May be called more than once; never raises."""


@contextlib.contextmanager
def _closed_in_between() -> Iterator[None]:
    """Tell as ``OSError`` that another thread has closed the port, of which pyserial and select know nothing."""
    try:
        yield
    except (TypeError, ValueError) as fault:
        raise OSError(errno.EBADF, "the port was closed in between") from fault


class SerialStream:
    """A serial port, local or ``rfc2217://``, by pyserial."""

    def __init__(self, port: serial.SerialBase) -> None:
        self._port = port

    def read(self) -> bytes:
        """See ``ByteStream``."""
        with _closed_in_between():
            first: bytes = self._port.read(1)
            waiting: int = self._port.in_waiting if first else 0
            return first + self._port.read(waiting) if waiting else first

    def write(self, data: bytes) -> None:
        """See ``ByteStream``."""
        with _closed_in_between():
            self._port.write(data)

    def close(self) -> None:
        """See ``ByteStream``."""
        with contextlib.suppress(OSError):
            self._port.close()


class TcpStream:
    """A TCP connection."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def read(self) -> bytes:
        """See ``ByteStream``."""
        with _closed_in_between():
            readable, _, _ = select.select([self._connection], [], [], READ_WAIT_S)
        if not readable:
            return b""
        data = self._connection.recv(_CHUNK_BYTES)
        if not data:
            raise ConnectionResetError(errno.ECONNRESET, "the board closed the connection")
        return data

    def write(self, data: bytes) -> None:
        """See ``ByteStream``."""
        self._connection.sendall(data)

    def close(self) -> None:
        """See ``ByteStream``."""
        with contextlib.suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        self._connection.close()


def open_serial(device: str, lines: LinePolicy = "auto") -> ByteStream:
    """Open a port by its device name or a ``socket://`` or ``rfc2217://`` URL, lines as its USB vendor needs them.

    ``lines`` is the tester's own wish for them. ``socket://`` does not go through pyserial: its handler reads byte by
    byte and leaks the socket when the other side closes first. Raises ``LinkError``.
    """
    if device.startswith("socket://"):
        parts = urlsplit(device)
        return _connect(Peer(parts.hostname or "", parts.port or 0, "socket"))
    is_url = "://" in device
    try:
        port = open_board_port(device, line_levels(None if is_url else vendor_of(device), lines))
    except (OSError, ValueError) as error:
        raise LinkError(rfc2217_trouble(device, error) if is_url else open_trouble(device, error)) from error
    return SerialStream(port)


def open_tcp(host: str, port: int, *, is_look: bool = False) -> ByteStream:
    """Connect to a board in the network. Raises ``LinkError``.

    ``is_look``: it was not there a moment ago. Then the call is short, because the next one begins anew, where one that
    goes on repeats its question ever less often and would hear of the board's return late.
    """
    return _connect(Peer(host, port), LOOK_WAIT_S if is_look else CONNECT_WAIT_S)


def _connect(peer: Peer, wait_s: float = CONNECT_WAIT_S) -> ByteStream:
    try:
        connection = socket.create_connection((peer.host, peer.tcp_port), timeout=wait_s)
    except (OSError, OverflowError, UnicodeError) as error:
        raise LinkError(connect_trouble(peer, error, wait_s)) from error
    connection.settimeout(WRITE_WAIT_S)
    # A node that loses its power says nothing: only probes of the system find out.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, seconds in (("TCP_KEEPIDLE", 20), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3)):
        if hasattr(socket, name):
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), seconds)
    return TcpStream(connection)
