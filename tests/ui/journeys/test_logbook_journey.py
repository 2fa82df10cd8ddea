# SPDX-License-Identifier: GPL-3.0-only
"""Somebody looks for a cause in the log: filter, levels, find, follow, and from a row to the plot and back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGraphicsView

from mtleak_gui.core.log_columns import LEVELS
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.system_clock import SystemClock
from tests.engine.bench_kit import board_on_tcp
from tests.ui.hands import click
from tests.ui.journeys.conftest import StartProgram
from tests.ui.journeys.driven_program import CTRL, SHIFT, Program

_UNTRUSTED = "INFO  | 12:00:00 5 [Router] <b>bold</b><img src=x> \x1b[31mred\x1b[0m \u202eevil\u202c"


def _messages(program: Program) -> list[str]:
    shown, store = program.logbook.sifter.shown, program.logbook.sifter.store
    return [store.row_in(*shown.place_of(place)).message for place in range(len(shown))]


def _settled(program: Program) -> None:
    program.until(lambda: program.logbook.sifter.is_done)


def test_rows_are_filtered_found_and_counted_as_they_are_typed_for(start: StartProgram) -> None:
    program = start(demo="leak-threads")
    program.demo_runs()
    program.show("logbook")
    page = program.logbook
    program.until(lambda: len(page.sifter.shown) > 1_000)
    everything = len(page.sifter.shown)
    program.key(Qt.Key.Key_F, CTRL | SHIFT)
    program.keys("leaked heap")
    _settled(program)
    lines = [message for message in _messages(program) if "Thread" in message]
    assert lines
    assert all("leaked heap" in message for message in lines)
    assert len(page.sifter.shown) < everything
    program.keys("(")
    assert "Last filter kept." in page.bar.hint
    assert page.bar.field.property("invalid") is True
    assert [message for message in _messages(program) if "Thread" in message][: len(lines)] == lines
    page.bar.field.edit.selectAll()
    program.key(Qt.Key.Key_Delete)
    _settled(program)
    assert page.bar.hint == ""
    program.until(lambda: len(page.sifter.shown) >= everything)
    chip = page.bar.chips["DEBUG"]
    assert chip.count > 0
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    _settled(program)
    shown, store = page.sifter.shown, page.sifter.store
    assert len(shown) > 0
    assert all(store.row_in(*shown.place_of(place)).level != LEVELS.index("DEBUG") for place in range(len(shown)))
    page.tab.view.setFocus()
    program.key(Qt.Key.Key_F, CTRL)
    program.keys("leaked heap")
    program.until(lambda: page.tab.find_bar.told.endswith(" matches"))
    program.key(Qt.Key.Key_F3)
    program.until(lambda: " of " in page.tab.find_bar.told)
    chosen = page.tab.chosen
    assert chosen is not None
    assert "leaked heap" in chosen.text


def test_the_view_stops_to_follow_and_resumes(start: StartProgram) -> None:
    with board_on_tcp() as address:
        program = start()
        program.connect(address)
        program.show("logbook")
        page = program.logbook
        program.until(lambda: page.tab.view.verticalScrollBar().maximum() > 400)
        program.until(lambda: page.tab.view.follows)
        program.key(Qt.Key.Key_Home)
        program.until(lambda: not page.tab.view.follows)
        top = page.tab.view.verticalScrollBar().value()
        program.until(lambda: page.bottom.offers_new_rows)
        assert "Frozen at" in page.bottom.told
        assert "recording continues" in page.bottom.told
        assert page.tab.view.verticalScrollBar().value() == top
        program.key(Qt.Key.Key_End)
        program.until(lambda: page.tab.view.follows and not page.bottom.offers_new_rows)


def test_a_row_leads_to_the_plot_and_the_plot_to_the_row(start: StartProgram) -> None:
    program = start(demo="leak-threads")
    program.demo_runs()
    program.show("heap")
    program.until(lambda: program.heap.card.plot.picture is not None)
    program.show("logbook")
    page = program.logbook
    program.until(lambda: len(page.sifter.shown) > 1_000 and page.sifter.is_done)
    program.key(Qt.Key.Key_Up)
    program.key(Qt.Key.Key_PageUp)
    row = page.tab.chosen
    assert row is not None
    program.key(Qt.Key.Key_Return)
    program.until(lambda: program.window.shown_page == "heap")
    plot = program.heap.card.plot
    program.until(lambda: plot.cursor_layer.cursor_shown is not None)
    program.until(lambda: plot.picture is not None and plot.picture.start <= row.ts <= plot.picture.end)
    (painted,) = plot.findChildren(QGraphicsView)
    click(painted.viewport(), painted.viewport().rect().center())
    program.until(lambda: program.window.shown_page == "logbook")
    chosen = page.tab.chosen
    assert chosen is not None


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Return a recording whose log tries to be more than text."""
    folder = tmp_path / "hostile"
    recording = Recording.open(folder, clock=SystemClock())
    recording.start()
    now = SystemClock().wall()
    row = {"ts": now, "port": "COM<i>5</i>", "role": "serial", "level": "INFO", "tag": "Router", "uptime_s": 5}
    recording.append([("logs", row | {"line": _UNTRUSTED})])
    recording.close()
    return folder


def test_the_log_is_plain_text_whatever_a_board_writes(start: StartProgram, hostile: Path) -> None:
    program = start(opened=hostile)
    program.show("logbook")
    page = program.logbook
    program.until(lambda: len(page.sifter.shown) == 1)
    program.key(Qt.Key.Key_W)
    program.key(Qt.Key.Key_Up)
    program.until(lambda: bool(page.tab.details.text))
    assert "<b>bold</b><img src=x>" in page.tab.details.text
    assert "\x1b" not in page.tab.details.text
    assert "\u202e" not in page.tab.details.text
    assert "\\u202e" in page.tab.details.text
