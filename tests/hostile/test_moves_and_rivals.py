# SPDX-License-Identifier: GPL-3.0-only
"""Boards that come back under another name, connections that died without a word, and clients that fight for a node."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import SerialAddress
from mtleak_gui.core.port_offer import PortOffer
from tests.engine.bench_kit import Watched
from tests.engine.port_kit import Plugs, looking
from tests.hostile.chatter import chatting
from tests.hostile.heard_board import HeardBoard, assert_files_are_sound, new_board
from tests.hostile.pty_way import on_pty
from tests.hostile.tcp_way import TcpWay

KEY = "usb:239a:8029:ABCDEF"


def seen_at(path: str) -> PortOffer:
    """Return what the system would say of a board with a serial number on that terminal."""
    return PortOffer(path, "RAK4631", "nRF52", "likely", KEY, stable=True, vid_pid="239a:8029")


def test_a_board_that_comes_back_under_another_name_goes_on_under_the_first(
    tmp_path: Path, qtbot: QtBot, watched: Watched
) -> None:
    with on_pty(new_board(), tmp_path / "ttyACM0") as way, chatting(way.tap, "one", 0x11111111) as chatter:
        first = way.path
        plugs = Plugs(seen_at(first))
        with looking(plugs) as ports:
            ports.ports_changed.connect(watched.bench.take_offers)
            ports.start()
            qtbot.waitUntil(lambda: bool(ports.offers), timeout=20_000)
            watched.bench.connect_board(SerialAddress(first))
            qtbot.waitUntil(lambda: watched.bench.session(first) is not None, timeout=20_000)
            board = HeardBoard(qtbot, watched, way, chatter, port=first)
            board.until(lambda: board.session.link.phase == "live")
            board.until_heard()
            board.states.clear()
            way.pull()
            plugs.plugged = ()
            board.until(lambda: "lost" in board.phases)
            with _name_taken(first):
                way.plug_in()
                assert way.path != first
                plugs.plugged = (seen_at(way.path),)
                board.until(lambda: board.session.link.phase == "live" and board.session.link.device == way.path)
                board.until_heard()
            packets = board.packets()
            assert packets == sorted(set(packets))
            established = board.events("connection_established")
            assert [row["data"]["device"] for row in established] == [first, way.path]
            assert {row["data"]["key"] for row in established} == {KEY}
            assert len(watched.bench.sessions) == 1
            assert "Recording continues" in watched.notices[-1].text
            watched.bench.disconnect_board(first)


@contextmanager
def _name_taken(name: str) -> Iterator[None]:
    """Let somebody else have the name of a terminal that was freed."""
    held: list[int] = []
    try:
        while not held or os.ttyname(held[-1]) != name:
            assert len(held) < 40
            held += os.openpty()
        yield
    finally:
        for side in held:
            os.close(side)


def test_a_connection_that_died_without_a_word_is_found_out_when_asked(networked: HeardBoard) -> None:
    """As after a sleep of the computer; without that, a silent board is asked after 45 s."""
    way = networked.way
    assert isinstance(way, TcpWay)
    way.lose_peer()
    networked.watched.bench._keepers.check_all()
    networked.until(lambda: "lost" in networked.phases, 30_000)
    networked.until(lambda: networked.session.link.phase == "live")
    networked.until_heard()
    packets = networked.packets()
    assert packets == sorted(set(packets))
    [lost] = networked.events("connection_lost")
    assert lost["data"]["kind"] == "mute"
    assert_files_are_sound(networked.folder)


def test_a_second_client_is_recognised_and_left_alone_until_the_tester_says_so(networked: HeardBoard) -> None:
    way = networked.way
    assert isinstance(way, TcpWay)
    ending = threading.Event()

    def rival() -> None:
        """Take the node's only place whenever somebody else has it."""
        while not ending.is_set():
            with socket.create_connection(("127.0.0.1", way.address.tcp_port)) as connection:
                connection.settimeout(0.1)
                while not ending.is_set():
                    try:
                        if not connection.recv(65536):
                            break
                    except TimeoutError:
                        continue
                    except OSError:
                        break
            ending.wait(0.7)

    thread = threading.Thread(target=rival, name="rival")
    thread.start()
    try:
        networked.until(lambda: _kind(networked) == "second_client", 40_000)
        notice = networked.watched.notices[-1]
        assert notice.sticky
        assert notice.action == "reconnect"
        assert networked.session.link.retry_in == 300.0
        networked.until(lambda: len(networked.events("second_client")) == 1)
    finally:
        ending.set()
        thread.join()
    networked.watched.bench.reconnect(way.port)
    networked.until(lambda: networked.session.link.phase == "live")
    networked.until_heard()
    packets = networked.packets()
    assert packets == sorted(set(packets))


def _kind(board: HeardBoard) -> str | None:
    trouble = board.session.link.trouble
    return None if trouble is None else trouble.kind
