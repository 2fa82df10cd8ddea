# SPDX-License-Identifier: GPL-3.0-only
"""A filter shows the rows that a slow look at each row shows, however they are searched, and says what is amiss."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtleak_gui.core.filtered_log import FilteredLog
from mtleak_gui.core.log_filter import ALL_LEVELS, LogFilter, PatternError
from mtleak_gui.core.log_matching import TextMatcher
from mtleak_gui.core.log_store import LogStore
from tests.core.log_by_hand import Unbounded, columns, expected_numbers, filtered, matcher_of, numbers, store_of
from tests.core.recorded_lines import console_lines

PIECES = [
    "DEBUG | 12:00:00 5 [Router] [heap 97412] Rx from=0x7c5a1f0e",
    "INFO  | 12:00:01 6 [Power] Heap: 107952/294912 bytes free (-408 since last)",
    "WARN  | 12:00:02 7 [Router] Alloc an err=8,to=0x1",
    "ERROR | 12:00:03 8 [Main] Müller's node, ünïcode ☃",
    "rst:0x1 (POWERON)",
    "[mark] burst",
    "plain\nwith a line of its own",
    "",
    "aaa AAA aab",
]
PATTERNS = [
    "",
    "heap",
    "Router",
    "heap|err=8|POWERON",
    "^INFO",
    "free$",
    r"last\)$",
    r"[0-9]{5}",
    r"[a-f]{3}",
    r"\d+/\d+ bytes",
    r"x.*y|a+b",
    "(a|b)*c",
    r"[^a-z ]{4}",
    r"\bline\b",
    r"\s\(",
    "ü",
    "Ü[a-z]",
    "a*",
    r"(?i)rx",
    r"line of\Z",
    r"with\s+a",
    "(?P<letter>a)(?P=letter)",
    r"[A-Z]-?\d|\x41lloc",
]


LEVEL_SETS = [ALL_LEVELS, frozenset({"INFO"}), frozenset({"WARN", "MARK"}), frozenset({"DEBUG", "ERROR"})]
FILTERS = st.builds(
    LogFilter,
    pattern=st.sampled_from(PATTERNS),
    regex=st.booleans(),
    match_case=st.booleans(),
    negate=st.booleans(),
    levels=st.sampled_from(LEVEL_SETS),
    thread=st.sampled_from([None, "Router", "nobody"]),
    boot=st.sampled_from([None, (3.0, 20.0)]),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60)


@settings(max_examples=300, deadline=None)
@given(texts=TEXTS, wanted=FILTERS)
def test_every_filter_shows_what_a_look_at_each_row_shows(texts: list[str], wanted: LogFilter) -> None:
    store = store_of(texts)
    assert numbers(filtered(store, wanted)) == expected_numbers(store, wanted)


@settings(max_examples=100, deadline=None)
@given(text=TEXTS, pattern=st.sampled_from(PATTERNS), data=st.data())
def test_rows_that_come_and_go_later_are_shown_alike(text: list[str], pattern: str, data: st.DataObject) -> None:
    wanted = LogFilter(pattern)
    store = LogStore(capacity=24, block_rows=8)
    log = FilteredLog(store, wanted, matcher_of(wanted))
    at = len(text) // 2
    store.append(columns(text[at:], start=float(at)))
    log.follow()
    log.advance(lambda: data.draw(st.booleans()))
    store.put_before(columns(text[:at]))
    store.append(columns(["heap again", "[mark] later"], start=float(len(text))))
    log.follow()
    while not log.is_done:
        log.advance(lambda: True)
    assert numbers(log) == expected_numbers(store, wanted)


def test_filters_over_lines_of_a_real_node() -> None:
    store = store_of([raw.decode("utf-8", "replace") for raw in console_lines("heap-stdout.log")], block_rows=256)
    for pattern in (*PATTERNS, "TrafficManagement", r"\[heap \d+\]", r"0/\d+ slots", r"packet.*id=0x[0-9a-f]+"):
        for match_case in (False, True):
            wanted = LogFilter(pattern, match_case=match_case)
            assert numbers(filtered(store, wanted)) == expected_numbers(store, wanted), wanted


@pytest.mark.parametrize(
    ("pattern", "words", "position"),
    [
        ("(leaked", "Missing ) at 1", 0),
        ("leaked)", "Unbalanced parenthesis at 7", 6),
        ("a**", "Multiple repeat at 3", 2),
        ("[a", "Unterminated character set at 1", 0),
        ("x" * 1001, "The pattern is longer than 1,000 characters", None),
    ],
)
def test_a_pattern_that_is_none_is_refused_with_its_place(pattern: str, words: str, position: int | None) -> None:
    with pytest.raises(PatternError) as refused:
        matcher_of(LogFilter(pattern))
    assert str(refused.value) == words
    assert refused.value.position == position


def test_what_is_no_expression_may_be_looked_for_as_text() -> None:
    store = store_of(["call (leaked", "leaked"])
    assert numbers(filtered(store, LogFilter("(leaked", regex=False))) == [0]


def test_a_heavy_pattern_goes_to_the_engine_that_gives_up() -> None:
    class GivesUp(Unbounded):
        def matches(self, text: str) -> bool | None:
            return None if "!" in text else super().matches(text)

    store = store_of(["a" * 40 + "!", "aaaa", "b"])
    wanted = LogFilter("(a+)+$")
    matcher = TextMatcher(wanted, GivesUp)
    log = FilteredLog(store, wanted, matcher)
    started = time.monotonic()
    log.advance(lambda: False)
    assert time.monotonic() - started < 5  # by the standard library it would take hours
    assert numbers(log) == [1]
    assert matcher.undecided == 1


def test_a_heavy_pattern_is_refused_where_no_engine_gives_up() -> None:
    with pytest.raises(PatternError, match="search a line without end"):
        TextMatcher(LogFilter("(a+)+$"), lambda *_: None)


def test_counts_are_of_the_span_and_device_whatever_is_hidden() -> None:
    store = store_of(["INFO  | 12:00:00 5 [A] x", "DEBUG | 12:00:00 5 [A] y", "rst:01", "[mark] m", "[mark] n"])
    log = filtered(store, LogFilter("x", levels=frozenset({"INFO"}), since=0.0, until=3.0))
    assert len(log) == 1
    assert log.in_scope == 4
    assert [log.level_count(level) for level in ("INFO", "DEBUG", "MARK")] == [2, 1, 1]


def test_two_boards_and_the_marks_of_both() -> None:
    store = store_of(["one", "two"], port="COM5")
    store.append(columns(["three", "[mark] m"], start=2.0, port="COM7"))
    assert numbers(filtered(store, LogFilter(port="COM7"))) == [2, 3]
    assert numbers(filtered(store, LogFilter(port="COM9"))) == [3]


def test_places_of_rows() -> None:
    store = store_of([f"row {number}" if number % 3 else "[mark] m" for number in range(40)])
    log = filtered(store, LogFilter("row .*[02468]$"))
    shown = numbers(log)
    for place, number in enumerate(shown):
        assert log.nearest(number) == place
        assert log.at_time(float(number)) == place
        assert log.marks_before(place) == sum(1 for before in shown[:place] if before % 3 == 0)
    assert log.nearest(1) == shown.index(2)
    assert log.at_time(1000.0) == len(log)
    assert log.marks_before(len(log)) == sum(1 for number in shown if number % 3 == 0)
    with pytest.raises(IndexError):
        log.number(len(log))


def test_the_next_error_is_found_over_the_seams_of_blocks() -> None:
    texts = ["INFO  | 12:00:00 5 [A] x"] * 50
    texts[3] = texts[30] = texts[49] = "ERROR | 12:00:00 5 [A] no"
    log = filtered(store_of(texts), LogFilter())
    assert [log.next_of_levels(at, (3, 4), 1) for at in (0, 3, 30, 49)] == [3, 30, 49, None]
    assert [log.next_of_levels(at, (3, 4), -1) for at in (49, 30, 3)] == [30, 3, None]
    assert filtered(store_of([]), LogFilter()).next_of_levels(0, (3,), 1) is None
