# SPDX-License-Identifier: GPL-3.0-only
"""Patterns that may search a line for seconds are known before they are run."""

from __future__ import annotations

import re

import pytest

from mtleak_gui.core.piece_size import PieceSize
from mtleak_gui.core.regex_weight import shape_of


@pytest.mark.parametrize(
    "pattern",
    [
        "(a+)+$",
        "(a|a)*b",
        "(a|aa)+$",
        r"(\w+\s?)*$",
        "(.*a){12}",
        ".*.*=.*",
        "a?" * 30 + "a" * 30,
        "(a|b|ab)" * 20 + "c",
        r"(x+x+)+y",
        r"(?P<q>.)(?P=q)+",
        r"^(([a-z])+.)+[A-Z]$",
        "(a?){30}a{30}",
    ],
)
def test_patterns_that_may_search_without_end_are_heavy(pattern: str) -> None:
    assert shape_of(pattern, re.ASCII).heavy


@pytest.mark.parametrize(
    "pattern",
    ["", "heap", "leaked heap|Alloc an err", r"\d+ active", "^INFO.*x$", r"[0-9a-f]{8}", "(leaked|freed) heap", "x?y"],
)
def test_everyday_patterns_are_not(pattern: str) -> None:
    assert not shape_of(pattern, re.ASCII | re.IGNORECASE).heavy


def test_pieces_shrink_at_once_and_grow_slowly() -> None:
    size = PieceSize(512)
    size.took(0.0)
    assert size.rows == 512
    size.took(0.1)
    assert size.rows < 16
    for _ in range(20):
        size.took(0.0001)
    assert size.rows == 4096
