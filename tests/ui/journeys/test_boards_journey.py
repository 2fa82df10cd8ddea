# SPDX-License-Identifier: GPL-3.0-only
"""Several boards at once, over network and USB: side by side, told apart everywhere, and marked together."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from mtleak_gui.core.addresses import SerialAddress
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.header.board_menu import BoardMenu
from mtleak_gui.ui.pages.overview.board_tile import BoardTile
from mtleak_gui.ui.pages.overview.overview_page import OverviewPage
from tests.engine.bench_kit import board_on_pty, board_on_tcp
from tests.engine.recorded_rows import events, rows
from tests.ui.hands import words
from tests.ui.journeys.conftest import StartProgram
from tests.ui.journeys.driven_program import CTRL, Program

# The offscreen platform says so for every popup; there is no window manager to raise anything.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

PICTURES = Path(__file__).parents[3] / "build" / "boards"


def _heard(program: Program, held: ExitStack) -> tuple[Session, Session]:
    """Connect a board of the network and one on USB, and wait until both are recorded."""
    address = held.enter_context(board_on_tcp(scenario="steady"))
    path = held.enter_context(board_on_pty("leak-threads"))
    program.bench.connect_board(address)
    program.bench.connect_board(SerialAddress(path))
    first, second = program.is_live(address.port), program.is_live(path)
    program.until(lambda: len(first.heap) > 3 and len(second.heap) > 3)
    return first, second


def _look(program: Program, name: str) -> None:
    """Keep pictures of the window for eyes, in both themes and both sizes."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    theme = program.application.theme
    for look in ("light", "dark"):
        theme.choose("dark" if look == "dark" else "light")
        for width, height in ((1280, 800), (960, 600)):
            program.window.resize(width, height)
            QApplication.processEvents()
            assert program.window.grab().save(str(PICTURES / f"{name}-{look}-{width}.png"))
    program.window.resize(1280, 800)
    theme.choose("light")


def _tiles(program: Program) -> dict[str, BoardTile]:
    page = program.window.page("overview")
    assert isinstance(page, OverviewPage)
    page.refresh()
    return {tile.session.port: tile for tile in page.findChildren(BoardTile) if tile.isVisible()}


def _ports(found: Iterable[dict[str, object]]) -> set[object]:
    return {row.get("port") for row in found}


def test_two_boards_are_told_apart_on_every_page_and_marked_together(start: StartProgram) -> None:
    program = start()
    with ExitStack() as held:
        first, second = _heard(program, held)
        program.show("overview")
        tiles = _tiles(program)
        assert set(tiles) == {first.port, second.port}
        assert first.number != second.number
        assert "Heltec V3" in " ".join(words(tiles[first.port]))
        assert "T-Beam" in " ".join(words(tiles[second.port]))
        for session in (first, second):
            shown = f"{session.free_heap:,.0f}"
            program.until(lambda tile=tiles[session.port], text=shown: text in words(tile) or not tile.isVisible())
        _look(program, "overview-two")

        program.show("heap")
        _choose(program, second)
        program.until(lambda: program.heap.director.role == "heap_b")
        _choose(program, first)
        program.until(lambda: program.heap.director.role == "heap_a")
        program.heap.offers.show_all_boards(True)
        legend = program.heap.card.legend_row.legend
        program.until(lambda: {"heap_a", "heap_b"} <= {item.role for item in legend.items})
        _look(program, "heap-two")

        program.show("logbook")
        device = program.logbook.bar.device
        program.until(lambda: device.count() == 3)
        assert device.currentText() == "All devices"
        _look(program, "logbook-two")

        program.key(Qt.Key.Key_1, CTRL)
        program.until(lambda: [mark.label for mark in program.bench.markers] == ["burst"])
        program.quit()
    folder = program.places.default_recording
    assert len([row for row in events(folder, "mark") if row["label"] == "burst"]) == 1
    assert _ports(rows(folder, "telemetry")) == {first.port, second.port}


def test_one_board_goes_and_the_other_is_recorded_on(start: StartProgram) -> None:
    program = start()
    with ExitStack() as held:
        address = held.enter_context(board_on_tcp(scenario="steady"))
        program.bench.connect_board(address)
        stays = program.is_live(address.port)
        with board_on_pty() as path:
            program.bench.connect_board(SerialAddress(path))
            goes = program.is_live(path)
            program.until(lambda: len(goes.heap) > 3)
        program.until(lambda: goes.link.phase == "backing_off")
        program.show("overview")
        tiles = _tiles(program)
        told = " ".join(words(tiles[path]))
        assert "Unavailable · 00:" in told
        assert "Cancel" in told
        assert "Unavailable" not in " ".join(words(tiles[address.port]))
        heard = len(stays.heap)
        program.until(lambda: len(stays.heap) > heard)
        _look(program, "overview-one-gone")
        program.until(lambda: f"{goes.name}" in " ".join(words_of_activity(program)))
        program.quit()


def words_of_activity(program: Program) -> list[str]:
    """Return the rows of the activity list as they are told."""
    page = program.window.page("overview")
    assert isinstance(page, OverviewPage)
    page.refresh()
    model = page._activity.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_four_boards_side_by_side_have_four_colours(start: StartProgram) -> None:
    program = start()
    with ExitStack() as held:
        sessions = []
        for scenario in ("steady", "leak-threads", "fragmentation", "recovery"):
            address = held.enter_context(board_on_tcp(scenario=scenario))
            program.bench.connect_board(address)
            sessions.append(program.is_live(address.port))
            if len(sessions) == 3:
                program.show("overview")
                program.until(lambda: len(_tiles(program)) == 3)
                _look(program, "overview-three")
        program.until(lambda: all(len(session.heap) > 3 for session in sessions))
        program.until(lambda: len(_tiles(program)) == 4)
        assert sorted(session.number for session in sessions) == [0, 1, 2, 3]
        _look(program, "overview-four")
        forgotten = sessions[1]
        program.bench.forget(forgotten.port)
        program.until(lambda: len(_tiles(program)) == 3)
        assert [session.number for session in program.bench.sessions] == [0, 2, 3]
        program.quit()


def _choose(program: Program, session: Session) -> None:
    """Choose a board by the header's button."""
    program.window.header.device_button.click()
    (menu,) = (found for found in program.window.header.findChildren(BoardMenu) if found.isVisible())
    next(act for act in menu.actions() if act.data() == session.port).trigger()
    menu.close()
    program.until(lambda: program.bench.current is session)
