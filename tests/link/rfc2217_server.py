# SPDX-License-Identifier: GPL-3.0-only
"""A device server as a lab has it: a serial port (the pseudo-terminal of a virtual board) over RFC 2217.

The protocol is pyserial's own ``PortManager``; pyserial ships the server around it as an example only.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import serial
from serial.rfc2217 import PortManager

_POLL_S = 0.02


class _Terminal(serial.Serial):  # type: ignore[misc]  # pyserial ships no type information
    """A pseudo-terminal has no modem lines; what they were set to is kept."""

    def __init__(self, path: str, lines: list[tuple[str, bool]]) -> None:
        self._told = lines
        super().__init__(path, timeout=_POLL_S, exclusive=False)

    def _update_dtr_state(self) -> None:
        self._told.append(("dtr", bool(self._dtr_state)))

    def _update_rts_state(self) -> None:
        self._told.append(("rts", bool(self._rts_state)))

    def _update_break_state(self) -> None:
        """There is none."""

    cts = dsr = ri = cd = property(lambda _self: False)


class DeviceServer:
    """Serves one client at a time; ``lines`` is what clients set DTR and RTS to."""

    def __init__(self, path: str) -> None:
        self.lines: list[tuple[str, bool]] = []
        self._path = path
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.settimeout(0.1)
        self.port: int = self._listener.getsockname()[1]
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="rfc2217 server", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Hang up."""
        self._stopping.set()
        self._thread.join(10)
        self._listener.close()

    def _serve(self) -> None:
        while not self._stopping.is_set():
            with contextlib.suppress(TimeoutError):
                connection, _ = self._listener.accept()
                with connection, _Terminal(self._path, self.lines) as port:
                    self._exchange(connection, port)

    def _exchange(self, connection: socket.socket, port: _Terminal) -> None:
        connection.settimeout(_POLL_S)
        writing = threading.Lock()

        class Way:
            def write(self, data: bytes) -> None:
                with writing:
                    connection.sendall(data)

        manager = PortManager(port, Way())
        while not self._stopping.is_set():
            with contextlib.suppress(TimeoutError):
                data = connection.recv(4096)
                if not data:
                    return
                port.write(b"".join(manager.filter(data)))
            if heard := port.read(port.in_waiting or 1):
                Way().write(b"".join(manager.escape(heard)))


@contextlib.contextmanager
def device_server(path: str) -> Iterator[DeviceServer]:
    """Serve a serial port."""
    server = DeviceServer(path)
    try:
        yield server
    finally:
        server.close()
