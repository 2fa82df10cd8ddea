# SPDX-License-Identifier: GPL-3.0-only
"""Boards that go and come back: what was recorded stays, nothing comes twice, and it goes on by itself."""

from __future__ import annotations

import pytest

from tests.hostile.faults import Fault, faults_of_pty, faults_of_tcp, pass_time
from tests.hostile.heard_board import HeardBoard, assert_files_are_sound
from tests.hostile.pty_way import PtyWay
from tests.hostile.tcp_way import TcpWay

WIRED, NETWORKED = (0, 1, 2, 3), (1, 2, 4, 5)
"""The faults by their places; those whose road another one takes too are measured only."""


def fault(board: HeardBoard, number: int) -> Fault:
    if isinstance(board.way, PtyWay):
        return faults_of_pty(board.way)[number]
    return faults_of_tcp(board.way)[number]


def survive(board: HeardBoard, fault: Fault) -> None:
    """Strike, heal, and wait until the board is recorded again; then look at everything."""
    before = board.packets()
    fault.strike()
    if fault.is_loss:
        board.until(lambda: "lost" in board.phases)
    pass_time(fault.gone_s, lambda seconds: board.qtbot.wait(int(seconds * 1000)))
    fault.heal()
    board.until(lambda: board.session.link.phase == "live")
    board.until_heard()
    packets = board.packets()
    assert packets[: len(before)] == before
    assert packets == sorted(set(packets)), "a packet came twice, or out of order"
    lines = board.lines()
    assert lines == sorted(set(lines))
    losses = 1 if fault.is_loss else 0
    introductions = 2 if fault.is_loss or fault.is_restart else 1
    board.until(lambda: len(board.events("device_info")) == introductions)
    board.until(lambda: len(board.events("connection_established")) == 1 + losses)
    assert len(board.events("connection_lost")) == losses
    assert {row["role"] for row in board.rows("packets")} == {board.session.role}
    assert len(board.events("reboot")) == fault.is_restart, [row["data"] for row in board.events("reboot")]
    assert_files_are_sound(board.folder)


def assert_the_user_was_told(board: HeardBoard, fault: Fault) -> None:
    notices = board.watched.notices
    if not fault.is_loss:
        assert board.phases in ([], ["live"])
        # A restart this soon after the port was opened is told as one that the opening has caused.
        told = ["reset_on_open"] if fault.is_restart else []
        assert [notice.key.split()[0] for notice in notices] == told
        return
    assert board.phases[0] == "lost"
    assert notices[0].text == "Connection lost. Reconnecting…"
    assert board.session.name in (notices[0].detail or "")
    assert notices[-1].tone == "ok"
    assert not any(notice.sticky for notice in notices)


@pytest.mark.parametrize("number", WIRED)
def test_a_board_on_a_port_goes_and_comes_back(wired: HeardBoard, number: int) -> None:
    struck = fault(wired, number)
    survive(wired, struck)
    assert_the_user_was_told(wired, struck)


@pytest.mark.parametrize("number", NETWORKED)
def test_a_board_in_the_network_goes_and_comes_back(networked: HeardBoard, number: int) -> None:
    struck = fault(networked, number)
    survive(networked, struck)
    assert_the_user_was_told(networked, struck)


def test_what_is_said_in_a_hang_is_recorded_when_it_ends(board: HeardBoard) -> None:
    board.way.tap.hang()
    said = board.chatter.number
    board.until(lambda: board.chatter.number > said + 20)
    board.way.tap.go_on()
    board.until_heard()
    packets = board.packets()
    assert packets == list(range(packets[0], packets[-1] + 1))
    assert board.phases == []


def test_a_restart_every_moment_ends_in_a_board_that_is_heard(wired: HeardBoard) -> None:
    board = wired
    for _ in range(2):
        board.way.board.restart()
        board.until_heard()
    assert isinstance(board.way, PtyWay | TcpWay)
    packets = board.packets()
    assert packets == sorted(set(packets))
    assert_files_are_sound(board.folder)
