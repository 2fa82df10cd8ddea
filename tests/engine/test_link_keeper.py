# SPDX-License-Identifier: GPL-3.0-only
"""A board is kept heard through losses, and letting it go never waits for it."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from pytestqt.qtbot import QtBot

from mtleak_gui.core.records import DeviceInfo, LinkState, RawItem
from mtleak_gui.engine.link_keeper import LinkKeeper
from mtleak_gui.link.byte_stream import ByteStream, open_tcp
from mtleak_gui.link.meshtastic_link import MeshtasticLink
from mtleak_gui.storage.system_clock import SystemClock
from tests.link.listening import Listener
from tests.link.replayed_board import ReplayedBoard, on_tcp
from tests.link.test_meshtastic_link import first_handshake


class Kept:
    """A keeper and everything that it told."""

    def __init__(self, open_stream: Callable[[], ByteStream], port: str) -> None:
        self.listener = Listener()
        self.states: list[LinkState] = []
        self.devices: list[DeviceInfo] = []
        self.heard: list[RawItem] = []
        clock = SystemClock()
        self.keeper = LinkKeeper(
            port, lambda wish: MeshtasticLink(open_stream, port, "tcp", clock, wish.opened), self._hear, clock
        )
        self.keeper.state_changed.connect(self.states.append)
        self.keeper.device_known.connect(self.devices.append)

    def _hear(self, item: RawItem) -> None:
        self.heard.append(item)
        self.listener.hear(item)

    @property
    def phases(self) -> list[str]:
        return [state.phase for state in self.states]


@contextmanager
def keeping(tcp_port: int) -> Iterator[Kept]:
    kept = Kept(partial(open_tcp, "127.0.0.1", tcp_port), f"tcp://127.0.0.1:{tcp_port}")
    kept.keeper.start()
    ended = False
    try:
        yield kept
    finally:
        ended = kept.keeper.stop()
    assert ended


def test_a_board_goes_through_its_states_until_it_is_live_and_known(data: Path, qtbot: QtBot) -> None:
    with on_tcp([first_handshake(data / "stock-tcp.rx.bin")]) as boards, keeping(boards.port) as kept:
        qtbot.waitUntil(lambda: bool(kept.devices))
        assert kept.phases == ["opening", "configuring", "live"]
        assert kept.devices[0].environment == "native"
    assert kept.phases[-1] == "closed"


def test_a_board_that_hangs_up_is_opened_again(data: Path, qtbot: QtBot) -> None:
    handshake = first_handshake(data / "stock-tcp.rx.bin")
    with on_tcp([handshake], hang_up=True) as boards, keeping(boards.port) as kept:
        qtbot.waitUntil(lambda: "backing_off" in kept.phases, timeout=10_000)
        boards.answer_again(handshake)
        qtbot.waitUntil(lambda: len(kept.devices) == 2, timeout=10_000)
        # The second board hangs up too; how far that was noticed does not matter here.
        assert kept.phases[:7] == ["opening", "configuring", "live", "lost", "backing_off", "opening", "configuring"]
        lost = kept.states[3]
        assert lost.reason == "the board closed the connection"
        assert kept.states[4].retry_in == 1.0
        assert len(kept.listener.events("connection_established")) == 2


def test_a_board_that_is_not_there_is_tried_again(qtbot: QtBot) -> None:
    with on_tcp([]) as boards:
        pass
    with keeping(boards.port) as kept:
        qtbot.waitUntil(lambda: kept.phases.count("opening") == 2, timeout=10_000)
        assert "Nothing listens" in (kept.states[1].reason or "")
        assert kept.states[1].phase == "backing_off"


def test_a_deaf_board_does_not_hold_up_the_end(qtbot: QtBot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with keeping(server.getsockname()[1]) as kept:
            qtbot.waitUntil(lambda: "configuring" in kept.phases)
        # ``keeping`` has asserted that the thread ended, though the server never answered.
        assert kept.phases[-1] == "closed"


def test_a_link_that_cannot_be_interrupted_is_left_behind(qtbot: QtBot) -> None:
    begun, let_go = threading.Event(), threading.Event()

    def stuck() -> ByteStream:
        begun.set()
        let_go.wait(30)
        raise OSError("let go")

    kept = Kept(stuck, "stuck")
    kept.keeper.start()
    assert begun.wait(5)
    assert kept.keeper.stop(wait_s=0.05) is False
    let_go.set()
    assert kept.keeper.stop(wait_s=5) is True
    qtbot.wait(50)
    assert kept.phases == ["closed"]


def test_nothing_is_heard_after_the_end(data: Path, qtbot: QtBot) -> None:
    with on_tcp([first_handshake(data / "stock-tcp.rx.bin")]) as boards:
        with keeping(boards.port) as kept:
            qtbot.waitUntil(lambda: bool(kept.devices))
            chatter = threading.Thread(target=_chat, args=(boards.boards[0],))
            chatter.start()
            kept.listener.wait_until(lambda heard: len(heard.lines) > 100)
        heard, told = len(kept.heard), len(kept.states)
        chatter.join()
        qtbot.wait(50)
    assert (len(kept.heard), len(kept.states)) == (heard, told)
    assert [event.note for event in kept.listener.events("connection_lost")] == ["closed by the recorder"]


def _chat(board: ReplayedBoard) -> None:
    with contextlib.suppress(OSError):
        while True:
            board.say(b"INFO  | 12:00:00 1 [Main] and another thing\n" * 50)
