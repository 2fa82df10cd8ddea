# SPDX-License-Identifier: GPL-3.0-only
"""A trend as words: what one boot did, and what several boots have in common."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.evidence import Request
from mtleak_gui.core.leakhunt.facts import Trend

STEADY_LIMIT = 50.0
"""Bytes per minute: a slope within plus and minus this is called steady."""
MOVEMENT_LIMIT = 1000.0
"""Bytes: a range up to this is too little movement to call a leak."""


def is_significant(trend: Trend) -> bool:
    """Return whether the 95 % interval of the slope leaves zero out."""
    low, high = trend.slope_interval
    return trend.slope != 0 and (low > 0 or high < 0)


def interval_text(interval: tuple[float, float], unit: str) -> str:
    """Return ``-88 to -76 B/min``."""
    return f"{wording.plain_rate(interval[0], unit)} to {wording.rate(interval[1], unit)}"


def describe(trend: Trend, request: Request) -> str:
    """Return what the boot did: ``leaking at 180 B/min``, ``steady``, ``falling at 0.12 %/min``."""
    unit = wording.unit_of(request.field)
    speed = wording.rate(abs(trend.slope), unit)
    if request.is_heap:
        if trend.leaking:
            return f"leaking at {speed}"
        if abs(trend.slope) <= STEADY_LIMIT:
            return "steady"
        return f"rising at {speed}" if trend.slope > 0 else f"falling at {speed}, not sure to leak"
    if not is_significant(trend):
        return "steady"
    return f"{'rising' if trend.slope > 0 else 'falling'} at {speed}"


def describe_boots(segments: Sequence[Trend], request: Request) -> str:
    """Return what the boots did: ``leaking at 180 B/min, in 3 of 3 boots``."""
    if not segments:
        return "no boot holds enough samples to judge"
    chosen = [trend for trend in segments if _is_noteworthy(trend, request)]
    if not chosen:
        return f"steady in {len(segments)} of {wording.count(len(segments), 'boot')}"
    middle = median(trend.slope for trend in chosen)
    typical = min(chosen, key=lambda trend: abs(trend.slope - middle))
    return f"{describe(typical, request)}, in {len(chosen)} of {wording.count(len(segments), 'boot')}"


def _is_noteworthy(trend: Trend, request: Request) -> bool:
    return trend.leaking if request.is_heap else is_significant(trend)
