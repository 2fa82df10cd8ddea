# SPDX-License-Identifier: GPL-3.0-only
"""Places and words on the axes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from mtleak_gui.core.axis_ticks import (
    BootSpan,
    Tick,
    clock_ticks,
    elapsed_ticks,
    span_text,
    uptime_ticks,
    value_text,
    value_ticks,
)

_NOON = datetime(2026, 11, 22, 12, tzinfo=UTC).timestamp()


def texts(ticks: list[Tick]) -> list[str]:
    return [text for _place, text in ticks]


def test_clock_ticks_are_whole_hours_of_the_zone() -> None:
    start = _NOON - 5 * 3_600
    assert texts(clock_ticks(start, _NOON, 8, UTC)) == ["07:00", "08:00", "09:00", "10:00", "11:00", "12:00"]
    half = timezone(timedelta(hours=5, minutes=30))
    assert texts(clock_ticks(_NOON, _NOON + 3_600, 4, half)) == ["17:30", "17:45", "18:00", "18:15", "18:30"]


def test_midnight_is_told_by_its_date() -> None:
    assert texts(clock_ticks(_NOON + 11 * 3_600, _NOON + 13 * 3_600, 3, UTC)) == ["23:00", "Nov 23", "01:00"]


def test_seconds_are_shown_when_zoomed_in() -> None:
    assert texts(clock_ticks(_NOON, _NOON + 10, 5, UTC))[1] == "12:00:02"
    assert texts(clock_ticks(_NOON, _NOON + 1, 5, UTC))[1] == "12:00:00.2"


def test_elapsed_ticks_count_from_zero() -> None:
    assert texts(elapsed_ticks(_NOON, _NOON + 7_200, 4, _NOON)) == ["0", "30 m", "1 h", "1 h 30 m", "2 h"]


def test_each_boot_has_its_own_uptime() -> None:
    boots = [BootSpan(_NOON, _NOON + 3_600, _NOON - 7_200), BootSpan(_NOON + 3_700, _NOON + 7_200, _NOON + 3_700)]
    ticks = uptime_ticks(_NOON, _NOON + 7_200, 4, boots)
    assert texts(ticks) == ["2 h", "2 h 30 m", "3 h", "30 m"]
    assert ticks[-1].place == _NOON + 3_700 + 1_800


def test_bytes_are_told_in_thousands_where_the_step_allows() -> None:
    assert texts(value_ticks(60_000, 130_000, 7, "B"))[::3] == ["60 k", "90 k", "120 k"]
    assert value_text(97_400, 200, "B") == "97.4 k"
    assert value_text(97_412, 2, "B") == "97,412"
    assert value_text(64, 10, "%") == "64 %"
    assert value_text(-0.25, 0.05, "V") == "−0.25"
    assert value_ticks(5, 5, 4, "B") == []


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0"), (45, "45 s"), (720, "12 m"), (5_400, "1 h 30 m"), (187_200, "2 d 04 h"), (-60, "−1 m")],
)
def test_spans(seconds: float, text: str) -> None:
    assert span_text(seconds) == text
