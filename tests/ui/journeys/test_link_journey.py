# SPDX-License-Identifier: GPL-3.0-only
"""Links that do not come about: cancelled at once from everywhere, asked about, and explained; the window goes on."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from mtleak_gui.core.addresses import TcpAddress
from mtleak_gui.core.candidates import Candidates
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.ui.dialogs.candidates_dialog import CandidatesDialog
from mtleak_gui.ui.pages.overview.board_tile import BoardTile
from mtleak_gui.ui.pages.overview.more_info import MoreInfo
from mtleak_gui.ui.pages.settings.settings_page import SettingsPage
from tests.ui.hands import press, the, words
from tests.ui.journeys.conftest import StartProgram
from tests.ui.journeys.driven_program import Program

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@contextmanager
def deaf_node() -> Iterator[TcpAddress]:
    """A host that takes the connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield TcpAddress("127.0.0.1", server.getsockname()[1])


def _asks(program: Program, address: TcpAddress) -> BoardTile:
    """Connect, and return the tile when the board is being asked."""
    program.show("overview")
    program.bench.connect_board(address)
    program.until(lambda: program.bench.current is not None and program.session.link.phase == "configuring")
    page = program.window.page("overview")
    assert page is not None
    program.until(lambda: any(tile.isVisible() for tile in page.findChildren(BoardTile)))
    program.until(lambda: "Asking the board…" in words(the(BoardTile, page)))
    return the(BoardTile, page)


def _is_left(program: Program) -> bool:
    return program.session.link.phase == "closed"


@pytest.mark.parametrize("where", ["tile", "header", "dialog"])
def test_a_deaf_board_is_cancelled_at_once(start: StartProgram, where: str) -> None:
    with deaf_node() as address:
        program = start()
        tile = _asks(program, address)
        assert {"Connecting", "Open port", "Ask", "Live"} <= {*words(tile)}
        if where == "tile":
            press(tile, "Cancel")
        elif where == "header":
            press(program.window.header, "Cancel")
        else:
            tile.opened.emit(address.port)
            press(the(MoreInfo, program.window), "Cancel")
        # No event loop ran in between: nothing was waited for.
        assert _is_left(program)
        program.until(lambda: "Disconnected" in words(tile))
        program.until(lambda: "Connect" in words(program.window.header))
        program.quit()


def test_a_question_about_ports_leaves_the_window_free_and_goes_when_it_is_settled(start: StartProgram) -> None:
    program = start()
    offers = tuple(PortOffer(f"/dev/ttyUSB{n}", "CP210x", "", "likely", "usb:10c4:ea60:0001") for n in (1, 2))
    program.bench.candidates_found.emit(Candidates("/dev/ttyUSB0", "heltec-b", offers))
    dialog = program.dialog(CandidatesDialog)
    program.show("logbook")
    assert program.window.page("logbook") is program.logbook
    program.bench.candidates_found.emit(Candidates("/dev/ttyUSB0", "heltec-b", offers))
    assert the(CandidatesDialog, program.window) is dialog
    program.bench.candidates_found.emit(Candidates("/dev/ttyUSB0", "heltec-b", ()))
    assert not dialog.isVisible()
    program.quit()


def test_a_restart_on_opening_leads_to_the_lines_of_the_port(start: StartProgram) -> None:
    program = start()
    text = "bench-a: This board restarted when the port was opened."
    program.bench.told.emit(Notice("reset_on_open x", "warn", text, action="line_settings", sticky=True))
    press(program.window.toasts, "Line settings…")
    page = program.window.page("settings")
    assert isinstance(page, SettingsPage)
    assert page.shown == "devices"
    assert page.isVisible()
    program.quit()


def test_a_flapping_board_has_one_toast(start: StartProgram) -> None:
    program = start()
    for number in range(20):
        program.bench.told.emit(Notice("link a", "warn", "Connection lost. Reconnecting…", f"try {number}"))
        program.bench.told.emit(Notice("link a", "ok", "bench-a is connected."))
    assert program.toasts.count("bench-a is connected.") == 1
    assert "Connection lost. Reconnecting…" not in program.toasts
    program.quit()
