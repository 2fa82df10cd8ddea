# SPDX-License-Identifier: GPL-3.0-only
"""What the plot shows while it follows, stands still, is zoomed."""

from __future__ import annotations

import pytest

from mtleak_gui.ui.pages.heap.view_range import ViewRange

_HOUR = 3_600.0


def test_live_it_ends_at_now_and_shows_a_quarter_more_than_the_window() -> None:
    start, end = ViewRange(6 * _HOUR).between(0.0, 100 * _HOUR)
    assert end == pytest.approx(100 * _HOUR, abs=0.1 * _HOUR)
    assert start == 100 * _HOUR - 7.5 * _HOUR


def test_a_young_recording_fills_the_plot() -> None:
    start, _end = ViewRange(6 * _HOUR).between(1_000.0, 1_600.0)
    assert start == 1_000.0


def test_frozen_it_does_not_move() -> None:
    shown = ViewRange(_HOUR)
    shown.freeze(10.0, 20.0)
    assert not shown.live
    assert shown.between(0.0, 500.0) == (10.0, 20.0)
    shown.go_live()
    assert shown.between(0.0, 500.0)[1] > 499


def test_zooming_keeps_the_place_under_the_pointer() -> None:
    shown = ViewRange(_HOUR)
    shown.freeze(0.0, 100.0)
    shown.zoom(0.5, 25.0, (0.0, 100.0))
    assert shown.between(0.0, 0.0) == (12.5, 62.5)


def test_zooming_a_live_view_keeps_it_live() -> None:
    shown = ViewRange(_HOUR)
    before = shown.between(0.0, 10 * _HOUR)
    shown.zoom(0.5, 9 * _HOUR, before)
    after = shown.between(0.0, 10 * _HOUR)
    assert shown.live
    assert after[1] - 10 * _HOUR == pytest.approx(0, abs=0.1 * _HOUR)
    assert after[1] - after[0] == pytest.approx((before[1] - before[0]) / 2)


def test_panning_stops_following() -> None:
    shown = ViewRange(_HOUR)
    shown.pan(-50.0, (100.0, 200.0))
    assert shown.between(0.0, 1_000.0) == (50.0, 150.0)


def test_it_never_zooms_to_nothing() -> None:
    shown = ViewRange(_HOUR)
    shown.show(5.0, 5.0)
    start, end = shown.between(0.0, 10.0)
    assert end > start


def test_a_time_out_of_view_is_brought_into_its_middle() -> None:
    shown = ViewRange(_HOUR)
    shown.centre(1_000.0, (0.0, 100.0))
    assert shown.between(0.0, 0.0) == (950.0, 1_050.0)
    shown.centre(960.0, (0.0, 100.0))
    assert shown.between(0.0, 0.0) == (950.0, 1_050.0)
