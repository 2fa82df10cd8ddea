# SPDX-License-Identifier: GPL-3.0-only
"""The text of neighbouring rows as streams of bits: bit i of a stream tells something about byte i of the text.

A stream is one whole number of Python, so that a single addition or shift works on all rows: a few microseconds for
4,096 rows. After Cameron et al., "Bitwise data parallelism in regular expression matching" (PACT 2014).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.literal_places import LiteralPlaces

_NEWLINE = ord("\n")


class ByteSet(NamedTuple):
    """A set of byte values: those within the ranges (both ends included), or with ``others`` those that are not."""

    ranges: tuple[tuple[int, int], ...]
    others: bool

    @classmethod
    def of(cls, members: Iterable[int]) -> ByteSet:
        """Return these values, told by as few ranges as may be."""
        held = set(members)
        own, rest = _ranges(held), _ranges(set(range(256)) - held)
        return cls(rest, others=True) if len(rest) < len(own) else cls(own, others=False)


def _ranges(members: set[int]) -> tuple[tuple[int, int], ...]:
    firsts = [value for value in sorted(members) if value - 1 not in members]
    lasts = [value for value in sorted(members) if value + 1 not in members]
    return tuple(zip(firsts, lasts, strict=True))


NEWLINE = ByteSet.of({_NEWLINE})


class BitRows:
    """Rows of ``text``; ``ends`` are the places of the newline behind each row, which belongs to no row."""

    def __init__(self, text: LiteralPlaces, ends: npt.NDArray[np.int64]) -> None:
        self._text = text
        self._bytes = text.bytes
        self._ends = ends
        self._held: dict[ByteSet, int] = {}
        self._begun: dict[tuple[bytes, bool], int] = {}
        flags = np.zeros(len(self._bytes), np.bool_)
        flags[ends] = True
        self.all = (1 << len(self._bytes)) - 1
        """Every byte of the text."""
        self.ends = _stream(flags)
        """The byte behind the last of each row."""
        self.starts = ((self.ends << 1) | 1) & self.all
        """The first byte of each row; of an empty row the byte behind it."""

    def held_by(self, members: ByteSet) -> int:
        """Return which bytes of rows are of a set; never one behind a row, so no carry goes from row to row."""
        stream = self._held.get(members)
        if stream is None:
            stream = _stream(self._flags(members)) & (self.all ^ self.ends)
            self._held[members] = stream
        return stream

    def literal(self, literal: bytes, *, folded: bool) -> int:
        """Return where a literal without a newline begins."""
        stream = self._begun.get((literal, folded))
        if stream is None:
            flags = np.zeros(len(self._bytes), np.bool_)
            flags[self._text.of(literal, folded=folded)] = True
            stream = self._begun[literal, folded] = _stream(flags)
        return stream

    def with_any(self, stream: int) -> npt.NDArray[np.bool_]:
        """Return the rows that have a bit, be it on one of their bytes or on the byte behind them."""
        flooded = star(stream, self.all ^ self.ends)
        places = np.frombuffer(flooded.to_bytes(len(self._bytes) // 8 + 1, "little"), np.uint8)
        found: npt.NDArray[np.uint8] = places[self._ends >> 3] >> (self._ends & 7).astype(np.uint8)
        return (found & np.uint8(1)).view(np.bool_)

    def _flags(self, members: ByteSet) -> npt.NDArray[np.bool_]:
        flags: npt.NDArray[np.bool_] | None = None
        for first, last in members.ranges:
            within = self._bytes == first if first == last else (self._bytes - np.uint8(first)) <= last - first
            flags = within if flags is None else np.logical_or(flags, within, out=flags)
        if flags is None:
            flags = np.zeros(len(self._bytes), np.bool_)
        return np.logical_not(flags, out=flags) if members.others else flags


def star(cursors: int, members: int) -> int:
    """Return where cursors come to by going on over any number of set bits, none included."""
    return (((cursors & members) + members) ^ members) | cursors


def runs(members: int, length: int) -> int:
    """Return where ``length`` (at least 1) set bits in a row begin."""
    found, known = members, 1
    while known < length and found:
        step = min(known, length - known)
        found &= found >> step
        known += step
    return found


def _stream(flags: npt.NDArray[np.bool_]) -> int:
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")
