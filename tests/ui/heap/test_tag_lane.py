# SPDX-License-Identifier: GPL-3.0-only
"""Tags of marks never cover one another, however many there are."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from mtleak_gui.core.bands import Band
from mtleak_gui.ui.pages.heap.plot.picture import PlotMark
from mtleak_gui.ui.pages.heap.plot.plot_scale import PlotScale
from mtleak_gui.ui.pages.heap.plot.tag_lane import lay_out

_SCALE = PlotScale(0.0, 1_000.0, 0.0, 1.0, 1_000.0, 300.0)


def width(text: str) -> float:
    return 6.0 * len(text)


@given(
    st.lists(st.tuples(st.floats(-100, 1_100), st.text("abcx-", min_size=1, max_size=20)), max_size=60),
    st.lists(st.floats(0, 1_000), max_size=4),
)
def test_no_two_tags_overlap(marks: list[tuple[float, str]], restarts: list[float]) -> None:
    bands = [Band("restart", ts, ts + 5, "restart, off 5 s") for ts in restarts]
    tags = lay_out(bands, [PlotMark(ts, label) for ts, label in sorted(marks)], _SCALE, width)
    for one, other in combinations(tags, 2):
        assert one.left + one.width <= other.left or other.left + other.width <= one.left


def test_both_ends_of_a_short_range_are_told() -> None:
    tags = lay_out([], [PlotMark(500, "burst-start"), PlotMark(510, "burst-end")], _SCALE, width)
    assert [tag.text for tag in tags] == ["burst-start", "burst-end"]
    assert tags[0].left + tags[0].width <= 500
    assert tags[1].left >= 510


def test_a_restart_is_told_by_its_letter() -> None:
    tags = lay_out([Band("restart", 100, 290, "restart, off 3 m 10 s")], [], _SCALE, width)
    assert tags[0].text == "R: restart, off 3 m 10 s"
