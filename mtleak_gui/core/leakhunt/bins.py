# SPDX-License-Identifier: GPL-3.0-only
"""Medians in equal time bins: they take the weight from bursts of log lines, and single dips out of the curve."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.thresholds import BIN_LIMIT, EXCURSION_SD, EXCURSION_WINDOW

_SD_PER_MAD = 1.4826
_SMALL_SHARE = 0.01


class Bins(NamedTuple):
    """Middle times (seconds, ascending) and medians of the bins that hold samples; arrays of shape (n,)."""

    x: Floats
    y: Floats


def median_bins(x: Floats, y: Floats, limit: int = BIN_LIMIT) -> Bins:
    """Return at most ``limit`` equal time bins of the samples; each sample is a bin when there are no more than that.

    ``x`` ascending. The time of a bin is the mean of its samples' times.
    """
    if x.size <= limit:
        return Bins(x, y)
    span = x[-1] - x[0]
    if span <= 0:
        return Bins(x[:1], np.array([np.median(y)]))
    index = np.minimum(((x - x[0]) * (limit / span)).astype(np.intp), limit - 1)
    counts = np.bincount(index, minlength=limit)
    held = counts > 0
    order = np.lexsort((y, index))
    starts = np.concatenate(([0], np.cumsum(counts)[:-1]))[held]
    counts = counts[held]
    low = y[order[starts + (counts - 1) // 2]]
    high = y[order[starts + counts // 2]]
    middles = np.bincount(index, weights=x, minlength=limit)[held] / counts
    return Bins(middles, (low + high) / 2)


def without_excursions(bins: Bins) -> Bins:
    """Return the bins without those far from the running median of seven.

    Far is five robust standard deviations: a single dip is never a leak.
    """
    if bins.y.size < EXCURSION_WINDOW:
        return bins
    off = np.abs(bins.y - running_median(bins.y, EXCURSION_WINDOW))
    spread = _SD_PER_MAD * float(np.median(off))
    # Where hardly anything moves, the edges of a level change would stand out.
    floor = max(0.5 * _SD_PER_MAD * float(np.quantile(off, 0.8)), _SMALL_SHARE * float(np.ptp(bins.y)))
    kept = off <= EXCURSION_SD * max(spread, floor) + 1e-9
    return Bins(bins.x[kept], bins.y[kept])


def running_median(y: Floats, width: int) -> Floats:
    """Return the running median, the ends continued by turning the curve around its end points."""
    half = width // 2
    before = 2 * y[0] - y[half:0:-1]
    after = 2 * y[-1] - y[-2 : -half - 2 : -1]
    padded = np.concatenate((before, y, after))
    windows = np.lib.stride_tricks.sliding_window_view(padded, width)
    middle: Floats = np.median(windows, axis=1)
    return middle
