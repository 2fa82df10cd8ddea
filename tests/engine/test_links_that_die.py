# SPDX-License-Identifier: GPL-3.0-only
"""Links that die in silence are found out and made anew, and a node that another client wants is left to it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import TcpAddress
from mtleak_gui.core.records import LinkState, RawEvent
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.demo.tcp_port import TcpPort, serve_tcp
from mtleak_gui.demo.virtual_board import VirtualBoard
from mtleak_gui.engine import link_keeper
from mtleak_gui.link import life_watch
from mtleak_gui.link.inbound_stream import Heard, InboundStream
from tests.engine.bench_kit import Watched, benched
from tests.engine.test_link_keeper import Kept, keeping
from tests.link.replayed_board import on_tcp
from tests.link.test_meshtastic_link import first_handshake

PATIENCE_MS = 20_000


@pytest.fixture
def watched(tmp_path: Path, qtbot: QtBot) -> Iterator[Watched]:
    with benched(qtbot, tmp_path) as watched:
        yield watched


def new_board() -> VirtualBoard:
    return VirtualBoard(scenario_named("leak-threads"), clock=BoardClock(1), debug_log_api=True)


@contextmanager
def kept_live(data: Path, qtbot: QtBot) -> Iterator[Kept]:
    """Keep a board that has told its configuration and says nothing more."""
    with on_tcp([first_handshake(data / "stock-tcp.rx.bin")]) as boards, keeping(boards.port) as kept:
        qtbot.waitUntil(lambda: bool(kept.devices), timeout=PATIENCE_MS)
        yield kept


def events(watched: Watched, kind: str) -> list[RawEvent]:
    return [event for batch in watched.batches for event in batch.events if event.kind == kind]


def lost(kept: Kept) -> list[LinkState]:
    return [state for state in kept.states if state.phase == "lost"]


def test_a_board_that_hangs_with_its_socket_open_is_given_up(
    data: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seconds in (("ASK_AFTER_S", 0.3), ("ANSWER_WITHIN_S", 0.3), ("ASK_CONFIG_AFTER_S", 0.9)):
        monkeypatch.setattr(life_watch, name, seconds)
    with kept_live(data, qtbot) as kept:
        qtbot.waitUntil(lambda: bool(lost(kept)), timeout=PATIENCE_MS)
    trouble = lost(kept)[0].trouble
    assert trouble is not None
    assert trouble.kind == "mute"
    assert [event.data for event in kept.listener.events("connection_lost")] == [{"kind": "mute"}]


def test_after_a_sleep_of_the_computer_a_dead_connection_is_found_out(
    data: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(life_watch, "CHECK_WITHIN_S", 0.3)
    with kept_live(data, qtbot) as kept:
        kept.keeper.check()
        qtbot.waitUntil(lambda: bool(lost(kept)), timeout=PATIENCE_MS)


def test_after_a_sleep_a_board_that_still_answers_stays_connected(watched: Watched, qtbot: QtBot) -> None:
    with serve_tcp(new_board()) as (host, number):
        port = TcpAddress(host, number).port
        watched.bench.connect_board(TcpAddress(host, number))
        qtbot.waitUntil(lambda: bool(events(watched, "device_info")), timeout=PATIENCE_MS)
        states: list[LinkState] = []
        watched.bench._keepers.state_changed.connect(states.append)
        watched.bench.hear(RawEvent(watched.bench.now(), "host_sleep", data={"slept_s": 60.0}))
        qtbot.waitUntil(lambda: bool(events(watched, "host_sleep")))
        qtbot.wait(1_000)
        assert states == []
        watched.bench.disconnect_board(port)


def test_whatever_goes_wrong_in_the_reader_the_link_is_made_anew(
    data: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, expected_log: pytest.LogCaptureFixture
) -> None:
    handshake = first_handshake(data / "stock-tcp.rx.bin")
    feed = InboundStream.feed

    def feed_once_broken(stream: InboundStream, data: bytes) -> list[Heard]:
        if b"breaks" in data:
            raise ValueError("a fault that nobody knows yet")
        return feed(stream, data)

    # Nothing that a board says breaks the reader as far as is known, so the fault is put in.
    monkeypatch.setattr(InboundStream, "feed", feed_once_broken)
    with on_tcp([handshake, handshake]) as boards, keeping(boards.port) as kept:
        qtbot.waitUntil(lambda: bool(kept.devices), timeout=PATIENCE_MS)
        boards.boards[0].say(b"what breaks it\n")
        qtbot.waitUntil(lambda: len(kept.devices) == 2, timeout=PATIENCE_MS)
        assert [event.data for event in kept.listener.events("connection_lost")] == [{"kind": "fault"}]
    assert "The reader of a board stopped" in expected_log.text


def test_a_board_is_heard_again_within_two_seconds_of_its_return(watched: Watched, qtbot: QtBot) -> None:
    board = new_board()
    with serve_tcp(board) as (host, number):
        watched.bench.connect_board(TcpAddress(host, number))
        qtbot.waitUntil(lambda: bool(events(watched, "device_info")), timeout=PATIENCE_MS)
    # Long enough away for a plan of 5 s and more.
    qtbot.wait(5_000)
    back = TcpPort(board, number)
    back.start()
    try:
        qtbot.waitUntil(lambda: len(events(watched, "connection_established")) == 2, timeout=2_500)
    finally:
        watched.bench.disconnect_board(TcpAddress(host, number).port)
        back.close()


class Rival:
    """A client that takes the place of ours each time it has got it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._fight, name="rival")
        self._thread.start()

    def end(self) -> None:
        self._ending.set()
        self._thread.join()

    def _fight(self) -> None:
        while not self._ending.wait(0.7):
            with suppress(OSError), socket.create_connection(("127.0.0.1", self._port), timeout=2) as client:
                client.settimeout(0.2)
                while not self._ending.is_set():
                    with suppress(TimeoutError):
                        if not client.recv(4096):
                            break


