# SPDX-License-Identifier: GPL-3.0-only
"""What is said about ranges and marks."""

from __future__ import annotations

import numpy as np

from mtleak_gui.core.dips import MarkResults, dip_of, dip_words, step_at, step_words
from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.markers import RangeMark
from mtleak_gui.core.series_history import SeriesHistory


def history_of(value: Floats) -> SeriesHistory:
    history = SeriesHistory()
    history.extend(np.arange(value.size, dtype=np.float64), value)
    return history


def level(count: int) -> Floats:
    return np.random.default_rng(3).standard_normal(count) * 20 + 100_000


def test_a_burst_that_is_given_back_tells_its_depth_and_when_it_was_back() -> None:
    value = level(3_000)
    value[1_000:1_300] -= 8_000
    value[1_300:1_309] -= 4_000
    words = dip_words(dip_of(RangeMark("burst", 1_000.0, 1_300.0), history_of(value)), "B")
    assert words.startswith("−8,0")
    assert words.endswith("B, back after 10 samples")


def test_a_burst_that_is_not_given_back_says_so() -> None:
    value = level(3_000)
    value[1_000:] -= 8_000
    assert dip_words(dip_of(RangeMark("burst", 1_000.0, 1_300.0), history_of(value)), "B").endswith("not back yet")


def test_a_range_that_goes_on_is_open() -> None:
    value = level(1_200)
    value[1_000:] -= 500
    assert dip_words(dip_of(RangeMark("burst", 1_000.0), history_of(value)), "B").endswith("open")


def test_a_range_without_samples() -> None:
    assert dip_words(dip_of(RangeMark("burst", 5.0, 6.0), SeriesHistory()), "B") == "no samples"


def test_a_step_at_a_mark_stands_out_and_noise_does_not() -> None:
    value = level(400)
    assert step_words(step_at(history_of(value), 200.0), "B") == "no step"
    value[201:] -= 1_500
    assert step_words(step_at(history_of(value), 200.0), "B").startswith("step −1,")
    assert step_words(step_at(history_of(value), 399.5), "B") == ""


def test_a_leak_alone_is_no_step() -> None:
    value = 100_000 - 5.0 * np.arange(400, dtype=np.float64)
    assert step_words(step_at(history_of(value), 200.0), "B") == "no step"


def test_a_burst_on_a_leaking_board_is_measured_against_where_the_curve_was_heading() -> None:
    value = level(3_000) - 3.0 * np.arange(3_000)
    value[1_800:2_200] -= 5_000
    assert dip_words(dip_of(RangeMark("burst", 1_800.0, 2_200.0), history_of(value)), "B").endswith(
        "back after 1 sample"
    )


def test_results_of_many_marks_come_a_few_at_a_time_and_stay() -> None:
    history, results = history_of(level(8_000)), MarkResults("B")
    marks = [100.0 + 10 * n for n in range(100)]
    words = [results.of_mark(ts, history) for ts in marks]
    assert "" in words
    while results.pending:
        results.begin()
        words = [results.of_mark(ts, history) for ts in marks]
    assert set(words) == {"no step"}
    results.begin()
    assert [results.of_mark(ts, history) for ts in marks] == words
    assert not results.pending
