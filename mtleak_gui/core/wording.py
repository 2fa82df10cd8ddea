# SPDX-License-Identifier: GPL-3.0-only
"""Numbers as words: the one home of how bytes, rates, spans, offsets, ages and times are written.

Every function takes plain numbers (sizes in bytes, times in seconds, slopes in units per minute). A number that is not
finite is written as ``not known``; none of these functions raises.
"""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, tzinfo

from mtleak_gui.core.shown_text import STRANGE_BLANKS, without_mark_floods

NOT_KNOWN = "not known"
BYTE_UNIT = "B"

_UNITS = {
    "battery_level": "%",
    "voltage": "V",
    "channel_utilization": "%",
    "air_util_tx": "%",
    "temperature": "°C",
    "relative_humidity": "%",
    "barometric_pressure": "hPa",
    "gas_resistance": "MOhm",
    "current": "mA",
    "lux": "lx",
    "distance": "mm",
    "wind_speed": "m/s",
    "wind_direction": "°",
    "weight": "kg",
    "uptime_seconds": "s",
    "heart_bpm": "bpm",
    "spo2": "%",
}
_CHANNEL_VALUES = {"voltage": "V", "current": "mA"}
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_MINUS = re.compile(r"(?<![\w=])-(?=[\d.])")
_UNIT_LETTER = re.compile(r"(?<=\d)(?=[smhd])")
_AFTER_UNIT = re.compile(r"(?<=[smhd])(?=\d)")


def unit_of(field: str) -> str:
    """Return the unit of a telemetry field in snake or camel case, ``""`` when it has none that we know."""
    name = snake_case(field)
    if "heap" in name or name.endswith("_bytes"):
        return BYTE_UNIT
    kind, _, channel = name[2:].partition("_")
    if name.startswith("ch") and kind.isdigit() and channel in _CHANNEL_VALUES:
        return _CHANNEL_VALUES[channel]
    return _UNITS.get(name, "")


