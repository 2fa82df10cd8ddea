# SPDX-License-Identifier: GPL-3.0-only
"""Whatever the values are, there is an answer and never a traceback (warnings are errors here)."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtleak_gui.core.leakhunt.analyse import analyse
from tests.core.leakhunt.evidence_by_hand import Floats, uptimes, window

RANDOM = np.random.default_rng(5)


@pytest.mark.parametrize(
    ("seconds", "values", "counted"),
    [
        ([], [], 0),
        ([1], [50_000], 1),
        ([1, 2], [50_000, 40_000], 2),
        ([5] * 50, list(range(1, 51)), 50),
        ([1, 2, 3, 4], [math.nan, math.inf, -math.inf, 1e300], 0),
        ([math.nan, 2, 3, 4, 5, 6], [1, 2, 3, 4, 5, 6], 5),
        (list(np.arange(100) * 1e-7), list(RANDOM.normal(1e5, 10, 100)), 100),
    ],
)
def test_few_or_broken_samples_are_counted_and_never_a_leak(
    seconds: list[float], values: list[float], counted: int
) -> None:
    facts = analyse(window(seconds, values, length=1_000))
    assert (facts.samples, facts.leaking) == (counted, False)


def test_a_million_samples_are_judged() -> None:
    seconds = np.arange(1_000_000) * 0.1
    values = 120_000 - seconds / 3 + RANDOM.normal(0, 100, seconds.size)
    facts = analyse(window(seconds, values, **uptimes(seconds, seconds + 90_000)))
    assert facts.leaking
    assert facts.present is not None
    assert facts.present.slope == pytest.approx(-20, rel=0.02)


def test_uptimes_without_sense_do_not_hinder_the_trend() -> None:
    seconds = np.arange(5_000.0)
    wild = uptimes(seconds, RANDOM.uniform(0, 1e6, seconds.size))
    assert analyse(window(seconds, np.full(seconds.size, 120_000.0), **wild)).samples == 5_000


NUMBERS = st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=140)


@settings(max_examples=150, deadline=None)
@given(seconds=NUMBERS, values=NUMBERS, told=NUMBERS)
def test_any_numbers_at_all_have_an_answer(seconds: list[float], values: list[float], told: list[float]) -> None:
    n = min(len(seconds), len(values))
    facts = analyse(window(seconds[:n], values[:n], length=1e9, **_told(told)))
    assert facts.samples <= n


def _told(told: list[float]) -> dict[str, Any]:
    times: Floats = np.arange(len(told), dtype=np.float64) * 30
    return uptimes(times, told)
