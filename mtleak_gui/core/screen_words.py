# SPDX-License-Identifier: GPL-3.0-only
"""How numbers and times are written on the screen, where room is short: sizes, ages, the local clock.

Builds on ``wording``, which writes reports. Times are epoch seconds, ``zone`` is that of this computer when not given.
"""

from __future__ import annotations

import math
from datetime import UTC, datetime, tzinfo

from mtleak_gui.core import wording

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_STEPS = ((1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


def byte_size(size: float | None) -> str:
    """Return ``22.4 MB``, ``9 kB``, ``780 MB``: at most three figures, decimal units."""
    if size is None or not math.isfinite(size):
        return wording.NOT_KNOWN
    for step, unit in _STEPS:
        if abs(size) >= step * 0.9995:
            return f"{_three_figures(size / step, unit)} {unit}"
    return f"{size:.0f} B"


def age(seconds: float | None) -> str:
    """Return how long ago: ``2 s``, ``43 s``, ``5 min``, ``2 h``, ``3 d``; not more than one unit."""
    if seconds is None or not math.isfinite(seconds):
        return wording.NOT_KNOWN
    whole = max(0, int(seconds))
    for step, unit in ((_DAY, "d"), (_HOUR, "h"), (_MINUTE, "min")):
        if whole >= step:
            return f"{whole // step} {unit}"
    return f"{whole} s"


def days_left(days: float | None) -> str:
    """Return ``~21 days``, ``~9 h``; an empty text when it cannot be told, ``over a year`` for the rest."""
    if days is None or not math.isfinite(days) or days < 0:
        return ""
    if days >= 365:
        return "over a year"
    if days >= 2:
        return f"~{days:.0f} days"
    return f"~{days * 24:.0f} h"


def short_clock(ts: float | None, zone: tzinfo | None = None) -> str:
    """Return ``08:25``."""
    moment = _moment(ts, zone)
    return wording.NOT_KNOWN if moment is None else f"{moment:%H:%M}"


def clock_time(ts: float | None, zone: tzinfo | None = None) -> str:
    """Return ``14:24:48``."""
    moment = _moment(ts, zone)
    return wording.NOT_KNOWN if moment is None else f"{moment:%H:%M:%S}"


def clock_or_date(ts: float | None, now: float, zone: tzinfo | None = None) -> str:
    """Return ``14:24:48`` for a time of the last day, ``11-22 14:24`` for an older one."""
    moment = _moment(ts, zone)
    if moment is None or ts is None:
        return wording.NOT_KNOWN
    return f"{moment:%H:%M:%S}" if abs(now - ts) < _DAY else f"{moment:%m-%d %H:%M}"


def full_time(ts: float | None, zone: tzinfo | None = None) -> str:
    """Return the local time with its offset, then the same moment in UTC: for tips."""
    moment = _moment(ts, zone)
    if moment is None:
        return wording.NOT_KNOWN
    return f"{wording.local_time(ts, zone)} ({moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC)"


def _three_figures(value: float, unit: str) -> str:
    if unit == "kB" or abs(value) >= 99.95:
        return f"{value:,.0f}"
    return f"{value:.1f}"


def _moment(ts: float | None, zone: tzinfo | None) -> datetime | None:
    if ts is None or not math.isfinite(ts):
        return None
    try:
        return datetime.fromtimestamp(ts, UTC).astimezone(zone)
    except (OverflowError, OSError, ValueError):
        return None
