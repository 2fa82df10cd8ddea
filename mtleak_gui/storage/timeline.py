# SPDX-License-Identifier: GPL-3.0-only
"""Figures of one series over time: extremes, mean, least-squares slope, and few points that show every spike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

_BLOCK = 1 << 16
"""Samples taken at a time, so that millions need no copies of themselves."""


class Stretch(NamedTuple):
    """Samples in time order: epoch seconds and values, of equal length."""

    times: Array
    values: Array


@dataclass(frozen=True, slots=True)
class Sums:
    """Centred sums of samples: they join without loss, whatever the size of epoch times (Chan et al., 1983)."""

    count: int = 0
    mean_x: float = 0.0
    mean_y: float = 0.0
    xx: float = 0.0
    xy: float = 0.0
    low: float = float("inf")
    high: float = float("-inf")

    def joined(self, other: Sums) -> Sums:
        """Return the sums of both sets of samples."""
        count = self.count + other.count
        if not count:
            return self
        dx, dy = other.mean_x - self.mean_x, other.mean_y - self.mean_y
        share = self.count * other.count / count
        return Sums(
            count,
            self.mean_x + dx * (other.count / count),
            self.mean_y + dy * (other.count / count),
            self.xx + other.xx + dx * dx * share,
            self.xy + other.xy + dx * dy * share,
            min(self.low, other.low),
            max(self.high, other.high),
        )

    @property
    def slope_per_min(self) -> float | None:
        """The least-squares slope in units a minute; ``None`` with fewer than two samples or all at one time."""
        return None if self.count < 2 or self.xx == 0 else self.xy / self.xx * 60.0


def summed(stretches: Sequence[Stretch]) -> Sums:
    """Return the sums over all samples."""
    total = Sums()
    for stretch in stretches:
        for start in range(0, len(stretch.times), _BLOCK):
            x, y = stretch.times[start : start + _BLOCK], stretch.values[start : start + _BLOCK]
            mean_x, mean_y = float(x[0] + (x - x[0]).mean()), float(y[0] + (y - y[0]).mean())
            off_x = x - mean_x
            xx, xy = float(off_x @ off_x), float(off_x @ (y - mean_y))
            total = total.joined(Sums(len(x), mean_x, mean_y, xx, xy, float(y.min()), float(y.max())))
    return total


def in_time_order(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return the same samples so that each stretch starts when the one before has ended."""
    filled = [stretch for stretch in stretches if len(stretch.times)]
    if all(before.times[-1] <= after.times[0] for before, after in pairwise(filled)):
        return filled
    return [merged(filled)]


def merged(stretches: Sequence[Stretch]) -> Stretch:
    """Return the samples of all stretches as one, in time order; equal times keep the order given."""
    if len(stretches) == 1:
        return stretches[0]
    times = np.concatenate([stretch.times for stretch in stretches] or [np.empty(0)])
    values = np.concatenate([stretch.values for stretch in stretches] or [np.empty(0)])
    if bool(np.all(times[1:] >= times[:-1])):
        return Stretch(times, values)
    order = np.argsort(times, kind="stable")
    return Stretch(times[order], values[order])


def shown_points(stretches: Sequence[Stretch], most: int) -> tuple[tuple[float, float], ...]:
    """Return at most ``most`` of the samples, ascending: the lowest and the highest of each of equal shares of them."""
    count = sum(len(stretch.times) for stretch in stretches)
    if count <= most:
        return tuple((ts, value) for stretch in stretches for ts, value in zip(*_lists(stretch), strict=True))
    if most < 2:
        return _furthest(stretches) if most == 1 else ()
    shares = most // 2
    points: list[tuple[float, float]] = []
    for share in range(shares):
        pieces = list(_pieces(stretches, share * count // shares, (share + 1) * count // shares))
        low = min((_extreme(piece, int(piece.values.argmin())) for piece in pieces), key=_value)
        high = max((_extreme(piece, int(piece.values.argmax())) for piece in pieces), key=_value)
        points.extend([low] if low[1] == high[1] else sorted((low, high), key=_time))
    return tuple(points)


def _pieces(stretches: Sequence[Stretch], start: int, end: int) -> Iterator[Stretch]:
    """Yield samples number ``start`` to ``end - 1``, counted over all stretches."""
    offset = 0
    for stretch in stretches:
        low, high = max(start - offset, 0), min(end - offset, len(stretch.times))
        if low < high:
            yield Stretch(stretch.times[low:high], stretch.values[low:high])
        offset += len(stretch.times)


def _furthest(stretches: Sequence[Stretch]) -> tuple[tuple[float, float], ...]:
    """Return the one sample that lies furthest from the mean."""
    mean = summed(stretches).mean_y
    extremes = [
        _extreme(stretch, int(at)) for stretch in stretches for at in (stretch.values.argmin(), stretch.values.argmax())
    ]
    return (max(extremes, key=lambda point: abs(point[1] - mean)),)


def _extreme(stretch: Stretch, at: int) -> tuple[float, float]:
    return float(stretch.times[at]), float(stretch.values[at])


def _lists(stretch: Stretch) -> tuple[list[float], list[float]]:
    return stretch.times.tolist(), stretch.values.tolist()


def _time(point: tuple[float, float]) -> float:
    return point[0]


def _value(point: tuple[float, float]) -> float:
    return point[1]
