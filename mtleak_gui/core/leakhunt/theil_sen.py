# SPDX-License-Identifier: GPL-3.0-only
"""The median of all pairwise slopes, which a third of wild values cannot bend.

Theil, "A rank-invariant method of linear and polynomial regression analysis" (1950); Sen, "Estimates of the regression
coefficient based on Kendall's tau", JASA 63 (1968).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.leakhunt.bins import median_bins
from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.thresholds import THEIL_SEN_EXACT

_BLOCKS = 500


def theil_sen(x: Floats, y: Floats) -> float | None:
    """Return the slope in units per second, or ``None`` when no two times differ; ``x`` ascending.

    Exact up to 2,000 points (each slope to seven digits), above that over the medians of 500 equal time blocks.
    """
    if x.size > THEIL_SEN_EXACT:
        x, y = median_bins(x, y, _BLOCKS)
    apart = np.concatenate((np.diff(x) > 0, [True])) if x.size else np.zeros(0, bool)
    if not apart.all():
        # Readings of one time have no slope between them; the last of each stands for its time.
        x, y = x[apart], y[apart]
    if x.size < 2:
        return None
    slopes = np.empty(x.size * (x.size - 1) // 2, np.float32)
    end = 0
    for lag in range(1, x.size):
        found = (y[lag:] - y[:-lag]) / (x[lag:] - x[:-lag])
        slopes[end : end + found.size] = found
        end += found.size
    return _median(slopes)


def _median(values: npt.NDArray[np.float32]) -> float:
    """Return the median; the order of ``values`` is lost."""
    low, high = (values.size - 1) // 2, values.size // 2
    values.partition(high)
    upper = float(values[high])
    return upper if low == high else (upper + float(values[:high].max())) / 2
