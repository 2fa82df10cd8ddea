# SPDX-License-Identifier: GPL-3.0-only
"""Boards heard at once, by every mix of ways: nothing of one stands in the rows of another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import SerialAddress
from tests.engine.bench_kit import Watched
from tests.hostile.chatter import chatting, said
from tests.hostile.heard_board import (
    PATIENCE_MS,
    HeardBoard,
    Way,
    assert_files_are_sound,
    heard,
    new_board,
    rows_of,
)
from tests.hostile.pty_way import PtyWay, on_pty
from tests.hostile.tcp_way import on_tcp

NAMES = ("alpha", "bravo", "charly", "delta")
SENDERS = (0xA1A1A1A1, 0xB2B2B2B2, 0xC3C3C3C3, 0xD4D4D4D4)


@pytest.fixture
def boards(tmp_path: Path, qtbot: QtBot, watched: Watched) -> Iterator[list[HeardBoard]]:
    """Return two boards on pseudo-terminals and one over TCP, that all talk."""
    with ExitStack() as held:
        ways: list[Way] = [
            held.enter_context(on_pty(new_board(1), tmp_path / "ttyUSB0")),
            held.enter_context(on_pty(new_board(2), tmp_path / "ttyUSB1")),
            held.enter_context(on_tcp(new_board(3))),
        ]
        yield [
            held.enter_context(heard(qtbot, watched, way, name, sender))
            for way, name, sender in zip(ways, NAMES, SENDERS, strict=False)
        ]
        for way in ways:
            watched.bench.disconnect_board(way.port)


def assert_rows_do_not_cross(folder: Path, boards: list[HeardBoard]) -> None:
    """Assert of every row that it came from the board on whose port it stands."""
    by_port = {board.way.port: board for board in boards}
    own = {board.way.port: board.way.board.node_num for board in boards}
    for row in rows_of(folder, "packets"):
        board = by_port[row["port"]]
        sender = int(row["from_node"].removeprefix("!"), 16) if isinstance(row["from_node"], str) else row["from_node"]
        assert sender not in {number for port, number in own.items() if port != row["port"]}
        if sender in SENDERS:
            assert sender == board.chatter.sender
    for row in rows_of(folder, "logs"):
        if row["port"] is not None and (spoken := said(row["line"])) is not None:
            assert spoken[0] == by_port[row["port"]].chatter.name
    for row in rows_of(folder, "events"):
        if row["kind"] == "device_info" and row["port"] is not None:
            assert row["data"]["node_num"] == own[row["port"]]


def was_lost(board: HeardBoard) -> bool:
    return "lost" in board.phases


def is_live(board: HeardBoard) -> bool:
    return board.session.link.phase == "live"


def assert_each_is_whole(boards: list[HeardBoard]) -> None:
    for board in boards:
        packets = board.packets()
        assert packets == list(range(packets[0], packets[-1] + 1)), board.chatter.name


def test_three_boards_are_kept_apart_row_by_row(boards: list[HeardBoard]) -> None:
    for board in boards:
        board.until_heard()
    assert_each_is_whole(boards)
    assert_rows_do_not_cross(boards[0].folder, boards)
    assert_files_are_sound(boards[0].folder)


def test_a_mark_reaches_all_and_stands_in_the_file_once(boards: list[HeardBoard], watched: Watched) -> None:
    watched.bench.mark("antenna off", "by hand")
    first = boards[0]
    first.until(lambda: any(row["kind"] == "mark" for row in rows_of(first.folder, "events")))
    for board in boards:
        board.until_heard()
    marks = [row for row in rows_of(first.folder, "events") if row["kind"] == "mark"]
    assert [(row["label"], row["note"], row["port"]) for row in marks] == [("antenna off", "by hand", None)]
    in_logs = [row for row in rows_of(first.folder, "logs") if row["level"] == "MARK"]
    assert len(in_logs) == 1
    assert [marker.label for marker in watched.bench.markers] == ["antenna off"]


def test_the_loss_of_one_is_nothing_to_the_others(boards: list[HeardBoard]) -> None:
    pulled, *others = boards
    assert isinstance(pulled.way, PtyWay)
    pulled.way.pull()
    pulled.until(lambda: "lost" in pulled.phases)
    pulled.way.plug_in()
    pulled.until(lambda: pulled.session.link.phase == "live")
    pulled.until_heard()
    for board in others:
        board.until_heard()
        assert board.phases == []
    assert_each_is_whole(others)
    assert_rows_do_not_cross(pulled.folder, boards)


def test_two_boards_that_change_places_under_their_names_are_told_apart_by_what_they_say(
    boards: list[HeardBoard],
) -> None:
    """The kernel gives the number of a terminal that was freed to the next one that is opened."""
    first, second, third = boards
    ways = [board.way for board in (first, second) if isinstance(board.way, PtyWay)]
    paths = [way.path for way in ways]
    for way in ways:
        way.pull()
    for board in (first, second):
        board.until(partial(was_lost, board))
    for way in reversed(ways):
        way.plug_in()
    assert {way.path for way in ways} == set(paths)
    for board in (first, second):
        board.until(partial(is_live, board))
        board.until_heard()
    assert_rows_do_not_cross(first.folder, boards)
    third.until_heard()


def test_a_console_beside_sessions_is_silent_towards_its_board_and_recorded(
    boards: list[HeardBoard], tmp_path: Path, qtbot: QtBot, watched: Watched
) -> None:
    with (
        on_pty(new_board(4), tmp_path / "ttyACM0") as way,
        chatting(way.tap, NAMES[3], SENDERS[3], frames=False) as chatter,
    ):
        watched.bench.connect_board(SerialAddress(way.port), "console")
        folder = boards[0].folder

        def lines() -> list[int]:
            found = [said(row["line"]) for row in rows_of(folder, "logs") if row["port"] == way.port]
            return [spoken[1] for spoken in found if spoken is not None and spoken[0] == chatter.name]

        qtbot.waitUntil(lambda: len(lines()) > 20, timeout=PATIENCE_MS)
        for other in boards:
            other.until_heard()
        found = lines()
        assert found == list(range(found[0], found[-1] + 1))
        assert way.heard == b""
        assert {row["role"] for row in rows_of(folder, "logs") if row["port"] == way.port} == {"serial_session"}
        in_sessions = [row for row in rows_of(folder, "logs") if "chatter delta" in row["line"]]
        assert {row["port"] for row in in_sessions} == {way.port}
        watched.bench.disconnect_board(way.port)
