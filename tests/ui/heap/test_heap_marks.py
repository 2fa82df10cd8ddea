# SPDX-License-Identifier: GPL-3.0-only
"""Marks beside the plot: listed with what the memory did, renamed, removed, brought back, gone to."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from tests.ui.heap.conftest import Stage
from tests.ui.heap.heap_board import MARKS, NOW

_HOUR = 3_600.0


def marker_words(stage: Stage) -> list[str]:
    model = stage.page.below.markers.rows_model
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def test_marks_are_listed_with_what_the_memory_did(stage: Stage) -> None:
    words = marker_words(stage)
    assert words[0].startswith("restart, ")
    assert words[0].endswith("POWERON)")
    assert words[1].startswith("burst, ")
    assert "back after" in words[1]
    assert words[2].startswith("antenna on, ")
    assert words[2].endswith("no step")


def test_a_mark_is_renamed_in_place_and_a_range_at_both_ends(stage: Stage) -> None:
    model = stage.page.below.markers.rows_model
    assert model.setData(model.index(1), "flood")
    assert [mark.label for mark in stage.bench.markers] == ["flood-start", "flood-end", "antenna on"]
    assert stage.bench.markers[1].note == "50 broadcasts"
    assert not model.setData(model.index(1), "   ")


def test_a_removed_mark_can_be_brought_back(stage: Stage) -> None:
    marks = stage.page.below.markers
    marks.setCurrentIndex(marks.rows_model.index(2))
    QTest.keyClick(marks, Qt.Key.Key_Delete)
    assert [mark.label for mark in stage.bench.markers] == ["burst-start", "burst-end"]
    assert marker_words(stage)[2].startswith("antenna on")
    QTest.keyClick(marks, Qt.Key.Key_Return)
    assert [mark.label for mark in stage.bench.markers] == ["burst-start", "burst-end", "antenna on"]
    assert [row.kind for row in marks.rows_model.rows] == ["restart", "range", "mark"]


def test_add_marks_the_moment_and_asks_for_its_name(stage: Stage) -> None:
    stage.bench.moment = NOW + 5
    stage.page.below.add_requested.emit()
    assert stage.bench.markers[-1].ts == NOW + 5
    assert stage.page.below.markers.indexWidget(stage.page.below.markers.currentIndex()) is not None


def test_keys_go_from_mark_to_mark(stage: Stage) -> None:
    acts = stage.page.acts()
    cursor = stage.page.card.plot.cursor_layer
    for key, label in (("next_mark", 0), ("next_mark", 1), ("previous_mark", 0), ("jump_to_mark_3", 2)):
        acts[key]()
        assert cursor.cursor_shown is not None
        assert cursor.cursor_shown.ts == pytest.approx(MARKS[label].ts, abs=2)
    acts["jump_to_mark_9"]()


def test_the_cursor_on_a_mark_tells_its_note(stage: Stage) -> None:
    stage.page.card.plot.hovered.emit(MARKS[1].ts + 1)
    cursor = stage.page.card.plot.cursor_layer.cursor_shown
    assert cursor is not None
    assert cursor.source == "burst-end — 50 broadcasts"
    stage.page.card.plot.hovered.emit(MARKS[1].ts + _HOUR)
    cursor = stage.page.card.plot.cursor_layer.cursor_shown
    assert cursor is not None
    assert cursor.source == "log-line synth"
    stage.page.card.plot.hovered.emit(None)
    assert stage.page.card.plot.cursor_layer.cursor_shown is None
