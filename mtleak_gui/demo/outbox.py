# SPDX-License-Identifier: GPL-3.0-only
"""Bytes on their way out of a port: put in by the board under its lock, taken out by the port's own thread."""

from __future__ import annotations

import socket
from threading import Lock

_MOST_HELD = 1 << 20


class Wake:
    """Wakes a thread that waits on descriptors. A pair of sockets, because Windows can wait for nothing else."""

    def __init__(self) -> None:
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)  # noqa: FBT003 - the name of the method says it
        self._writer.setblocking(False)  # noqa: FBT003 - the name of the method says it

    def fileno(self) -> int:
        """Return the descriptor that becomes readable when ``now`` is called."""
        return self._reader.fileno()

    def now(self) -> None:
        """Wake the thread. Any thread may call it; never blocks."""
        try:
            self._writer.send(b"x")
        except BlockingIOError:
            return  # it has plenty of reasons to wake already

    def calm(self) -> None:
        """Take note of having been woken."""
        try:
            while self._reader.recv(4096):
                pass
        except BlockingIOError:
            return

    def close(self) -> None:
        """Free the descriptors, when nobody wakes any more."""
        self._reader.close()
        self._writer.close()


class Outbox:
    """Holds what a port has yet to write for one client.

    A client that does not keep up loses what comes over 1 MiB, as on a line without flow control.
    """

    def __init__(self, wake: Wake) -> None:
        self._wake = wake
        self._lock = Lock()
        self._held = bytearray()

    def put(self, data: bytes) -> None:
        """Append bytes and wake the port's thread. Any thread may call it; never blocks."""
        with self._lock:
            if len(self._held) + len(data) <= _MOST_HELD:
                self._held += data
        self._wake.now()

    def peek(self) -> bytes:
        """Return what is to be written."""
        with self._lock:
            return bytes(self._held)

    def drop(self, count: int | None = None) -> None:
        """Forget the first ``count`` bytes, or all."""
        with self._lock:
            del self._held[: len(self._held) if count is None else count]

    def __bool__(self) -> bool:
        return bool(self._held)
