# SPDX-License-Identifier: GPL-3.0-only
"""Whether a fitted decline is a leak: every condition must hold, and each that does not is told as a sentence.

No single trend test decides: Machida, Xiang, Tadano and Maeno, "Lifetime extension of software execution subject to
aging" and "On the effectiveness of Mann-Kendall test for detection of software aging" (ISSRE workshop, 2013), find the
Mann-Kendall test alone to raise alarms on sound systems more often than not to be of use.
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.least_squares import least_squares
from mtleak_gui.core.leakhunt.thresholds import (
    CEILING_BINS,
    CEILING_QUANTILE,
    CEILING_SHARE,
    EMPTY_WITHIN_DAYS,
    LOSS_BYTES,
    LOSS_SD,
    MIN_SAMPLES,
    REGIME_SHARE,
    SIGNIFICANCE,
)

_MINUTES_PER_DAY = 1_440.0


class Decline(NamedTuple):
    """The figures of a segment's last regime that the flag looks at; slopes in bytes per minute."""

    samples: int
    slope: float
    slope_error: float
    regime_share: float
    loss: float
    residual_sd: float
    level_now: float
    ceiling_slope: float | None


def failed_conditions(decline: Decline) -> tuple[str, ...]:
    """Return the conditions of a leak that do not hold, as sentences; none for a leak."""
    if decline.samples < MIN_SAMPLES:
        return (f"{decline.samples} samples are too few to call a leak; {MIN_SAMPLES} are needed",)
    if decline.slope >= 0:
        return ("the heap does not decline",)
    failed = []
    if decline.regime_share < REGIME_SHARE:
        failed.append(f"the decline covers only {decline.regime_share:.0%} of the time since the boot or window began")
    if decline.loss < LOSS_BYTES:
        failed.append(f"only {decline.loss:,.0f} B were lost; too little movement to call")
    if decline.loss < LOSS_SD * decline.residual_sd:
        failed.append(f"the loss of {decline.loss:,.0f} B is not clear of the noise (sd {decline.residual_sd:,.0f} B)")
    if decline.slope > -SIGNIFICANCE * decline.slope_error:
        failed.append(f"the slope {decline.slope:,.1f}/min is unsure by {decline.slope_error:,.1f}/min")
    days = decline.level_now / -decline.slope / _MINUTES_PER_DAY
    if days > EMPTY_WITHIN_DAYS:
        failed.append(f"at this rate the heap lasts {days:,.0f} days")
    if not _ceiling_falls(decline):
        failed.append("the highest readings do not fall along: what goes comes back")
    return tuple(failed)


def ceiling_slope(x: Floats, y: Floats) -> float | None:
    """Return the slope per second of the 90 % quantiles in ten equal time bins, or ``None`` with fewer than three.

    Memory that is only borrowed comes back, so its ceiling stays; leaked memory takes the ceiling along.
    """
    if x.size < MIN_SAMPLES or x[-1] <= x[0]:
        return None
    index = np.minimum(((x - x[0]) * (CEILING_BINS / (x[-1] - x[0]))).astype(np.intp), CEILING_BINS - 1)
    edges = np.searchsorted(index, np.arange(CEILING_BINS + 1))
    held = [(a, b) for a, b in itertools.pairwise(edges) if b > a]
    if len(held) < 3:
        return None
    times = np.array([x[a:b].mean() for a, b in held])
    tops = np.array([np.quantile(y[a:b], CEILING_QUANTILE) for a, b in held])
    line = least_squares(times, tops)
    return line.slope if line else None


def _ceiling_falls(decline: Decline) -> bool:
    if decline.ceiling_slope is None:
        return True
    return decline.ceiling_slope <= CEILING_SHARE * decline.slope
