# SPDX-License-Identifier: GPL-3.0-only
"""What boards show of themselves is kept, and decides how auto hears them the next time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import Address, BleAddress, SerialAddress, TcpAddress
from mtleak_gui.core.settings import Devices, KnownBoard, NetworkNode, Settings
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.demo.virtual_board import VirtualBoard
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.board_memory import BoardMemory
from mtleak_gui.engine.known_boards import KnownBoards
from mtleak_gui.engine.port_welcome import PortWelcome
from tests.engine.bench_kit import benched, board_on_pty, board_on_tcp
from tests.engine.port_kit import BRIDGE, Plugs, keeping, looking
from tests.link.virtual_radio import Air

SOON = 15_000
RADIO = BleAddress("AA:BB:CC:DD:EE:0A")


class Desk(NamedTuple):
    """What a test holds in its hands."""

    bench: Bench
    known: KnownBoards
    welcome: PortWelcome
    plugs: Plugs


@contextmanager
def desk(qtbot: QtBot, folder: Path, devices: Devices, *devices_there: str) -> Iterator[Desk]:
    """Run a bench with a memory, and ports with boards of the same kind."""
    with ExitStack() as held:
        plugs = Plugs(*(BRIDGE._replace(device=device) for device in devices_there))
        watched = held.enter_context(benched(qtbot, folder))
        watch = held.enter_context(looking(plugs))
        keeper = held.enter_context(keeping(folder, Settings(devices=devices)))
        watch.ports_changed.connect(watched.bench.take_offers)
        known = KnownBoards(watched.bench, keeper, watch, watch)
        memory = BoardMemory(watched.bench, known, watch)
        welcome = PortWelcome(watched.bench, watch, known, watch)
        watch.ports_changed.connect(watched.bench.take_offers)
        with qtbot.waitSignal(watch.ports_changed, timeout=SOON):
            watch.start()
        yield Desk(watched.bench, known, welcome, plugs)
        del memory


@pytest.mark.parametrize("scenario", ["leak-threads", "slow-leak"])
def test_the_build_of_a_board_decides_how_auto_hears_it(qtbot: QtBot, tmp_path: Path, scenario: str) -> None:
    has_debug_heap = scenario_named(scenario).debug_heap
    with board_on_pty(scenario) as device:
        before = KnownBoard(BRIDGE.key, debug_heap=not has_debug_heap, debug_heap_ts=None if has_debug_heap else 5.0)
        with desk(qtbot, tmp_path, Devices(boards=(before,)), device) as made:
            address = SerialAddress(device)
            made.bench.connect_board(address, "api")

            def has_told() -> bool:
                now = made.known.at(address)
                return now is not None and now.debug_heap is has_debug_heap and bool(now.build)

            qtbot.waitUntil(has_told, timeout=SOON)
            now = made.known.at(address)
            assert now is not None
            session = made.bench.session(device)
            assert session is not None
            assert now.called == session.name
            assert session.firmware is not None
            assert session.firmware in now.build
            assert made.known.way(address, "auto") == ("console" if has_debug_heap else "api")
            assert (now.debug_heap_ts is not None and now.debug_heap_ts > 1e9) is has_debug_heap


def test_a_network_node_is_remembered_as_it_calls_itself(qtbot: QtBot, tmp_path: Path) -> None:
    with board_on_tcp() as address, desk(qtbot, tmp_path, Devices(network_nodes=(NetworkNode(address.url),))) as made:
        made.bench.connect_board(TcpAddress(address.host, address.tcp_port))
        qtbot.waitUntil(lambda: bool(made.known.network_nodes[0].called), timeout=SOON)
        assert made.known.way(address, "auto") == "api"


def test_a_board_over_bluetooth_is_connected_at_the_start_when_it_is_wanted(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The radio is a stand-in, since none can be had here."""
    board = VirtualBoard(scenario_named("leak-threads"), clock=BoardClock(60), debug_log_api=True)
    air = Air(**{"0a": board})
    monkeypatch.setattr("bleak.get_platform_client_backend_type", lambda: (air.client(), "played"))
    wanted = Devices(
        boards=(KnownBoard(RADIO.key, name="attic", auto_connect=True), KnownBoard("ble:" + "AA:" * 5 + "01"))
    )
    with desk(qtbot, tmp_path, wanted) as made:
        made.welcome.connect_others()
        bench = made.bench
        qtbot.waitUntil(lambda: [s.link.phase for s in bench.sessions] == ["live"], timeout=SOON)
        (session,) = bench.sessions
        assert (session.port, session.role, session.name, session.capture) == (RADIO.port, "ble", "attic", "API")
        qtbot.waitUntil(lambda: session.debug_heap == "ON", timeout=SOON)
        bench.disconnect_board(RADIO.port)
        qtbot.waitUntil(lambda: session.link.phase == "closed", timeout=SOON)
        bench.reconnect(RADIO.port)
        qtbot.waitUntil(lambda: session.link.phase == "live", timeout=SOON)
    assert air.connections == 2


def test_a_console_over_bluetooth_or_network_is_refused_with_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    addresses: list[Address] = [RADIO, TcpAddress("host", 4403)]
    with desk(qtbot, tmp_path, Devices()) as made:
        told: list[str] = []
        made.bench.told.connect(lambda notice: told.append(notice.detail))
        for address in addresses:
            made.bench.connect_board(address, "console")
        assert ["has no text console: hear it over the API" in str(words) for words in told] == [True, True]
        assert made.bench.sessions == ()


def test_a_board_that_changed_its_port_gets_no_second_session(qtbot: QtBot, tmp_path: Path) -> None:
    with ExitStack() as held:
        plug = held.enter_context(ExitStack())
        device = plug.enter_context(board_on_pty())
        wanted = Devices(boards=(KnownBoard(BRIDGE.key, auto_connect=True),))
        made = held.enter_context(desk(qtbot, tmp_path, wanted, device))
        bench, told = made.bench, list[str]()
        made.welcome.told.connect(lambda notice: told.append(notice.text))
        qtbot.waitUntil(lambda: [s.link.phase for s in bench.sessions] == ["live"], timeout=SOON)
        made.plugs.plugged = ()
        plug.close()
        qtbot.waitUntil(lambda: [s.link.phase for s in bench.sessions] != ["live"], timeout=SOON)
        moved = BRIDGE._replace(device="/dev/ttyUSB7")
        other = BRIDGE._replace(device="/dev/ttyUSB8", key="usb:10c4:ea60@9-9")
        made.plugs.plugged = (moved, other)
        qtbot.waitUntil(lambda: bool(told), timeout=SOON)
        assert ["ttyUSB8" in text for text in told] == [True]
        assert [session.port for session in bench.sessions] == [device]
