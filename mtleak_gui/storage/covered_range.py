# SPDX-License-Identifier: GPL-3.0-only
"""Which bytes of a growing file have been read already, and whether it still is that file."""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.storage.plain_file import PlainFile

_PROOF_BYTES = 256


class Gap(NamedTuple):
    """Bytes yet to read: ``in_front`` of what was read before, or behind it."""

    low: int
    high: int
    in_front: bool


class CoveredRange:
    """One stretch of a file that only grows, from ``low`` to ``high``; grows to both sides."""

    def __init__(self) -> None:
        self.low = 0
        self.high = 0
        self._head = b""
        self._tail = b""

    def still_holds(self, file: PlainFile) -> bool:
        """Return whether the bytes read before are still there: it was not cut off, emptied and written anew."""
        if self.high == self.low:
            return True
        if file.rows_end < self.high:
            return False
        tail_start = self.high - len(self._tail)
        return file.read(0, len(self._head)) == self._head and file.read(tail_start, len(self._tail)) == self._tail

    def forget(self) -> None:
        """Start again with nothing read."""
        self.low = self.high = 0

    def gaps(self, low: int, high: int) -> list[Gap]:
        """Return what is still to be read so that ``low .. high`` is covered without a hole."""
        if low >= high:
            return []
        if self.low == self.high:
            return [Gap(low, high, in_front=False)]
        gaps = []
        if low < self.low:
            gaps.append(Gap(low, self.low, in_front=True))
        if high > self.high:
            gaps.append(Gap(self.high, high, in_front=False))
        return gaps

    def add(self, gap: Gap, file: PlainFile) -> None:
        """Note that a gap was read."""
        if self.low == self.high:
            self.low, self.high = gap.low, gap.high
        self.low, self.high = min(self.low, gap.low), max(self.high, gap.high)
        self._head = file.read(0, min(_PROOF_BYTES, self.high))
        tail_start = max(0, self.high - _PROOF_BYTES)
        self._tail = file.read(tail_start, self.high - tail_start)
