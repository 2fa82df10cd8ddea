# SPDX-License-Identifier: GPL-3.0-only
"""Round places on the axes of a plot and how they are written, for each way of telling time and each unit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from typing import Literal, NamedTuple

from mtleak_gui.core import wording

TimeMode = Literal["local", "utc", "elapsed", "uptime"]
_STEPS_S: tuple[float, ...] = (
    *(0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200),
    *(86_400, 172_800, 604_800, 1_209_600, 2_592_000),
)
_DAY = 86_400


class Tick(NamedTuple):
    """A place on the axis and its label."""

    place: float
    text: str


class BootSpan(NamedTuple):
    """A boot of which samples are shown: ``zero`` is when its uptime was 0. Epoch seconds."""

    start: float
    end: float
    zero: float


def time_step(span_s: float, about: int) -> float:
    """Return the round step (s) of which about ``about``, or fewer, fit in ``span_s``."""
    return next((step for step in _STEPS_S if step * about >= span_s), _STEPS_S[-1])


def clock_ticks(start: float, end: float, about: int, zone: tzinfo | None) -> list[Tick]:
    """Return ticks of the time of day in ``zone`` (``None``: this computer's); midnight is told by its date."""
    step = time_step(end - start, about)
    shift = wording.utc_offset_s((start + end) / 2, zone)
    return [
        Tick(place, _clock_text(place + shift, step)) for place in _multiples(start + shift, end + shift, step, shift)
    ]


def elapsed_ticks(start: float, end: float, about: int, zero: float) -> list[Tick]:
    """Return ticks told from ``zero``: ``0``, ``1 h``, ``1 h 30 m``."""
    step = time_step(end - start, about)
    return [Tick(place, span_text(place - zero, step)) for place in _multiples(start - zero, end - zero, step, -zero)]


def uptime_ticks(start: float, end: float, about: int, boots: Sequence[BootSpan]) -> list[Tick]:
    """Return ticks of each boot's own uptime; between boots there is none."""
    step = time_step(end - start, about)
    ticks: list[Tick] = []
    for boot in boots:
        low, high = max(start, boot.start), min(end, boot.end)
        for place in _multiples(low - boot.zero, high - boot.zero, step, -boot.zero):
            if not ticks or place - ticks[-1].place > step * 0.6:
                ticks.append(Tick(place, span_text(place - boot.zero, step)))
    return ticks


def value_ticks(low: float, high: float, about: int, unit: str) -> list[Tick]:
    """Return round values; bytes from a thousand on as ``130 k`` where the step allows."""
    if not math.isfinite(high - low) or high <= low:
        return []
    rough = (high - low) / max(about, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next((power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999), power * 10)
    places = [number * step for number in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)]
    return [Tick(place, value_text(place, step, unit)) for place in places]


def value_text(value: float, step: float, unit: str) -> str:
    """Return the label of a value on an axis whose ticks are ``step`` apart."""
    if unit == wording.BYTE_UNIT and step >= 100:
        thousands = value / 1_000
        decimals = 0 if step >= 1_000 else 1
        return wording.true_minus(f"{wording.number(thousands, decimals)} k") if thousands else "0"
    decimals = max(0, -math.floor(math.log10(step))) if step < 1 else 0
    text = wording.number(value, decimals)
    return wording.true_minus(f"{text} %" if unit == "%" else text)


def span_text(seconds: float, step: float = 1.0) -> str:
    """Return a length of time for an axis: ``2 d 04 h``, ``1 h 30 m``, ``12 m``, ``45 s``."""
    whole = round(abs(seconds), 1 if step < 1 else 0)
    sign = "\N{MINUS SIGN}" if seconds < -0.05 else ""
    days, rest = divmod(whole, _DAY)
    hours, rest = divmod(rest, 3_600)
    minutes, secs = divmod(rest, 60)
    if days:
        return f"{sign}{days:.0f} d" + (f" {hours:02.0f} h" if hours else "")
    if hours:
        return f"{sign}{hours:.0f} h" + (f" {minutes:02.0f} m" if minutes else "")
    if minutes:
        return f"{sign}{minutes:.0f} m" + (f" {secs:02.0f} s" if secs else "")
    return f"{sign}{secs:g} s" if secs else "0"


def clock_text(ts: float, zone: tzinfo | None, form: str = "%H:%M:%S") -> str:
    """Return the time of day of an epoch second in ``zone`` (``None``: this computer's)."""
    return f"{datetime.fromtimestamp(ts + wording.utc_offset_s(ts, zone), UTC):{form}}"


def _multiples(low: float, high: float, step: float, shift: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [number * step - shift for number in range(first, last + 1)]


def _clock_text(shifted: float, step: float) -> str:
    """Return the label of a moment that is already moved by its zone's offset."""
    moment = datetime.fromtimestamp(round(shifted, 1), UTC)
    if step >= _DAY or (shifted % _DAY < 1e-3 and step >= 3_600):
        return f"{moment:%b} {moment.day}"
    if step < 1:
        return f"{moment:%H:%M:%S}.{moment.microsecond // 100_000}"
    return f"{moment:%H:%M}" if step >= 60 else f"{moment:%H:%M:%S}"
