# SPDX-License-Identifier: GPL-3.0-only
"""The plain slope of a stretch of samples, for tiles and the plot's label: a figure, never a verdict."""

from __future__ import annotations

import math
from typing import NamedTuple

from mtleak_gui.core.leakhunt.evidence import Floats


class QuickTrend(NamedTuple):
    """Least squares over ``n`` samples from ``start`` to ``end`` (epoch s).

    ``slope_per_min`` in units per minute, ``error_per_min`` its standard error, as if the samples were independent;
    ``value_at_end`` is the line's height at ``end``.
    """

    slope_per_min: float
    error_per_min: float
    r2: float | None
    n: int
    minimum: float
    maximum: float
    start: float
    end: float
    value_at_end: float

    @property
    def span_s(self) -> float:
        """How long the samples reach, in seconds."""
        return self.end - self.start

    @property
    def is_clear(self) -> bool:
        """Whether the slope stands out of its scatter: more than three errors, and half of what the values move."""
        moved = abs(self.slope_per_min) * self.span_s / 60.0
        return abs(self.slope_per_min) > 3 * self.error_per_min and 2 * moved > self.maximum - self.minimum > 0


def quick_trend(ts: Floats, value: Floats) -> QuickTrend | None:
    """Return the trend of samples ascending in time, ``None`` for fewer than three or for no span."""
    n = int(ts.size)
    if n < 3:
        return None
    start, end = float(ts[0]), float(ts[-1])
    x = ts - start
    x_mean, y_mean = float(x.mean()), float(value.mean())
    dx, dy = x - x_mean, value - y_mean
    sxx = float(dx @ dx)
    if sxx <= 0:
        return None
    sxy, syy = float(dx @ dy), float(dy @ dy)
    slope = sxy / sxx
    rest = max(syy - slope * sxy, 0.0)
    return QuickTrend(
        slope * 60.0,
        math.sqrt(rest / (n - 2) / sxx) * 60.0,
        sxy * sxy / (sxx * syy) if syy > 0 else None,
        n,
        float(value.min()),
        float(value.max()),
        start,
        end,
        y_mean + slope * (end - start - x_mean),
    )