def snake_case(field: str) -> str:
    """Return ``freeHeap`` as ``free_heap``; names already in snake case stay as they are."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in field).lstrip("_")


def number(value: float | None, decimals: int = 0) -> str:
    """Return ``-3,124`` or ``1,234.5``: thousands separators, an ASCII minus, never ``-0``."""
    if value is None or not math.isfinite(value):
        return NOT_KNOWN
    text = f"{value:,.{decimals}f}"
    return text.lstrip("-") if not text.strip("-0.,") else text


def significant(value: float | None, digits: int = 3) -> str:
    """Return a number with about ``digits`` significant digits, without an exponent for everyday sizes."""
    if value is None or not math.isfinite(value):
        return NOT_KNOWN
    if value == 0:
        return "0"
    magnitude = math.floor(math.log10(abs(value)))
    if not -6 <= magnitude < 15:
        return f"{value:.{digits - 1}e}"
    decimals = max(0, digits - 1 - magnitude)
    text = number(value, decimals)
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantity(value: float | None, unit: str) -> str:
    """Return a reading with its unit: ``92,344 B``, ``71 %``, ``3.87 V``; whole units for bytes."""
    if value is None or not math.isfinite(value):
        return NOT_KNOWN
    return f"{plain_quantity(value, unit)} {unit}".rstrip()


def plain_quantity(value: float | None, unit: str) -> str:
    """Return a reading without its unit, with the digits that its unit deserves."""
    if unit == BYTE_UNIT:
        return number(value)
    return significant(value, 4)


def rate(slope: float | None, unit: str) -> str:
    """Return a slope: ``-82 B/min``, ``-0.12 %/min``; bytes in whole units, below 10 with one decimal."""
    if slope is None or not math.isfinite(slope):
        return NOT_KNOWN
    return f"{plain_rate(slope, unit)} {unit}/min" if unit else f"{plain_rate(slope, unit)} /min"


def plain_rate(slope: float | None, unit: str) -> str:
    """Return a slope without its unit."""
    if slope is None or unit != BYTE_UNIT:
        return significant(slope)
    if 0.05 <= abs(slope) < 9.95:
        return number(slope, 1).removesuffix(".0")
    return number(slope)


def span(seconds: float | None) -> str:
    """Return a length of time with at most two units: ``8s``, ``31m``, ``6h``, ``1h30m``, ``2d04h``, ``1.5s``."""
    if seconds is None or not math.isfinite(seconds):
        return NOT_KNOWN
    seconds = abs(seconds)
    if seconds < 10:
        return f"{seconds:.1f}".removesuffix(".0") + "s"
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole}s"
    if whole < _HOUR:
        return _two_units(whole, _MINUTE, "m", 1, "s")
    whole = round(seconds / _MINUTE) * _MINUTE
    if whole < _DAY:
        return _two_units(whole, _HOUR, "h", _MINUTE, "m")
    return _two_units(round(seconds / _HOUR) * _HOUR, _DAY, "d", _HOUR, "h")


def on_screen(text: str) -> str:
    """Return our own number words as a window shows them, with true signs; quoted log text stays as it is."""
    parts = text.split('"')
    return '"'.join(_true_signs(part) if place % 2 == 0 else part for place, part in enumerate(parts))


def signed(text: str) -> str:
    """Return a written rate for the screen with its sign: ``−82 B/min``, ``+203 B/min``, ``0 B/min``."""
    shown = on_screen(text)
    return f"+{shown}" if shown[:1].isdigit() and not shown.startswith(("0 ", "0.0 ")) else shown


def spaced_span(seconds: float | None) -> str:
    """Return a length of time as a window shows it: ``6 h``, ``1 h 30 m``, ``1.5 s``."""
    return _AFTER_UNIT.sub(" ", _UNIT_LETTER.sub(" ", span(seconds)))


def offset(seconds: float) -> str:
    """Return a place in the window, told from its start: ``+45s``, ``+12m``, ``+4h12m``, ``+2d04h12m``."""
    if not math.isfinite(seconds):
        return NOT_KNOWN
    sign = "-" if seconds < 0 else "+"
    whole = int(abs(seconds))
    if whole < _MINUTE:
        return f"{sign}{whole}s"
    minutes = whole // _MINUTE
    if whole < _HOUR:
        return f"{sign}{minutes}m"
    hours, minutes = divmod(minutes, 60)
    if whole < _DAY:
        return f"{sign}{hours}h{minutes:02d}m"
    days, hours = divmod(hours, 24)
    return f"{sign}{days}d{hours:02d}h{minutes:02d}m"


def minutes_left(minutes: float | None) -> str:
    """Return ``~1,127 min (~18.8 h)``, rounded up to whole minutes; from 3 days on the bracket tells days."""
    if minutes is None or not math.isfinite(minutes):
        return NOT_KNOWN
    whole = math.ceil(minutes)
    return f"~{whole:,} min (~{long_span(whole)})"


def long_span(minutes: float | None) -> str:
    """Return a time to come: ``42 min``, ``18.8 h``, ``4.1 days``."""
    if minutes is None or not math.isfinite(minutes):
        return NOT_KNOWN
    if minutes < 60:
        return f"{math.ceil(minutes)} min"
    if minutes < 3 * 24 * 60:
        return f"{number(minutes / 60, 1)} h"
    return f"{number(minutes / 1440, 1)} days"


def local_time(epoch: float | None, zone: tzinfo | None = None) -> str:
    """Return ``2026-11-22 14:25:07 +02:00`` in ``zone``, or in the zone of this computer."""
    moment = _moment(epoch, zone)
    return NOT_KNOWN if moment is None else f"{moment:%Y-%m-%d %H:%M:%S} {_utc_offset(moment)}"


def clock(epoch: float | None, zone: tzinfo | None = None) -> str:
    """Return ``14:25 +02:00``."""
    moment = _moment(epoch, zone)
    return NOT_KNOWN if moment is None else f"{moment:%H:%M} {_utc_offset(moment)}"


def utc_offset_s(epoch: float, zone: tzinfo | None = None) -> float:
    """Return how far the zone is ahead of UTC at ``epoch``, in seconds."""
    moment = _moment(epoch, zone)
    offset_then = None if moment is None else moment.utcoffset()
    return 0.0 if offset_then is None else offset_then.total_seconds()


def count(many: int, one: str, more: str | None = None) -> str:
    """Return ``1 restart`` or ``2,000 restarts``."""
    return f"{many:,} {one if many == 1 else more or one + 's'}"


def percent(share: float | None) -> str:
    """Return a share of 0 to 1 as ``87 %``."""
    return NOT_KNOWN if share is None or not math.isfinite(share) else f"{share * 100:.0f} %"


def single_line(text: str, limit: int = 96) -> str:
    """Return untrusted text as one printable line of at most ``limit`` characters."""
    shown = "".join(letter if letter.isprintable() and letter not in STRANGE_BLANKS else " " for letter in text)
    shown = without_mark_floods(" ".join(shown.split()))
    return shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"


def true_minus(text: str) -> str:
    """Return words for the screen: a true minus before each negative number, hyphens in names as they are."""
    return _MINUS.sub("\N{MINUS SIGN}", text)


def _true_signs(text: str) -> str:
    for typed, sign in (("+-", "±"), (">=", "≥"), ("<=", "≤"), (" - ", " − ")):
        text = text.replace(typed, sign)
    return _MINUS.sub("−", text)


def _two_units(whole: int, large: int, large_name: str, small: int, small_name: str) -> str:
    high, rest = divmod(whole, large)
    low = rest // small
    return f"{high}{large_name}{low:02d}{small_name}" if low else f"{high}{large_name}"


def _moment(epoch: float | None, zone: tzinfo | None) -> datetime | None:
    if epoch is None or not math.isfinite(epoch):
        return None
    try:
        return datetime.fromtimestamp(epoch, UTC).astimezone(zone)
    except (OverflowError, OSError, ValueError):
        return None


def _utc_offset(moment: datetime) -> str:
    text = f"{moment:%z}"
    return f"{text[:3]}:{text[3:5]}"
