# SPDX-License-Identifier: GPL-3.0-only
"""The columns of a series keep every sample, in order, and their picture keeps every spike."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtleak_gui.core.leakhunt.least_squares import least_squares
from mtleak_gui.core.series_history import SeriesHistory


def filled(count: int, seed: int = 1) -> SeriesHistory:
    history = SeriesHistory()
    random = np.random.default_rng(seed)
    history.extend(
        np.arange(count, dtype=np.float64) * 1.5 + 1_764_000_000, 100_000 + random.standard_normal(count) * 300
    )
    return history


def test_appending_one_by_one_is_the_same_as_appending_at_once() -> None:
    whole, single = filled(1_000), SeriesHistory()
    for ts, value in zip(whole.ts, whole.value, strict=True):
        single.append(float(ts), float(value), source=2, uptime=7.0)
    assert np.array_equal(single.ts, whole.ts)
    assert np.array_equal(single.value, whole.value)
    assert set(single.source) == {2}
    assert set(single.uptime) == {7.0}
    assert single.version > 0


def test_times_never_go_back_and_what_is_no_number_is_left_out() -> None:
    history = SeriesHistory()
    history.extend(np.array([3.0, 1.0, 2.0, 4.0]), np.array([30.0, 10.0, 20.0, math.nan]))
    history.append(1.5, 15.0)
    history.append(5.0, math.inf)
    assert history.ts.tolist() == [1.0, 2.0, 3.0, 3.0]
    assert history.value.tolist() == [10.0, 20.0, 30.0, 15.0]


def test_older_samples_go_before_and_their_overlap_is_cut() -> None:
    history = SeriesHistory()
    history.extend(np.array([10.0, 11.0]), np.array([1.0, 2.0]), np.array([3, 3], np.int8), np.array([100.0, 101.0]))
    history.put_before(np.array([8.0, 9.0, 10.0, 10.5]), np.array([5.0, 6.0, 7.0, 8.0]))
    assert history.ts.tolist() == [8.0, 9.0, 10.0, 11.0]
    assert history.value.tolist() == [5.0, 6.0, 1.0, 2.0]
    assert history.source.tolist() == [0, 0, 3, 3]
    assert history.uptime.tolist()[2:] == [100.0, 101.0]


def test_between_includes_both_ends() -> None:
    history = SeriesHistory()
    history.extend(np.arange(5.0), np.arange(5.0))
    assert history.between(1.0, 3.0) == slice(1, 4)
    assert history.between(1.5, 1.6) == slice(2, 2)


def test_views_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        filled(3).value[0] = 1


@given(
    count=st.integers(1, 6_000),
    steps=st.lists(st.integers(1, 900), max_size=6),
    columns=st.integers(4, 200),
    data=st.data(),
)
def test_no_sample_is_lost_from_the_outline(count: int, steps: list[int], columns: int, data: st.DataObject) -> None:
    """However the samples came and whatever is asked, the blocks cover the span once and their extremes are true."""
    source = filled(count, seed=count)
    history, done = SeriesHistory(), 0
    for step in [*steps, count]:
        history.extend(source.ts[done : done + step], source.value[done : done + step])
        done = min(done + step, count)
        history.outline(0, len(history), columns)
    start = data.draw(st.integers(0, count - 1))
    end = data.draw(st.integers(start + 1, count))
    outline = history.outline(start, end, columns)
    assert int(outline.first[0]) == start
    assert np.array_equal(outline.first[1:], (outline.first + outline.many)[:-1])
    assert int(outline.first[-1] + outline.many[-1]) == end
    assert len(outline.first) <= 2 * columns + 2
    for first, many, low, high, mean in zip(*outline, strict=True):
        block = history.value[first : first + many]
        assert low == block.min()
        assert high == block.max()
        assert mean == pytest.approx(block.mean())


def test_one_spike_among_a_million_samples_is_in_the_outline() -> None:
    history = filled(1_000_000)
    value = history.value.copy()
    value[654_321] = 1.0
    spiked = SeriesHistory()
    spiked.extend(history.ts, value)
    outline = spiked.outline(0, len(spiked), 1_000)
    at = int(np.argmin(outline.low))
    assert outline.low[at] == 1.0
    assert outline.first[at] <= 654_321 < outline.first[at] + outline.many[at]


@given(count=st.integers(2, 3_000), data=st.data())
def test_moments_of_any_window_are_those_of_its_samples(count: int, data: st.DataObject) -> None:
    history = filled(count, seed=count)
    start = data.draw(st.integers(0, count - 2))
    end = data.draw(st.integers(start + 2, count))
    found = history.moments.between(history.ts, history.value, start, end)
    line = least_squares(history.ts[start:end], history.value[start:end])
    assert found.samples == end - start
    assert line is not None
    assert found.sxy / found.sxx == pytest.approx(line.slope, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("later", [0, 400, 5_000], ids=["nothing live", "some overlap", "no overlap"])
def test_a_history_that_was_filled_elsewhere_goes_before_what_is_there(later: int) -> None:
    copied, taken, live = SeriesHistory(), SeriesHistory(), filled(10)
    if later:
        for history in (copied, taken):
            history.extend(live.ts + 1.5 * later, live.value)
    past = filled(1_000, seed=2)
    copied.put_before(past.ts, past.value, past.source, past.uptime)
    version = taken.version
    past.reserve(100)
    _ = past.pyramid
    taken.prepend(past)
    for name in ("ts", "value", "source", "uptime"):
        assert np.array_equal(getattr(taken, name), getattr(copied, name), equal_nan=True)
    assert taken.version > version
    for seen, known in zip(taken.outline(0, len(taken), 10), copied.outline(0, len(copied), 10), strict=True):
        assert np.array_equal(seen, known)
