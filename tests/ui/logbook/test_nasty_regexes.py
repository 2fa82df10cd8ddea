# SPDX-License-Identifier: GPL-3.0-only
"""Patterns known to search for years, tried as the window does it; ``make soak`` searches for others."""

from __future__ import annotations

import random

import pytest

from tests.endurance.nasty_patterns import KNOWN, pattern
from tests.endurance.regex_steps import try_pattern

_HANG_S = 2.0
"""A step takes less than a tenth of a second; the guard is for a busy machine."""


@pytest.mark.parametrize("text", KNOWN)
def test_no_step_with_a_known_one_holds_the_window(text: str) -> None:
    assert try_pattern(text, easy_rows=50).slowest < _HANG_S


def test_nor_with_some_that_chance_makes() -> None:
    source = random.Random(20261124)
    for _ in range(40):
        text = pattern(source)[:1000]
        assert try_pattern(text, easy_rows=50).slowest < _HANG_S, text