def test_a_fight_with_a_second_client_is_recognised_and_stopped(watched: Watched, qtbot: QtBot) -> None:
    with serve_tcp(new_board()) as (host, number):
        port = TcpAddress(host, number).port
        watched.bench.connect_board(TcpAddress(host, number))
        qtbot.waitUntil(lambda: bool(events(watched, "device_info")), timeout=PATIENCE_MS)
        rival = Rival(number)
        try:
            qtbot.waitUntil(lambda: bool(events(watched, "second_client")), timeout=30_000)
            session = watched.bench.session(port)
            assert session is not None
            assert session.link.trouble is not None
            assert (session.link.phase, session.link.trouble.kind) == ("backing_off", "second_client")
            assert (session.link.retry_in or 0) >= 60
            assert watched.notices[-1].action == "reconnect"
        finally:
            rival.end()
        before = len(events(watched, "connection_established"))
        watched.bench.reconnect(port)
        qtbot.waitUntil(lambda: len(events(watched, "connection_established")) > before, timeout=PATIENCE_MS)
        watched.bench.disconnect_board(port)


def test_a_handshake_tells_its_steps_and_that_it_takes_long(
    data: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link_keeper, "STUCK_AFTER_S", 0.3)
    handshake = first_handshake(data / "stock-tcp.rx.bin")
    with on_tcp([lambda asked: handshake(asked)[:-8]]) as boards:
        with keeping(boards.port) as kept:
            qtbot.waitUntil(lambda: any(state.stuck for state in kept.states), timeout=PATIENCE_MS)
            assert kept.keeper.state.phase == "configuring"
            seen = list(dict.fromkeys(state.step for state in kept.states))
            assert seen[:2] == ["opening", "asking"]
            assert {"node", "config"} <= set(seen)
        assert kept.phases[-1] == "closed"


def test_leaving_a_board_in_its_handshake_works_at_once(qtbot: QtBot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        number = server.getsockname()[1]
        from mtleak_gui.link.byte_stream import open_tcp

        kept = Kept(partial(open_tcp, "127.0.0.1", number), "deaf")
        kept.keeper.start()
        qtbot.waitUntil(lambda: "configuring" in kept.phases)
        ended: list[str] = []
        kept.keeper.ended.connect(ended.append)
        kept.keeper.leave()
        assert kept.phases[-1] == "closed"
        qtbot.waitUntil(lambda: ended == ["deaf"], timeout=5_000)
