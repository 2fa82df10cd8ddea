# SPDX-License-Identifier: GPL-3.0-only
"""The engine for heavy patterns gives up, and agrees with the standard library where it does not."""

from __future__ import annotations

import re
import time

import pytest

from mtleak_gui.ui.pages.logbook.bounded_regex import stepped_regex


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$", r"(\w+\s?)*$", "(.*,){9}P"])
def test_it_gives_up_soon_on_a_line_that_would_take_years(pattern: str) -> None:
    expression = stepped_regex(pattern, match_case=True)
    assert expression is not None
    started = time.monotonic()
    answer = expression.matches("a," * 10 + "a" * 200 + "!")
    assert answer is None or answer is False
    assert expression.spans("a" * 200 + "!") == [] or answer is False
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"heap \d+ -> \d+", "leaked heap 66080 -> 65632 and heap 1 -> 2"),
        (r"(\w+)=(\w+),", "a=1,b=2,c"),
        ("x*y*", "xxyy z"),
        ("ROUTER.*(a|b)+", "thread router abba"),
        (r"\bé+\w*", "é éa"),
    ],
)
@pytest.mark.parametrize("match_case", [True, False])
def test_it_agrees_with_the_standard_library(pattern: str, text: str, match_case: bool) -> None:
    expression = stepped_regex(pattern, match_case)
    standard = re.compile(pattern, 0 if match_case else re.IGNORECASE)
    assert expression is not None
    assert expression.matches(text) is (standard.search(text) is not None)
    if pattern.isascii():
        assert expression.spans(text) == [found.span() for found in standard.finditer(text)]


def test_what_it_does_not_understand_is_told() -> None:
    assert stepped_regex("(unclosed", match_case=True) is None


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(?x) a+ # letters )", "baac"),
        ("a|b", "xxb"),
        ("(?i)ROUTER", "a router"),
        (r"^b", "ab"),
        (r"(?<=a)b", "aab"),
    ],
)
def test_being_tied_to_one_place_changes_no_meaning(pattern: str, text: str) -> None:
    expression = stepped_regex(pattern, match_case=True)
    assert expression is not None
    assert expression.spans(text) == [found.span() for found in re.finditer(pattern, text)]
    assert expression.matches(text) is (re.search(pattern, text) is not None)


def test_a_line_too_long_to_be_searched_is_left_undecided() -> None:
    expression = stepped_regex(".*.*=", match_case=True)
    assert expression is not None
    assert expression.matches("a" * 10_000 + "=") is None
    assert expression.spans("a" * 10_000 + "=") == []
