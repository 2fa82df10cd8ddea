# SPDX-License-Identifier: GPL-3.0-only
"""Ports that come and go are told within a second, and boards the user wants are connected by themselves."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from pytestqt.qtbot import QtBot

from mtleak_gui.core.notice import Notice
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.core.settings import Devices, KnownBoard, NetworkNode, Settings
from mtleak_gui.engine.known_boards import KnownBoards
from mtleak_gui.engine.port_watch import PortWatch
from mtleak_gui.engine.port_welcome import PortWelcome
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from tests.engine.bench_kit import Watched, benched, board_on_pty, board_on_tcp
from tests.engine.port_kit import BRIDGE, PROBE, Plugs, keeping, looking


def welcomed(watched: Watched, watch: PortWatch, keeper: SettingsKeeper) -> tuple[PortWelcome, list[Notice]]:
    """Return a welcome for new ports, and what it tells."""
    known = KnownBoards(watched.bench, keeper, watch)
    welcome = PortWelcome(watched.bench, watch, known, watch)
    known.setParent(watch)
    notices: list[Notice] = []
    welcome.told.connect(notices.append)
    return welcome, notices


def test_the_first_look_brings_what_is_there_and_later_ones_what_is_new(qtbot: QtBot) -> None:
    plugs = Plugs(PROBE)
    with looking(plugs) as watch:
        appeared: list[PortOffer] = []
        watch.port_appeared.connect(appeared.append)
        with qtbot.waitSignal(watch.ports_changed, timeout=5_000):
            watch.start()
        assert watch.offers == (PROBE,)
        assert appeared == []
        plugs.plugged = (BRIDGE, PROBE)
        with qtbot.waitSignal(watch.port_appeared, timeout=5_000):
            pass
        assert appeared == [BRIDGE]
        assert watch.offer("/dev/ttyUSB9") == BRIDGE
        plugs.plugged = (PROBE,)
        with qtbot.waitSignal(watch.ports_changed, timeout=5_000):
            pass
        assert watch.offer("/dev/ttyUSB9") is None


def test_a_new_board_is_told_and_never_connected_unasked(tmp_path: Path, qtbot: QtBot) -> None:
    plugs = Plugs()
    settings = Settings(devices=Devices(boards=(KnownBoard(BRIDGE.key, name="bench-a"),)))
    with benched(qtbot, tmp_path) as watched, looking(plugs) as watch, keeping(tmp_path, settings) as keeper:
        _welcome, notices = welcomed(watched, watch, keeper)
        with qtbot.waitSignal(watch.ports_changed, timeout=5_000):
            watch.start()
        plugs.plugged = (BRIDGE, PROBE)
        qtbot.waitUntil(lambda: bool(notices), timeout=5_000)
        assert [notice.text for notice in notices] == ["New board on ttyUSB9 – bench-a (10c4:ea60)."]
        assert notices[0].action == "choose_port"
        assert watched.bench.sessions == ()


def test_a_board_that_is_wanted_is_connected_when_it_is_plugged_in(tmp_path: Path, qtbot: QtBot) -> None:
    settings = Settings(devices=Devices(boards=(KnownBoard(BRIDGE.key, name="bench-a", auto_connect=True),)))
    with ExitStack() as held:
        plugs = Plugs(BRIDGE._replace(device=held.enter_context(board_on_pty())))
        watched = held.enter_context(benched(qtbot, tmp_path))
        watch, keeper = held.enter_context(looking(plugs)), held.enter_context(keeping(tmp_path, settings))
        bench = watched.bench
        _welcome, notices = welcomed(watched, watch, keeper)
        watch.start()
        qtbot.waitUntil(lambda: bench.current is not None and bench.current.link.phase == "live", timeout=10_000)
        assert bench.current is not None
        assert bench.current.name == "bench-a"
        assert notices == []


def test_where_two_boards_could_be_meant_none_is_connected(tmp_path: Path, qtbot: QtBot) -> None:
    twin = BRIDGE._replace(device="/dev/ttyUSB8")
    settings = Settings(devices=Devices(boards=(KnownBoard(BRIDGE.key, auto_connect=True),)))
    with ExitStack() as held:
        watched = held.enter_context(benched(qtbot, tmp_path))
        watch, keeper = (
            held.enter_context(looking(Plugs(BRIDGE, twin))),
            held.enter_context(keeping(tmp_path, settings)),
        )
        welcomed(watched, watch, keeper)
        with qtbot.waitSignal(watch.ports_changed, timeout=5_000):
            watch.start()
        assert watched.bench.sessions == ()


def test_network_nodes_that_are_wanted_are_connected_at_the_start(tmp_path: Path, qtbot: QtBot) -> None:
    with board_on_tcp() as address, benched(qtbot, tmp_path) as watched, looking(Plugs()) as watch:
        nodes = (NetworkNode(address.url, auto_connect=True), NetworkNode("tcp://127.0.0.1:1"))
        with keeping(tmp_path, Settings(devices=Devices(network_nodes=nodes))) as keeper:
            welcome, _notices = welcomed(watched, watch, keeper)
            welcome.connect_others()
            bench = watched.bench
            qtbot.waitUntil(lambda: [s.link.phase for s in bench.sessions] == ["live"], timeout=10_000)
