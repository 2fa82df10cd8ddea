# SPDX-License-Identifier: GPL-3.0-only
"""What people write for a time or a window (``6h``, ``-1h 30m``, ``now``, ISO 8601, epoch) as seconds: one parser."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from typing import NamedTuple

TimeWord = str | int | float
"""A number is an epoch time where a moment is meant, and a length in seconds where a window is meant."""

WindowWord = TimeWord | tuple[TimeWord, TimeWord]

ALLOWED_TIMES = (
    "a time is epoch seconds (1778164200), a span back from now (-15m, -6h, -3d, -1h30m), now, latest, latest-1h, "
    "or ISO 8601 (2026-05-07T14:30:00, taken as UTC unless it ends in Z or an offset)"
)
ALLOWED_WINDOWS = (
    "a window is a span up to now (30m, 6h, 3d, -3d, 1h30m), seconds (3600), a start (ISO 8601), or two times: FROM/TO"
)

_LAST_MOMENT = datetime(9999, 12, 31, tzinfo=UTC).timestamp()
_UNITS = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_SPAN_PIECE = re.compile(r"(\d+(?:\.\d+)?|\.\d+)\s*([smhd])\s*", re.ASCII)
_SPAN = re.compile(rf"(?:{_SPAN_PIECE.pattern})+", re.ASCII)
_NUMBER = re.compile(r"\d+(?:\.\d+)?|\.\d+", re.ASCII)
_SHIFTED = re.compile(r"(now|latest)?\s*(-?)\s*(.*)", re.ASCII | re.DOTALL)
_SHOWN_CHARACTERS = 60


class TimeWindow(NamedTuple):
    """From ``start`` to ``end``, both included, in epoch seconds; ``start`` is never after ``end``."""

    start: float
    end: float


class TimeWordsError(ValueError):
    """Words that are no time. The text names them and says what is allowed."""


def parse_time(words: TimeWord, *, now: float, latest: float | None = None) -> float:
    """Return the moment that ``words`` name, in epoch seconds.

    ``now`` is the present, ``latest`` the newest row of the recording when it has one. A number, also as text, is an
    epoch time; ``-90`` as text is a span of seconds back. Raises ``TimeWordsError``.
    """
    text = isinstance(words, str)
    moment = _moment_of_text(str(words), now=now, latest=latest) if text else _number(words, ALLOWED_TIMES)
    if not 0 <= moment <= _LAST_MOMENT:
        raise _refused(words, f"it lies outside the years 1970 to 9999; {ALLOWED_TIMES}")
    return moment


def parse_span(words: TimeWord) -> float:
    """Return the length that ``1h30m``, ``-3d`` (the sign means nothing here), ``90`` or 90 names, in seconds.

    Raises ``TimeWordsError``.
    """
    if not isinstance(words, str):
        span = _number(words, ALLOWED_WINDOWS)
        if span < 0:
            raise _refused(words, f"a length is not negative; {ALLOWED_WINDOWS}")
    else:
        found = _span_seconds(words.strip().lower().removeprefix("-").strip())
        if found is None:
            raise _refused(words, ALLOWED_WINDOWS)
        span = found
    if span > _LAST_MOMENT:
        raise _refused(words, f"it is longer than 8,000 years; {ALLOWED_WINDOWS}")
    return span


def parse_window(words: WindowWord, *, now: float, latest: float | None = None) -> TimeWindow:
    """Return the window that ``words`` name: a span or seconds up to ``now``, a start, ``FROM/TO``, or a pair of times.

    A span that reaches back before 1970 starts there. Raises ``TimeWordsError``.
    """
    if isinstance(words, tuple):
        return window_between(*words, now=now, latest=latest)
    if not isinstance(words, str):
        return TimeWindow(max(0.0, now - parse_span(words)), now)
    start, slash, end = words.partition("/")
    if slash:
        return window_between(start, end, now=now, latest=latest)
    if _span_seconds(words.strip().lower().removeprefix("-").strip()) is not None:
        return TimeWindow(max(0.0, now - parse_span(words)), now)
    if not words.strip():
        raise _refused(words, ALLOWED_WINDOWS)
    try:
        return window_between(words, now, now=now, latest=latest)
    except TimeWordsError as trouble:
        raise _refused(words, ALLOWED_WINDOWS) from trouble


def window_between(start: TimeWord, end: TimeWord, *, now: float, latest: float | None = None) -> TimeWindow:
    """Return the window between two times. Raises ``TimeWordsError``, also when it would end before it starts."""
    window = TimeWindow(parse_time(start, now=now, latest=latest), parse_time(end, now=now, latest=latest))
    if window.start > window.end:
        raise TimeWordsError(
            f"the window starts ({_shown(start)}, {_iso(window.start)}) after it ends ({_shown(end)}, "
            f"{_iso(window.end)}): give a start that is not later than the end"
        )
    return window


def _moment_of_text(words: str, *, now: float, latest: float | None) -> float:
    text = words.strip().lower()
    anchor, sign, rest = _pieces(text)
    if anchor == "latest" and latest is None:
        raise _refused(words, f"there is no row yet that could be the latest; {ALLOWED_TIMES}")
    base = latest if anchor == "latest" and latest is not None else now
    if not rest:
        if sign:
            raise _refused(words, ALLOWED_TIMES)
        return base
    if not anchor and not sign and _NUMBER.fullmatch(rest):
        return float(rest)
    span = _span_seconds(rest) if sign or not anchor else None
    if span is not None:
        return base - span
    return _iso_moment(words, text)


def _pieces(text: str) -> tuple[str, str, str]:
    found = _SHIFTED.fullmatch(text)
    if found is None:
        return "", "", text
    return found[1] or "", found[2], found[3]


def _span_seconds(text: str) -> float | None:
    """Return the seconds of ``1h 30m`` or ``90``, without a sign, or ``None`` when the text is no span."""
    if _NUMBER.fullmatch(text):
        return float(text)
    if not _SPAN.fullmatch(text):
        return None
    return math.fsum(float(amount) * _UNITS[unit] for amount, unit in _SPAN_PIECE.findall(text))


def _iso_moment(words: str, text: str) -> float:
    try:
        moment = datetime.fromisoformat(text.upper())
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.timestamp()
    except (ValueError, OverflowError) as trouble:
        raise _refused(words, ALLOWED_TIMES) from trouble


def _number(value: object, allowed: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _refused(value, allowed)
    try:
        number = float(value)
    except OverflowError as trouble:
        raise _refused(value, allowed) from trouble
    if not math.isfinite(number):
        raise _refused(value, allowed)
    return number


def _refused(words: object, why: str) -> TimeWordsError:
    return TimeWordsError(f"{_shown(words)} is not a time that can be used: {why}")


def _shown(words: object) -> str:
    try:
        text = repr(words)
    except ValueError:  # an integer of thousands of digits
        text = "a number of thousands of digits"
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}..."


def _iso(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
