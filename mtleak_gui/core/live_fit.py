# SPDX-License-Identifier: GPL-3.0-only
"""The straight line through a window of one series, with an honest 95 % band, fast enough for every frame.

Exact least squares of all samples from block moments (no decimation). The error does not take neighbouring samples for
independent, which would make it ten times too small: the residuals of about a hundred bin means say how far they hang
together (``integrated_time``).
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.autocorrelation import integrated_time
from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.thresholds import Z_95
from mtleak_gui.core.series_history import SeriesHistory

_BINS = 64
_FEWEST = 3
_MINUTE = 60.0


class LiveFit(NamedTuple):
    """``samples`` between ``start`` and ``end`` (epoch s): the line ``level + slope * (ts - middle)``.

    ``slope`` in units a second, ``slope_error`` and ``level_error`` half widths of the 95 % interval, ``r_squared``
    ``None`` when the values do not vary.
    """

    start: float
    end: float
    samples: int
    middle: float
    level: float
    slope: float
    slope_error: float
    level_error: float
    r_squared: float | None

    @property
    def slope_per_min(self) -> float:
        """Return the slope in units per minute."""
        return self.slope * _MINUTE

    def at(self, ts: Floats) -> Floats:
        """Return the line at times of shape (n,)."""
        return self.level + self.slope * (ts - self.middle)

    def half_band(self, ts: Floats) -> Floats:
        """Return the half width of the 95 % band of the line at times of shape (n,)."""
        return np.hypot(self.level_error, self.slope_error * (ts - self.middle))

    def words(self, unit: str) -> str:
        """Return ``−82 B/min ±6``."""
        slope, error = self.slope_per_min, self.slope_error * _MINUTE
        told = wording.number(error) if abs(slope) >= 10 and error >= 0.5 else wording.significant(error, 2)
        return wording.true_minus(f"{wording.rate(slope, unit)} ±{told}")


def live_fit(history: SeriesHistory, start: float, end: float) -> LiveFit | None:
    """Return the fit of the samples of ``start`` to ``end``, ``None`` for fewer than three or for no span of time."""
    inside = history.between(start, end)
    ts, value = history.ts, history.value
    moments = history.moments.between(ts, value, inside.start, inside.stop)
    if moments.samples < _FEWEST or moments.sxx <= 0:
        return None
    slope = moments.sxy / moments.sxx
    outline = history.outline(inside.start, inside.stop, _BINS)
    middles = ts[outline.first + outline.many // 2]
    residual = outline.mean - (moments.mean_y + slope * (middles - moments.mean_x))
    inflation = _inflation(residual, moments.samples, moments.syy - slope * moments.sxy)
    scatter = max(moments.syy - slope * moments.sxy, 0.0) / max(moments.samples - 2, 1)
    return LiveFit(
        start=float(ts[inside.start]),
        end=float(ts[inside.stop - 1]),
        samples=moments.samples,
        middle=moments.mean_x,
        level=moments.mean_y,
        slope=slope,
        slope_error=Z_95 * math.sqrt(scatter * inflation / moments.sxx),
        level_error=Z_95 * math.sqrt(scatter * inflation / moments.samples),
        r_squared=moments.sxy**2 / (moments.sxx * moments.syy) if moments.syy > 0 else None,
    )


def _inflation(residual: Floats, samples: int, rest: float) -> float:
    """Return by how much the variance of the line exceeds that of independent samples with ``rest`` squares left.

    The variance of the bin means, times how long they hang together, is what the line really rests on.
    """
    bins = residual.size
    if bins < _FEWEST or rest <= 0:
        return 1.0
    of_means = float(residual @ residual) / max(bins - 2, 1)
    independent = rest / max(samples - 2, 1) * bins / samples
    return max(of_means * integrated_time(residual) / independent, 1.0) if independent > 0 else 1.0
