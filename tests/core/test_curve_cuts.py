# SPDX-License-Identifier: GPL-3.0-only
"""The line is broken where nothing was heard, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtleak_gui.core.bands import Band
from mtleak_gui.core.curve_cuts import pieces
from mtleak_gui.core.series_history import SeriesHistory


def history_of(ts: list[float]) -> SeriesHistory:
    history = SeriesHistory()
    history.extend(np.array(ts), np.zeros(len(ts)))
    return history


@pytest.mark.parametrize("count", [6, 30, 64, 65, 300])
def test_a_gap_of_more_than_three_cadences_breaks_the_line(count: int) -> None:
    ts = [1.5 * n for n in range(count)]
    late = [t + 30 for t in ts[count // 2 :]]
    assert history_of(ts[: count // 2] + late).gaps.tolist() == [count // 2]
    assert history_of(ts).gaps.tolist() == []


@given(st.lists(st.integers(1, 200), min_size=1, max_size=8))
def test_gaps_do_not_depend_on_how_the_samples_came(steps: list[int]) -> None:
    random = np.random.default_rng(7)
    ts = np.cumsum(np.where(random.random(800) < 0.01, 90.0, 1.5))
    whole, pieced = history_of(ts.tolist()), SeriesHistory()
    done = 0
    for step in [*steps, ts.size]:
        pieced.extend(ts[done : done + step], np.zeros(ts[done : done + step].size))
        done = min(done + step, ts.size)
        assert pieced.gaps.size <= pieced.ts.size
    assert pieced.gaps.tolist() == whole.gaps.tolist()


def test_bursts_of_lines_are_no_gaps() -> None:
    """Ten lines at once, then 20 seconds of quiet, again and again: as a DEBUG_HEAP build really prints."""
    ts = [20.0 * burst + 0.1 * line for burst in range(60) for line in range(10)]
    assert history_of(ts).gaps.tolist() == []


def test_lines_that_were_read_at_once_leave_no_gaps_between_the_reads() -> None:
    """A flood: a hundred lines have one time, the next hundred one some milliseconds later."""
    ts = [0.005 * read for read in range(50) for _ in range(100)]
    later = [ts[-1] + 30 + 0.005 * read for read in range(50) for _ in range(100)]
    assert history_of(ts).gaps.tolist() == []
    assert history_of(ts + later).gaps.tolist() == [len(ts)]


def test_a_line_is_broken_at_bands_and_gaps_within_what_is_seen() -> None:
    ts = np.arange(100.0)
    bands = (
        Band("restart", 19.0, 20.0, "restart"),
        Band("pause", 40.2, 43.8, "paused"),
        Band("link_lost", 99.5, None, "lost"),
    )
    cuts = np.array([60], np.int64)
    found = pieces(ts, cuts, bands, slice(10, 70))
    assert found == [slice(10, 20), slice(20, 41), slice(41, 44), slice(44, 60), slice(60, 70)]
