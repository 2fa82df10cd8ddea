# SPDX-License-Identifier: GPL-3.0-only
"""Sizes, ages and times as the window writes them."""

from __future__ import annotations

import math
from datetime import UTC, timedelta, timezone

import pytest

from mtleak_gui.core.device_words import hardware_words, port_words
from mtleak_gui.core.screen_words import age, byte_size, clock_or_date, days_left, full_time, short_clock

PLUS_TWO = timezone(timedelta(hours=2))
NOON = 1_795_608_307.0  # 2026-11-25 12:05:07 UTC


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (999, "999 B"), (9_120, "9 kB"), (22_400_000, "22.4 MB"), (780e6, "780 MB"), (1.3e9, "1.3 GB"),
     (999_960, "1.0 MB"), (None, "not known"), (math.inf, "not known")],
)  # fmt: skip
def test_sizes_have_at_most_three_figures(size: float | None, words: str) -> None:
    assert byte_size(size) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-3, "0 s"), (2.9, "2 s"), (61, "1 min"), (7_300, "2 h"), (200_000, "2 d"), (None, "not known")],
)
def test_ages_have_one_unit(seconds: float | None, words: str) -> None:
    assert age(seconds) == words


@pytest.mark.parametrize(
    ("days", "words"), [(21.2, "~21 days"), (0.4, "~10 h"), (4_000, "over a year"), (None, ""), (math.nan, "")]
)
def test_days_left(days: float | None, words: str) -> None:
    assert days_left(days) == words


def test_times_are_those_of_the_zone_with_utc_at_hand() -> None:
    assert short_clock(NOON, PLUS_TWO) == "14:05"
    assert clock_or_date(NOON, NOON + 60, UTC) == "12:05:07"
    assert clock_or_date(NOON, NOON + 100_000, UTC) == "11-25 12:05"
    assert full_time(NOON, PLUS_TWO) == "2026-11-25 14:05:07 +02:00 (2026-11-25 12:05:07 UTC)"
    assert short_clock(1e18, UTC) == "not known"


@pytest.mark.parametrize(
    ("model", "words"),
    [("HELTEC_V3", "Heltec V3"), ("RAK4631", "RAK4631"), ("NANO_G2_ULTRA", "Nano G2 Ultra"), (None, None)],
)
def test_hardware_is_called_what_people_call_it(model: str | None, words: str | None) -> None:
    assert hardware_words(model) == words


@pytest.mark.parametrize(
    ("port", "words"),
    [("/dev/ttyUSB0", "ttyUSB0"), ("COM5", "COM5"), ("tcp://10.0.0.7:4403", "10.0.0.7"), ("demo:oom", "demo"),
     ("tcp://[bad", "tcp://[bad")],
)  # fmt: skip
def test_ports_are_called_by_what_tells_them_apart(port: str, words: str) -> None:
    assert port_words(port) == words
