# SPDX-License-Identifier: GPL-3.0-only
"""Marks stand as they were corrected last, and pairs of them name ranges."""

from __future__ import annotations

from mtleak_gui.core.markers import Marker, RangeMark, edit_event, markers_of, pair_ranges
from mtleak_gui.core.records import RawEvent


def mark(ts: float, label: str, *, removed: bool = False) -> Marker:
    return Marker(ts, label, None, removed)


def test_rows_of_marks_and_corrections_tell_how_marks_stand() -> None:
    events = [
        RawEvent(10.0, "mark", "burst", "as typed"),
        RawEvent(20.0, "mark", "lunch"),
        RawEvent(21.0, "reboot"),
        edit_event(30.0, Marker(10.0, "burst-start", "50 broadcasts")),
        edit_event(40.0, Marker(20.0, "lunch", removed=True)),
        edit_event(50.0, Marker(15.0, "of a mark that is not here")),
    ]
    assert markers_of(events) == (Marker(10.0, "burst-start", "50 broadcasts"), Marker(20.0, "lunch", None, True))


def test_a_start_and_the_next_end_of_its_name_are_a_range() -> None:
    marks = [
        mark(1, "burst-start"),
        mark(2, "note"),
        mark(3, "burst-end"),
        mark(4, "burst-start"),
        mark(5, "burst-end"),
    ]
    assert pair_ranges(marks) == (RangeMark("burst", 1, 3), RangeMark("burst", 4, 5))


def test_ranges_of_different_names_may_overlap() -> None:
    marks = [mark(1, "a-start"), mark(2, "b-start"), mark(3, "a-end"), mark(4, "b-end")]
    assert pair_ranges(marks) == (RangeMark("a", 1, 3), RangeMark("b", 2, 4))


def test_what_has_not_ended_is_open_and_an_end_without_a_start_is_none() -> None:
    assert pair_ranges([mark(1, "a-end"), mark(2, "a-start")]) == (RangeMark("a", 2, None),)
    again = [mark(1, "a-start"), mark(2, "a-start"), mark(3, "a-end")]
    assert pair_ranges(again) == (RangeMark("a", 1, None), RangeMark("a", 2, 3))


def test_removed_marks_and_bare_endings_make_no_range() -> None:
    assert pair_ranges([mark(1, "a-start", removed=True), mark(2, "a-end")]) == ()
    assert pair_ranges([mark(1, "-start"), mark(2, "-end")]) == ()


def test_a_mark_is_at_the_moment_it_was_made_though_rows_came_before_it_was_written() -> None:
    events = [
        RawEvent(20.0, "mark", "door", data={"true_ts": 17.5}),
        edit_event(30.0, Marker(17.5, "front door", written=20.0)),
    ]
    assert markers_of(events) == (Marker(17.5, "front door", written=20.0),)
