# SPDX-License-Identifier: GPL-3.0-only
"""Time words: what is understood, what is refused, and that a refusal names the words and what is allowed."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtleak_gui.core.time_words import TimeWord, TimeWordsError, parse_span, parse_time, parse_window

NOW = 1_778_164_200.0
LATEST = NOW - 5000.0


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("now", NOW),
        ("", NOW),
        (" NOW ", NOW),
        ("-15m", NOW - 900),
        ("- 15 m", NOW - 900),
        ("15m", NOW - 900),
        ("-1h30m", NOW - 5400),
        ("-1h 30m", NOW - 5400),
        ("-3d", NOW - 259_200),
        ("-1.5H", NOW - 5400),
        ("-90", NOW - 90),
        ("now-2h", NOW - 7200),
        ("latest", LATEST),
        ("latest - 1h", LATEST - 3600),
        (1_778_000_000, 1_778_000_000.0),
        (1_778_000_000.25, 1_778_000_000.25),
        ("1778000000.25", 1_778_000_000.25),
        ("2026-05-07T14:30:00", NOW),
        ("2026-05-07 14:30:00Z", NOW),
        ("2026-05-07t16:30:00+02:00", NOW),
        ("2026-05-07", 1_778_112_000.0),
    ],
)
def test_a_moment_is_understood(words: TimeWord, moment: float) -> None:
    assert parse_time(words, now=NOW, latest=LATEST) == moment


@pytest.mark.parametrize(
    "words",
    [
        "yesterday", "-", "--15m", "-15x", "15 minutes", "-1h30", "now-", "now5m", "2026-13-01", "nan", "inf", "-inf",
        "١٥", "-99999999999d", "9" * 400, "-" + "9" * 400 + "h", math.nan, math.inf, -1.0, -5, 1e300, 10**400, True,
        "1969-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
    ],
)  # fmt: skip
def test_what_is_no_moment_is_refused_by_name(words: TimeWord) -> None:
    with pytest.raises(TimeWordsError) as refusal:
        parse_time(words, now=NOW)
    assert "a time is epoch seconds" in str(refusal.value)
    assert repr(words)[:50] in str(refusal.value) or isinstance(words, int)


def test_latest_needs_a_row() -> None:
    with pytest.raises(TimeWordsError, match="no row yet"):
        parse_time("latest", now=NOW)


@pytest.mark.parametrize(
    ("words", "start"),
    [("30m", 1800), ("6h", 21_600), ("-3d", 259_200), ("1h30m", 5400), (3600, 3600), ("3600", 3600), (0.5, 0.5)],
)
def test_a_window_reaches_from_a_span_ago_to_now(words: TimeWord, start: float) -> None:
    assert parse_window(words, now=NOW) == (NOW - start, NOW)


def test_a_window_may_be_a_start_or_two_times() -> None:
    assert parse_window("2026-05-07T13:30:00Z", now=NOW) == (NOW - 3600, NOW)
    assert parse_window("2026-05-07T13:30:00/2026-05-07T14:00:00", now=NOW) == (NOW - 3600, NOW - 1800)
    assert parse_window(("latest-1h", "latest"), now=NOW, latest=LATEST) == (LATEST - 3600, LATEST)


def test_a_span_beyond_1970_starts_there() -> None:
    assert parse_window("100000d", now=NOW) == (0.0, NOW)


@pytest.mark.parametrize("words", ["", " ", "soon", "-", -3600, math.nan, math.inf, "9" * 30 + "d", "a/b", False])
def test_what_is_no_window_is_refused(words: TimeWord) -> None:
    with pytest.raises(TimeWordsError, match="is not a time that can be used"):
        parse_window(words, now=NOW)


def test_a_window_that_ends_before_it_starts_names_both_ends() -> None:
    with pytest.raises(
        TimeWordsError, match=r"'now', 2026-05-07T14:30:00Z\) after it ends \('-1h', 2026-05-07T13:30:00Z"
    ):
        parse_window(("now", "-1h"), now=NOW)


@given(st.text(max_size=30) | st.floats() | st.integers())
def test_any_words_give_a_moment_or_a_refusal(words: TimeWord) -> None:
    try:
        moment = parse_time(words, now=NOW)
    except TimeWordsError:
        return
    assert 0 <= moment < 253_402_300_800


@given(st.lists(st.tuples(st.integers(0, 999), st.sampled_from("smhd")), min_size=1, max_size=4))
def test_spans_add_up_whatever_their_order_and_spaces(pieces: list[tuple[int, str]]) -> None:
    seconds = sum(amount * {"s": 1, "m": 60, "h": 3600, "d": 86_400}[unit] for amount, unit in pieces)
    tight = "".join(f"{amount}{unit}" for amount, unit in pieces)
    wide = " ".join(f"{amount} {unit.upper()}" for amount, unit in pieces)
    assert parse_span(tight) == parse_span(wide) == parse_span(f"-{tight}") == seconds
