# SPDX-License-Identifier: GPL-3.0-only
"""A board is asked for LocalStats at the pace that was confirmed, never faster than it answers, and by one asker."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mtleak_gui.core.board_acts import StatsWish
from mtleak_gui.core.records import RawPacket
from mtleak_gui.demo.pty_port import serve_pty
from mtleak_gui.demo.tcp_port import serve_tcp
from mtleak_gui.demo.virtual_board import VirtualBoard
from tests.link.acting import Acting, a_board, acting


def answers(heard: Acting, board: VirtualBoard) -> list[RawPacket]:
    """Return what the board sent to itself on request: LocalStats, each naming the request."""
    found = []
    for packet in heard.listener.packets:
        decoded = packet.packet.get("decoded")
        if isinstance(decoded, dict) and decoded.get("requestId") and decoded.get("portnum") == "TELEMETRY_APP":
            assert "localStats" in decoded["telemetry"]
            assert packet.packet["from"] == packet.packet["to"] == board.node_num
            found.append(packet)
    return found


def test_a_board_asked_each_11_s_over_a_serial_line_answers_every_time() -> None:
    with acting() as (heard, clock):
        board = a_board(clock)
        with serve_pty(board) as path:
            heard.hear(path)
            heard.acts.ask_for_stats(StatsWish(11, board.node_num))
            heard.wait_for_answers(12)
            figures = heard.acts.state.asking
            heard.close()
        assert figures is not None
        assert (figures.every_s, figures.asked - figures.answered, figures.missed) == (11, 0, 0)
        assert figures.answer_ms is not None
        times = [packet.ts for packet in answers(heard, board)]
        assert min(after - before for before, after in pairwise(times)) > 10.0
        [started] = heard.listener.events("poll_started")
        [stopped] = heard.listener.events("poll_stopped")
        assert (started.data, started.note) == ({"every_s": 11}, "every 11 s")
        assert stopped.data is not None
        assert stopped.data["answered"] == len(answers(heard, board))
        assert stopped.data["asked"] - stopped.data["answered"] <= 1  # type: ignore[operator] # both are numbers
        [lost] = heard.listener.events("connection_lost")
        assert stopped.ts <= lost.ts
        assert not [line for line in heard.listener.lines if "Rate limit" in line.text]


def test_a_network_node_is_asked_too_and_no_more_when_that_is_switched_off() -> None:
    with acting() as (heard, clock):
        board = a_board(clock)
        with serve_tcp(board) as where:
            heard.hear(where)
            heard.acts.ask_for_stats(StatsWish(30, board.node_num))
            heard.wait_for_answers(2)
            heard.acts.ask_for_stats(None)
            heard.listener.wait_until(lambda told: bool(told.events("poll_stopped")))
            known = len(answers(heard, board))
            # The next pushed telemetry is a minute of the board's away: time enough for two more requests.
            packets = len(heard.listener.packets)
            heard.listener.wait_for_packets(packets + 1)
            assert len(answers(heard, board)) == known
            assert heard.acts.state.asking is None


def test_asking_goes_on_after_a_lost_link_but_not_within_the_limit_of_the_board() -> None:
    with acting() as (heard, clock):
        board = a_board(clock)
        with serve_pty(board) as path:
            heard.acts.ask_for_stats(StatsWish(11, board.node_num))
            state = heard.acts.state.asking
            assert state is not None
            assert not state.is_asking
            heard.hear(path)
            heard.wait_for_answers(1)
            heard.close()
            heard.hear(path)
            heard.listener.wait_until(lambda _told: len(answers(heard, board)) == 2)
            heard.close()
        times = [packet.ts for packet in answers(heard, board)]
        assert times[1] - times[0] > 10.0
        assert [len(heard.listener.events(kind)) for kind in ("poll_started", "poll_stopped")] == [2, 2]


def test_another_board_at_the_same_port_is_not_asked() -> None:
    with acting() as (heard, clock):
        wanted, other = a_board(clock), a_board(clock, seed=2)
        assert wanted.node_num != other.node_num
        with serve_tcp(other) as where:
            heard.acts.ask_for_stats(StatsWish(11, wanted.node_num))
            heard.hear(where)
            heard.listener.wait_for_packets(2)
            heard.close()
        assert answers(heard, other) == []
        assert heard.listener.events("poll_started") == []


def test_a_pace_that_boards_do_not_answer_is_refused() -> None:
    with acting() as (heard, clock), pytest.raises(ValueError, match="at most every 11 s, not every 10 s"):
        heard.acts.ask_for_stats(StatsWish(10, a_board(clock).node_num))


def test_a_recording_that_begins_meanwhile_is_told_that_the_board_is_being_asked() -> None:
    with acting() as (heard, clock):
        board = a_board(clock)
        with serve_tcp(board) as where:
            heard.hear(where)
            heard.acts.ask_for_stats(StatsWish(60, board.node_num))
            heard.wait_for_answers(1)
            heard.acts.tell_again()
            heard.listener.wait_until(lambda told: len(told.events("poll_started")) == 2)
            heard.close()
        assert len(heard.listener.events("poll_stopped")) == 1
