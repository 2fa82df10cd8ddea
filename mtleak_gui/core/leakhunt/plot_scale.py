# SPDX-License-Identifier: GPL-3.0-only
"""Values to places on a plot: ranges, round ticks, and curves thinned so that no peak is lost."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Floats

_TIME_STEPS_S = (60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 2592000)


class Scale(NamedTuple):
    """Maps ``low``..``high`` to ``start``..``end`` on the drawing."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return where ``value`` is drawn; values outside the range are drawn at its edge."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + min(1.0, max(0.0, share)) * (self.end - self.start)


def scale_for(values: Floats, start: float, end: float) -> Scale:
    """Return a scale that holds all finite ``values`` with a margin of 5 %."""
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    margin = (high - low) * 0.05 or max(1.0, abs(high) * 0.05)
    return Scale(low - margin, high + margin, start, end)


def round_ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Return about ``about`` round numbers (1, 2 or 5 times a power of ten) between ``low`` and ``high``."""
    if not math.isfinite(high - low) or high <= low:
        return []
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    first = math.ceil(low / step)
    return [n * step for n in range(first, math.floor(high / step) + 1)]


def time_ticks(start: float, end: float, shift: float, about: int = 6) -> list[float]:
    """Return about ``about`` round times of day; ``shift`` is the zone's offset from UTC in seconds."""
    length = end - start
    step = next((s for s in _TIME_STEPS_S if s * about >= length), _TIME_STEPS_S[-1])
    if length / step > about * 4:
        return []
    first = math.ceil((start + shift) / step)
    return [n * step - shift for n in range(first, math.floor((end + shift) / step) + 1)]


def thin(ts: Floats, value: Floats, columns: int) -> tuple[Floats, Floats]:
    """Return the curve with only the lowest and the highest point of each of ``columns`` equal stretches of time."""
    if ts.size <= 2 * columns:
        return ts, value
    edges = np.searchsorted(ts, np.linspace(ts[0], ts[-1], columns + 1)[:-1])
    starts = np.unique(edges)
    ends = np.append(starts[1:], ts.size)
    kept: set[int] = set()
    for first, last in zip(starts.tolist(), ends.tolist(), strict=True):
        part = value[first:last]
        kept.update((first + int(part.argmin()), first + int(part.argmax())))
    order = np.array(sorted(kept))
    return ts[order], value[order]
