# SPDX-License-Identifier: GPL-3.0-only
"""Boards are followed to other ports, and what another board says never gets into their rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import SerialAddress, TcpAddress
from mtleak_gui.core.candidates import Candidates
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.core.records import RawEvent
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.pty_port import serve_pty
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.demo.tcp_port import serve_tcp
from mtleak_gui.demo.virtual_board import VirtualBoard
from tests.engine.bench_kit import Watched, benched


@pytest.fixture
def watched(tmp_path: Path, qtbot: QtBot) -> Iterator[Watched]:
    with benched(qtbot, tmp_path) as watched:
        yield watched


@contextmanager
def plugged(seed: int = 1) -> Iterator[str]:
    """Plug a board in, at a terminal of its own."""
    with serve_pty(board_of(seed)) as path:
        yield path


def board_of(seed: int) -> VirtualBoard:
    return VirtualBoard(scenario_named("leak-threads"), clock=BoardClock(1), seed=seed, debug_log_api=True)


def offer(device: str, number: str = "C0FFEE01", socket: str | None = None) -> PortOffer:
    """Return a board with a serial number of its own."""
    return PortOffer(device, "RAK4631", "", "likely", f"usb:239a:8029:{number}", stable=True, socket=socket)


def bridge(device: str, socket: str) -> PortOffer:
    """Return a board behind a bridge."""
    return PortOffer(device, "CP210x", "", "likely", f"usb:10c4:ea60@{socket}", socket=socket)


def is_live(watched: Watched, port: str) -> bool:
    session = watched.bench.session(port)
    return session is not None and session.link.phase == "live"


def connect(watched: Watched, qtbot: QtBot, device: str) -> None:
    watched.bench.connect_board(SerialAddress(device))
    qtbot.waitUntil(lambda: is_live(watched, device), timeout=15_000)


def events(watched: Watched, kind: str) -> list[RawEvent]:
    return [event for batch in watched.batches for event in batch.events if event.kind == kind]


def test_a_board_that_comes_back_under_another_name_goes_on_under_its_own(watched: Watched, qtbot: QtBot) -> None:
    with ExitStack() as first:
        path = first.enter_context(plugged())
        watched.bench.take_offers((offer(path),))
        connect(watched, qtbot, path)
        first.close()
        watched.bench.take_offers(())
        qtbot.waitUntil(lambda: not is_live(watched, path))
    with plugged(seed=2) as elsewhere, plugged() as other:
        watched.bench.take_offers((offer(elsewhere, "DEADBEEF"), offer(other)))
        qtbot.waitUntil(lambda: is_live(watched, path), timeout=15_000)
        session = watched.bench.session(path)
        assert session is not None
        assert session.link.device == other
        assert [one.port for one in watched.bench.sessions] == [path]
        qtbot.waitUntil(lambda: len(events(watched, "connection_established")) == 2, timeout=5_000)
        again = events(watched, "connection_established")[1]
        assert again.port == path
        assert again.data == {"device": other, "key": offer(other).key, "capture": "api", "lines": "system"}
        assert any("is back on" in notice.text and notice.tone == "ok" for notice in watched.notices)
        assert watched.bench.port_at(other) == path
        watched.bench.disconnect_board(path)


def test_another_board_on_the_port_of_one_that_was_left_gets_a_name_of_its_own(watched: Watched, qtbot: QtBot) -> None:
    with plugged() as path:
        watched.bench.take_offers((offer(path),))
        connect(watched, qtbot, path)
        watched.bench.disconnect_board(path)
        watched.bench.take_offers((offer(path, "DEADBEEF"),))
        assert watched.bench.port_at(path) == f"{path}#2"
        watched.bench.connect_board(SerialAddress(path))
        qtbot.waitUntil(lambda: is_live(watched, f"{path}#2"), timeout=15_000)
        watched.bench.disconnect_board(f"{path}#2")
        # The first board is back on its port, and has its own name again.
        watched.bench.take_offers((offer(path),))
        connect(watched, qtbot, path)
        watched.bench.disconnect_board(path)
        assert {one.port for one in watched.bench.sessions} == {path, f"{path}#2"}


def test_two_ports_that_could_be_the_board_are_asked_about(watched: Watched, qtbot: QtBot) -> None:
    asked: list[Candidates] = []
    watched.bench.candidates_found.connect(asked.append)
    with ExitStack() as first:
        path = first.enter_context(plugged())
        watched.bench.take_offers((offer(path),))
        connect(watched, qtbot, path)
        first.close()
        watched.bench.take_offers(())
        qtbot.waitUntil(lambda: not is_live(watched, path))
    with plugged() as one, plugged() as two:
        pair = (offer(one, socket="1-5"), offer(two, socket="1-6"))
        watched.bench.take_offers(pair)
        assert [(question.port, question.offers) for question in asked] == [(path, pair)]
        watched.bench.choose_candidate(path, two)
        qtbot.waitUntil(lambda: is_live(watched, path), timeout=15_000)
        session = watched.bench.session(path)
        assert session is not None
        assert session.link.device == two
        watched.bench.disconnect_board(path)


def test_a_board_whose_port_is_another_ones_now_is_awaited_and_the_other_gets_a_name_of_its_own(
    watched: Watched, qtbot: QtBot
) -> None:
    with plugged() as path:
        watched.bench.take_offers((offer(path),))
        connect(watched, qtbot, path)
        # The system gave the name to another board, and ours is gone.
        watched.bench.take_offers((offer(path, "DEADBEEF"),))
        watched.bench.connect_board(SerialAddress(path))
        qtbot.waitUntil(lambda: watched.bench.session(f"{path}#2") is not None)
        assert watched.bench.port_at(path) == f"{path}#2"
        watched.bench.disconnect_board(path)
        qtbot.waitUntil(lambda: is_live(watched, f"{path}#2"), timeout=20_000)
        qtbot.waitUntil(lambda: bool([e for e in events(watched, "device_info") if e.port == f"{path}#2"]))
        watched.bench.disconnect_board(f"{path}#2")


def test_another_node_at_an_address_is_told_and_its_rows_are_kept_apart(watched: Watched, qtbot: QtBot) -> None:
    with serve_tcp(board_of(1)) as (host, number):
        port = TcpAddress(host, number).port
        watched.bench.connect_board(TcpAddress(host, number))
        qtbot.waitUntil(lambda: is_live(watched, port), timeout=15_000)
    other = board_of(2)
    with serve_tcp(other, number):
        qtbot.waitUntil(lambda: bool(events(watched, "another_board")), timeout=15_000)
        session = watched.bench.session(port)
        assert session is not None
        assert session.link.trouble is not None
        assert (session.link.phase, session.link.trouble.kind) == ("backing_off", "another_board")
        notice = watched.notices[-1]
        assert (notice.action, notice.sticky, notice.key) == ("connect_other", True, f"link {port}")
        watched.bench.connect_other(port)
        qtbot.waitUntil(lambda: is_live(watched, f"{port}#2"), timeout=15_000)
        qtbot.waitUntil(lambda: len(events(watched, "device_info")) == 2)
        told = {event.port: (event.data or {}).get("node_num") for event in events(watched, "device_info")}
        assert told[f"{port}#2"] == other.node_num
        assert told[port] != other.node_num
        nodes = {
            packet.reading.from_node for batch in watched.batches for packet in batch.telemetry if packet.port == port
        }
        assert other.node_num not in nodes
        for name in (port, f"{port}#2"):
            watched.bench.disconnect_board(name)


def test_a_board_behind_a_bridge_is_told_from_another_in_its_socket_by_its_node(watched: Watched, qtbot: QtBot) -> None:
    with ExitStack() as first:
        path = first.enter_context(plugged())
        watched.bench.take_offers((bridge(path, "1-2"),))
        connect(watched, qtbot, path)
        first.close()
        watched.bench.take_offers(())
        qtbot.waitUntil(lambda: bool(events(watched, "connection_lost")))
    lines = sum(len(batch.lines) for batch in watched.batches)
    with plugged(seed=2) as other:
        watched.bench.take_offers((bridge(other, "1-2"),))
        qtbot.waitUntil(lambda: bool(events(watched, "another_board")), timeout=15_000)
        assert sum(len(batch.lines) for batch in watched.batches) == lines
        watched.bench.disconnect_board(path)


def test_a_board_that_was_left_is_found_again_on_another_port(watched: Watched, qtbot: QtBot) -> None:
    with ExitStack() as first:
        path = first.enter_context(plugged())
        watched.bench.take_offers((offer(path),))
        connect(watched, qtbot, path)
        watched.bench.disconnect_board(path)
        qtbot.waitUntil(lambda: not is_live(watched, path))
    with plugged() as other:
        watched.bench.take_offers((offer(other),))
        qtbot.wait(100)
        watched.bench.reconnect(path)
        qtbot.waitUntil(lambda: is_live(watched, path), timeout=15_000)
        watched.bench.disconnect_board(path)
