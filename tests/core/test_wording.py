# SPDX-License-Identifier: GPL-3.0-only
"""Numbers as words."""

from __future__ import annotations

import math
from datetime import UTC, timedelta, timezone

import pytest

from mtleak_gui.core import wording


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (1.5, "1.5s"),
        (8, "8s"),
        (59.6, "1m"),
        (1860, "31m"),
        (90, "1m30s"),
        (3599.7, "1h"),
        (5400, "1h30m"),
        (21_600, "6h"),
        (3 * 86_400, "3d"),
        (187_200, "2d04h"),
    ],
)
def test_spans(seconds: float, text: str) -> None:
    assert wording.span(seconds) == text


@pytest.mark.parametrize(
    ("seconds", "text"), [(45, "+45s"), (15_120, "+4h12m"), (18_480, "+5h08m"), (-60, "-1m"), (187_920, "+2d04h12m")]
)
def test_offsets(seconds: float, text: str) -> None:
    assert wording.offset(seconds) == text


@pytest.mark.parametrize(
    ("slope", "unit", "text"),
    [
        (-81.96, "B", "-82 B/min"),
        (-12.4, "B", "-12 B/min"),
        (-3.25, "B", "-3.2 B/min"),
        (0.01, "B", "0 B/min"),
        (-0.01, "B", "0 B/min"),
        (-0.0753, "%", "-0.0753 %/min"),
        (1234.5, "B", "1,234 B/min"),
        (math.nan, "B", "not known"),
        (None, "B", "not known"),
    ],
)
def test_rates(slope: float | None, unit: str, text: str) -> None:
    assert wording.rate(slope, unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (92_344, "B", "92,344 B"),
        (71, "%", "71 %"),
        (3.874, "V", "3.874 V"),
        (1e300, "", "1.000e+300"),
        (math.inf, "B", "not known"),
    ],
)
def test_quantities(value: float, unit: str, text: str) -> None:
    assert wording.quantity(value, unit) == text


def test_minutes_left_are_rounded_up() -> None:
    assert wording.minutes_left(1126.2) == "~1,127 min (~18.8 h)"
    assert wording.minutes_left(5900.0) == "~5,900 min (~4.1 days)"
    assert wording.minutes_left(0.2) == "~1 min (~1 min)"


@pytest.mark.parametrize(
    ("field", "unit"),
    [
        ("free_heap", "B"),
        ("heapFreeBytes", "B"),
        ("battery_level", "%"),
        ("airUtilTx", "%"),
        ("ch3_voltage", "V"),
        ("x", ""),
    ],
)
def test_units(field: str, unit: str) -> None:
    assert wording.unit_of(field) == unit


def test_times_tell_their_offset_from_utc() -> None:
    assert wording.local_time(0.0, timezone(timedelta(hours=-3, minutes=-30))) == "1969-12-31 20:30:00 -03:30"
    assert wording.clock(0.0, UTC) == "00:00 +00:00"
    assert wording.local_time(1e30, UTC) == "not known"


def test_untrusted_text_becomes_one_printable_line() -> None:
    assert wording.single_line("a\x1b[31m\r\n\tb\u202e") == "a [31m b"
    assert len(wording.single_line("x" * 500)) == 96
