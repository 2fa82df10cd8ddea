# SPDX-License-Identifier: GPL-3.0-only
"""Somebody who has no board tries the demo: a past, a plot, a log and marks are there at once, and all says DEMO."""

from __future__ import annotations

from mtleak_gui.ui.pages.overview.board_tile import BoardTile
from tests.ui.hands import the, words
from tests.ui.journeys.conftest import StartProgram
from tests.ui.journeys.driven_program import Program


def _shows_a_demo_with_a_past(program: Program) -> None:
    """Look at all pages that show the demo's six hours."""
    program.show("overview")
    overview = program.window.page("overview")
    assert overview is not None
    tile = the(BoardTile, overview)
    program.until(lambda: "DEMO" in words(tile))
    assert "DEMO" in words(program.window.header)
    program.until(lambda: "no heap sample yet" not in words(tile) and "not told yet" not in words(tile))
    told = " ".join(words(tile))
    assert "falling for 6 h" in told
    assert "on, Heap status lines detected" in told
    program.show("heap")
    program.until(lambda: program.heap.card.plot.picture is not None)
    picture = program.heap.card.plot.picture
    assert picture is not None
    assert len(program.session.heap) > 1_000
    assert len(picture.marks) >= 1
    program.until(lambda: "DEMO" in words(program.heap))
    program.show("logbook")
    program.until(lambda: len(program.logbook.sifter.shown) > 1_000)
    program.until(lambda: "heap rows, last" in program.status and "cadence" in program.status)
    assert program.status.startswith("REC ")
    assert program.status.endswith("0 lost")


def test_the_demo_starts_from_the_first_door_and_goes_on_live(start: StartProgram) -> None:
    program = start()
    assert "No board connected" in words(program.window)
    assert "No board connected" in program.status
    program.start_demo()
    _shows_a_demo_with_a_past(program)
    heard = len(program.session.heap)
    program.until(lambda: len(program.session.heap) > heard)
    program.quit()


def test_the_demo_starts_by_wish_and_leaves_nothing_behind(start: StartProgram) -> None:
    program = start(demo="leak-threads")
    program.demo_runs()
    _shows_a_demo_with_a_past(program)
    folder = program.bench.folder
    assert folder is not None
    assert folder.is_dir()
    program.quit()
    assert not folder.exists()
    assert not program.places.default_recording.exists()


def test_a_demo_that_there_is_not_is_refused_with_the_names_of_those_there_are(start: StartProgram) -> None:
    program = start(demo="leek")
    program.until(lambda: any("There is no such demo." in text for text in program.window.toasts.texts))
    assert program.bench.sessions == ()
