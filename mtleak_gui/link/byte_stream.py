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
from mtleak_gui.link.line_policy import line_levels
from mtleak_gui.link.serial_ports import vendor_of

BAUD_RATE = 115_200
READ_WAIT_S = 0.25
_WRITE_WAIT_S = 5.0
_CONNECT_WAIT_S = 10.0
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


def open_serial(device: str) -> ByteStream:
    """Open a port by its device name or a ``socket://`` or ``rfc2217://`` URL, lines set as its USB vendor needs.

    ``socket://`` does not go through pyserial: its handler reads byte by byte and leaks the socket when the other side
    closes first. Raises ``LinkError``.
    """
    if device.startswith("socket://"):
        parts = urlsplit(device)
        return open_tcp(parts.hostname or "", parts.port or 0)
    try:
        port = serial.serial_for_url(
            device,
            baudrate=BAUD_RATE,
            timeout=READ_WAIT_S,
            write_timeout=_WRITE_WAIT_S,
            exclusive=True,
            do_not_open=True,
        )
        levels = line_levels(vendor_of(device))
        if levels.dtr is not None:
            port.dtr = levels.dtr
        if levels.rts is not None:
            port.rts = levels.rts
        port.open()
    except (OSError, ValueError) as trouble:
        raise LinkError(_serial_sentence(device, trouble)) from trouble
    return SerialStream(port)


def open_tcp(host: str, port: int) -> ByteStream:
    """Connect to a board in the network. Raises ``LinkError``."""
    try:
        connection = socket.create_connection((host, port), timeout=_CONNECT_WAIT_S)
    except (OSError, OverflowError, UnicodeError) as trouble:
        raise LinkError(_tcp_sentence(f"{host}:{port}", trouble)) from trouble
    connection.settimeout(_WRITE_WAIT_S)
    # A node that loses its power says nothing: only probes of the system find out.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, seconds in (("TCP_KEEPIDLE", 20), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3)):
        if hasattr(socket, name):
            connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), seconds)
    return TcpStream(connection)


def _serial_sentence(device: str, trouble: Exception) -> str:
    code = getattr(trouble, "errno", None)
    said = str(trouble)
    if code == errno.ENOENT or "FileNotFoundError" in said:
        return f"there is no serial port {device}: plug the board in, or look up the name of its port"
    if code == errno.EACCES and "PermissionError" not in said:
        return f"this user may not open {device}: join the group that owns it (often dialout) and log in again"
    if code in (errno.EBUSY, errno.EAGAIN) or "PermissionError" in said:
        return f"{device} is in use by another program: close that program"
    return f"{device} cannot be opened: {said}"


def _tcp_sentence(address: str, trouble: Exception) -> str:
    if isinstance(trouble, ConnectionRefusedError):
        return f"nothing listens on {address}: is the board on, and is its network API enabled?"
    if isinstance(trouble, socket.gaierror):
        return f"the name of {address} is not known: check the spelling or give the address in numbers"
    if isinstance(trouble, TimeoutError):
        return f"{address} does not answer within {_CONNECT_WAIT_S:.0f} s: is the board on and in this network?"
    return f"{address} cannot be reached: {trouble}"
