# SPDX-License-Identifier: GPL-3.0-only
"""Extremes and means of a growing column at powers of two: a plot of millions of samples draws a few thousand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.growing_columns import GrowingColumn
from mtleak_gui.core.leakhunt.evidence import Floats

BASE = 16
"""Samples in a block of the lowest level; each level above joins two blocks."""


class Outline(NamedTuple):
    """What a span of samples looks like: one entry a block. All arrays have the shape (blocks,).

    ``first`` is a sample index, ``many`` a number of samples, ``mean`` their mean; a block's extremes are exact, so
    no spike is lost.
    """

    first: npt.NDArray[np.int64]
    many: npt.NDArray[np.int64]
    low: Floats
    high: Floats
    mean: Floats


class _Level:
    """The blocks of one size, as many as are full."""

    def __init__(self) -> None:
        self.low, self.high, self.mean = (GrowingColumn(np.float64) for _ in range(3))

    def __len__(self) -> int:
        return len(self.low)

    def add(self, low: Floats, high: Floats, mean: Floats) -> None:
        self.low.extend(low)
        self.high.extend(high)
        self.mean.extend(mean)

    def join_pairs(self, below: _Level) -> None:
        """Take in what is new in the level below: two of its blocks make one here."""
        start, stop = 2 * len(self), 2 * (len(below) // 2)
        if stop > start:
            low, high, mean = (
                column.filled[start:stop].reshape(-1, 2) for column in (below.low, below.high, below.mean)
            )
            self.add(low.min(1), high.max(1), mean.mean(1))


class MinMaxPyramid:
    """Knows the extremes and means of every aligned block of 16, 32, 64 ... samples of one growing column.

    ``update`` costs in proportion to what was appended (amortised); a query costs the number of its columns.
    Blocks lie at fixed sample indices, so a picture does not flicker while samples are appended.
    """

    def __init__(self) -> None:
        self._levels: list[_Level] = [_Level()]

    def update(self, value: Floats) -> None:
        """Take in the samples beyond those that are known. ``value``: the whole column, shape (n,)."""
        base = self._levels[0]
        start, stop = BASE * len(base), BASE * (value.size // BASE)
        if stop <= start:
            return
        blocks = value[start:stop].reshape(-1, BASE)
        base.add(blocks.min(1), blocks.max(1), blocks.mean(1))
        depth = 0
        while len(self._levels[depth]) > 1:
            if depth + 1 == len(self._levels):
                self._levels.append(_Level())
            self._levels[depth + 1].join_pairs(self._levels[depth])
            depth += 1

    def query(self, value: Floats, start: int, end: int, columns: int) -> Outline:
        """Return samples ``start`` to ``end`` (exclusive) in at most about ``2 * columns`` blocks.

        ``value`` is the column that ``update`` was last given. Spans of up to ``2 * columns`` samples come as they are.
        """
        start, end = max(start, 0), min(end, value.size)
        count = max(end - start, 0)
        size = 1
        while count > 2 * columns * size:
            size *= 2
        if size == 1:
            seen = value[start:end]
            return Outline(np.arange(start, end), np.ones(count, np.int64), seen, seen, seen)
        if size <= BASE:
            return _from_samples(value, start, end, size)
        return self._from_level(value, start, end, size)

    def _from_level(self, value: Floats, start: int, end: int, size: int) -> Outline:
        level = self._levels[(size // BASE).bit_length() - 1]
        first = -(-start // size)
        last = max(min(end // size, len(level)), first)
        inside = slice(first, last)
        edges = [(start, min(first * size, end)), (last * size, end)]
        head, tail = (_from_samples(value, low, high, max(high - low, 1)) for low, high in edges)
        begins = np.arange(first, last) * size
        body = Outline(
            begins,
            np.full(begins.size, size),
            level.low.filled[inside],
            level.high.filled[inside],
            level.mean.filled[inside],
        )
        parts = [part for part in (head, body, tail) if part.first.size]
        return Outline(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _from_samples(value: Floats, start: int, end: int, size: int) -> Outline:
    """Return blocks of ``size`` samples, cut at multiples of it, straight from the samples."""
    if end <= start:
        none = np.empty(0)
        return Outline(np.empty(0, np.int64), np.empty(0, np.int64), none, none, none)
    cuts = np.arange((start // size + 1) * size, end, size) if size < end - start else np.empty(0, np.int64)
    first = np.concatenate(([start], cuts)).astype(np.int64)
    count = np.diff(np.append(first, end))
    seen = value[start:end]
    at = first - start
    return Outline(
        first,
        count,
        np.minimum.reduceat(seen, at),
        np.maximum.reduceat(seen, at),
        np.add.reduceat(seen, at) / count,
    )
