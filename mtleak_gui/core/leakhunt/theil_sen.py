# SPDX-License-Identifier: GPL-3.0-only
"""The median of all pairwise slopes, which a third of wild values cannot bend.

Theil, "A rank-invariant method of linear and polynomial regression analysis" (1950); Sen, "Estimates of the regression
coefficient based on Kendall's tau", JASA 63 (1968).
"""

from __future__ import annotations

import numpy as np

from mtleak_gui.core.leakhunt.bins import median_bins
from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.thresholds import THEIL_SEN_EXACT

_BLOCKS = 500


def theil_sen(x: Floats, y: Floats) -> float | None:
    """Return the slope in units per second, or ``None`` when no two times differ; ``x`` ascending.

    Exact up to 2,000 points, above that over the medians of 500 equal time blocks.
    """
    if x.size > THEIL_SEN_EXACT:
        x, y = median_bins(x, y, _BLOCKS)
    if x.size < 2:
        return None
    slopes = np.concatenate([_slopes(x, y, lag) for lag in range(1, x.size)])
    return float(np.median(slopes)) if slopes.size else None


def _slopes(x: Floats, y: Floats, lag: int) -> Floats:
    dx = x[lag:] - x[:-lag]
    apart = dx > 0
    slopes: Floats = (y[lag:] - y[:-lag])[apart] / dx[apart]
    return slopes
