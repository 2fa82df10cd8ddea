# SPDX-License-Identifier: GPL-3.0-only
"""A pattern that takes long is cut off by the clock, row by row, and what is left undecided is counted."""

from __future__ import annotations

import itertools
import re

import pytest

from mtleak_gui.core.filtered_log import FilteredLog
from mtleak_gui.core.log_filter import LogFilter, PatternError, checked_pattern
from mtleak_gui.core.log_matching import TextMatcher
from mtleak_gui.core.regex_weight import shape_of
from tests.core.log_by_hand import Unbounded, columns, numbers, store_of

_HEAVY = "(a+)+$"


class GivesUp(Unbounded):
    """Gives up on each line, as the true engine does on nasty ones."""

    def matches(self, text: str) -> bool | None:
        del text
        return None

    def spans(self, text: str) -> list[tuple[int, int]]:
        return [(0, len(text))]


@pytest.mark.parametrize("pattern", ["(?>(?:a+)+b)", "(?>(a|aa)+$)|c", "(a)?(?(1)b+|c)+$"])
def test_no_kind_of_group_hides_a_search_without_end(pattern: str) -> None:
    assert shape_of(pattern, re.ASCII).heavy


@pytest.mark.parametrize("pattern", ["[!-\U0010ffff]" * 40, "(?:[\\x00-\\U0010ffff]|a)" * 20])
def test_classes_that_take_long_to_compile_are_refused_with_what_to_do(pattern: str) -> None:
    with pytest.raises(PatternError, match="too many letters"):
        checked_pattern(LogFilter(pattern))


def test_a_pattern_that_gave_up_on_many_rows_is_asked_no_more() -> None:
    store = store_of(["a!"] * 3_000, block_rows=4096)
    wanted = LogFilter(_HEAVY)
    matcher = TextMatcher(wanted, GivesUp)
    log = FilteredLog(store, wanted, matcher)
    while not log.is_done:
        log.advance(lambda: True)
    assert matcher.is_cut_off
    assert matcher.undecided == 3_000
    assert matcher.spans("a!") == []


def test_a_piece_that_takes_too_long_is_taken_in_smaller_ones_and_nothing_is_missed() -> None:
    ticks = itertools.count()
    store = store_of(["aa", "b"] * 200, block_rows=4096)
    wanted = LogFilter(_HEAVY)
    matcher = TextMatcher(wanted, Unbounded, lambda: next(ticks) / 1_000)
    log = FilteredLog(store, wanted, matcher)
    while not log.is_done:
        log.advance(lambda: True)
    assert numbers(log) == list(range(0, 400, 2))
    assert matcher.undecided == 0


def test_rows_that_come_too_fast_for_a_slow_pattern_are_counted_as_undecided() -> None:
    ticks = itertools.count()
    store = store_of(["b"], block_rows=4096)
    wanted = LogFilter(_HEAVY)
    matcher = TextMatcher(wanted, Unbounded, lambda: next(ticks) / 1_000)
    log = FilteredLog(store, wanted, matcher)
    store.append(columns(["aa"] * 200))
    log.follow()
    assert 0 < len(log) < 200
    assert matcher.undecided == 200 - len(log)
