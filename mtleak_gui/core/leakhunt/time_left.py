# SPDX-License-Identifier: GPL-3.0-only
"""When the heap is gone if it goes on as now."""

from __future__ import annotations

from mtleak_gui.core.leakhunt.facts import TimeLeft, Trend
from mtleak_gui.core.leakhunt.thresholds import FLOOR_BYTES


def time_left_of(trend: Trend | None, minimum: float | None) -> TimeLeft | None:
    """Return the minutes left by the present slope, or ``None`` when it does not surely fall.

    The interval comes from that of the slope; its far end is ``None`` when the slope may be nothing.
    """
    if trend is None or trend.slope >= 0 or not (trend.leaking or trend.slope_interval[1] < 0):
        return None
    level = max(trend.level_now, 0.0)
    steepest, flattest = trend.slope_interval
    return TimeLeft(
        to_zero=level / -trend.slope,
        interval=(level / -steepest, level / -flattest if flattest < 0 else None),
        to_floor=max(level - FLOOR_BYTES, 0.0) / -trend.slope,
        simple=None if minimum is None else minimum / -trend.slope,
    )
