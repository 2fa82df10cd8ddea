# SPDX-License-Identifier: GPL-3.0-only
"""Sums for straight lines through any window of millions of samples, exact and without touching each sample.

Each full block of 256 samples keeps its means and its centred sums; a window joins its blocks by the parallel rule of
Chan, Golub and LeVeque (1979), which does not cancel as cumulative sums of large times do.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mtleak_gui.core.growing_columns import GrowingColumn
from mtleak_gui.core.leakhunt.evidence import Floats

BLOCK = 256


class Moments(NamedTuple):
    """``samples``: their means, and sums of squares and products about the means."""

    samples: int
    mean_x: float
    mean_y: float
    sxx: float
    sxy: float
    syy: float


class FitMoments:
    """Block moments of one growing series of times and values, both of shape (n,)."""

    def __init__(self) -> None:
        self._columns = tuple(GrowingColumn(np.float64) for _ in range(5))

    def update(self, x: Floats, y: Floats) -> None:
        """Take in the samples beyond those that are known."""
        start, stop = BLOCK * len(self._columns[0]), BLOCK * (x.size // BLOCK)
        if stop <= start:
            return
        blocks = _block_moments(x[start:stop].reshape(-1, BLOCK), y[start:stop].reshape(-1, BLOCK))
        for column, added in zip(self._columns, blocks, strict=True):
            column.extend(added)

    def between(self, x: Floats, y: Floats, start: int, end: int) -> Moments:
        """Return the moments of samples ``start`` to ``end`` (exclusive) of the columns last given to ``update``."""
        first = -(-start // BLOCK)
        last = min(end // BLOCK, len(self._columns[0]))
        if last <= first:
            return _join(_one_block(x[start:end], y[start:end]))
        inside = slice(first, last)
        body = np.vstack([np.full(last - first, float(BLOCK)), *(column.filled[inside] for column in self._columns)])
        head = _one_block(x[start : first * BLOCK], y[start : first * BLOCK])
        tail = _one_block(x[last * BLOCK : end], y[last * BLOCK : end])
        return _join(np.hstack((head, body, tail)))


def _block_moments(x: Floats, y: Floats) -> tuple[Floats, ...]:
    """Return means and centred sums of each row."""
    mean_x, mean_y = x.mean(1), y.mean(1)
    dx, dy = x - mean_x[:, None], y - mean_y[:, None]
    return mean_x, mean_y, np.einsum("ij,ij->i", dx, dx), np.einsum("ij,ij->i", dx, dy), np.einsum("ij,ij->i", dy, dy)


def _one_block(x: Floats, y: Floats) -> Floats:
    """Return the samples as one block, shape (6, 1), or none, shape (6, 0)."""
    if not x.size:
        return np.empty((6, 0))
    return np.vstack((np.array([float(x.size)]), *_block_moments(x[None, :], y[None, :])))


def _join(blocks: Floats) -> Moments:
    """Join blocks: rows are count, means, centred sums."""
    count, mean_x, mean_y, sxx, sxy, syy = blocks
    total = float(count.sum())
    if not total:
        return Moments(0, 0.0, 0.0, 0.0, 0.0, 0.0)
    x, y = float(count @ mean_x) / total, float(count @ mean_y) / total
    dx, dy = mean_x - x, mean_y - y
    return Moments(
        int(total),
        x,
        y,
        float(sxx.sum() + count @ (dx * dx)),
        float(sxy.sum() + count @ (dx * dy)),
        float(syy.sum() + count @ (dy * dy)),
    )
