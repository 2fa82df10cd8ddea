# SPDX-License-Identifier: GPL-3.0-only
"""The plain slope of a stretch of samples, for tiles and the plot's label: a figure, never a verdict."""

from __future__ import annotations

import math
from typing import NamedTuple

from mtleak_gui.core.series_history import SeriesHistory


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


def quick_trend(history: SeriesHistory, start: float, end: float) -> QuickTrend | None:
    """Return the trend of the samples of ``start <= ts <= end``, ``None`` for fewer than three or for no span."""
    part = history.between(start, end)
    if part.stop - part.start < 3:
        return None
    moments = history.moments.between(history.ts, history.value, part.start, part.stop)
    if moments.sxx <= 0:
        return None
    first, last = float(history.ts[part.start]), float(history.ts[part.stop - 1])
    slope = moments.sxy / moments.sxx
    rest = max(moments.syy - slope * moments.sxy, 0.0)
    extremes = history.outline(part.start, part.stop, 1)
    return QuickTrend(
        slope * 60.0,
        math.sqrt(rest / (moments.samples - 2) / moments.sxx) * 60.0,
        moments.sxy * slope / moments.syy if moments.syy > 0 else None,
        moments.samples,
        float(extremes.low.min()),
        float(extremes.high.max()),
        first,
        last,
        moments.mean_y + slope * (last - moments.mean_x),
    )
