# SPDX-License-Identifier: GPL-3.0-only
"""The direction from a board to its client, with everything that may go wrong on it."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

from mtleak_gui.demo.stream_codec import START, FrameDecoder, Text, encode_frame

Spoil = Callable[[bytes], bytes]
"""Given a whole frame or a piece of text, what comes out instead."""

_MOST_HELD = 1 << 20


class Tap:
    """Takes what the board says and gives out what the client gets. May be used from any thread.

    Frames are taken whole, so that what is put in stands between them.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._frames = FrameDecoder()
        self._held: deque[bytes] = deque()
        self._hangs = self._hangs_inside = False
        self._spoil: Spoil | None = None
        self._drip: tuple[int, float] | None = None
        self._next_drop_at = 0.0

    def hang(self) -> None:
        """Give nothing out any more; what is said is kept, as the buffers on the way keep it."""
        self._hangs = True

    def hang_inside(self) -> None:
        """Hang in the middle of the next frame."""
        self._hangs_inside = True

    def go_on(self) -> None:
        """Give everything out, what was kept first."""
        self._hangs = self._hangs_inside = False

    def spoil(self, spoil: Spoil | None) -> None:
        """Change each frame and piece of text from now on."""
        with self._lock:
            self._spoil = spoil

    def drip(self, size: int, pause_s: float) -> None:
        """Give out so many bytes at a time with a pause between; a size of 0 ends that."""
        self._drip = (size, pause_s) if size else None

    def forget(self) -> None:
        """Lose what is on the way, as when a plug is pulled."""
        with self._lock:
            self._held.clear()
            self._frames.reset()

    def take(self, said: bytes) -> None:
        """Take what the board says, in any chunks. Never blocks."""
        with self._lock:
            for part in self._frames.feed(said):
                self._put(part.data if isinstance(part, Text) else encode_frame(part.payload))

    def put_in(self, data: bytes) -> None:
        """Let bytes stand between the frames of the board, as if it had said them."""
        with self._lock:
            self._put(data)

    def give(self, most: int = 4096) -> bytes:
        """Return the next bytes for the client; empty when there are none now."""
        if self._hangs:
            return b""
        if self._drip is not None:
            if time.monotonic() < self._next_drop_at:
                return b""
            most, pause_s = self._drip
            self._next_drop_at = time.monotonic() + pause_s
        with self._lock:
            if not self._held:
                return b""
            first = self._held.popleft()
            if self._hangs_inside and first.startswith(START):
                self._hangs = True
                most = min(most, len(first) // 2)
            if len(first) > most:
                self._held.appendleft(first[most:])
            return first[:most]

    def give_back(self, data: bytes) -> None:
        """Take bytes back that the client could not take now."""
        with self._lock:
            if data:
                self._held.appendleft(data)

    @property
    def hangs(self) -> bool:
        """Whether nothing is given out."""
        return self._hangs

    def _put(self, data: bytes) -> None:
        if self._spoil is not None:
            data = self._spoil(data)
        if data and sum(map(len, self._held)) < _MOST_HELD:
            self._held.append(data)
