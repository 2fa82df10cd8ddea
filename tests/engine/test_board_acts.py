# SPDX-License-Identifier: GPL-3.0-only
"""What a tester asks of a board is carried out, recorded, shown, kept for that board, and refused where it must be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import SerialAddress, TcpAddress
from mtleak_gui.core.board_acts import SWITCH_RESTART, SwitchState
from mtleak_gui.core.series_key import source_code
from mtleak_gui.core.settings import Devices, NetworkNode, Settings
from mtleak_gui.engine.asking_memory import AskingMemory
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.known_boards import KnownBoards
from mtleak_gui.engine.session import Session
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from tests.engine.bench_kit import Watched, benched, board_on_pty, board_on_tcp
from tests.engine.port_kit import Plugs, keeping, looking
from tests.engine.recorded_rows import events

SOON = 15_000


@pytest.fixture
def watched(tmp_path: Path, qtbot: QtBot) -> Iterator[Watched]:
    with benched(qtbot, tmp_path) as watched:
        yield watched


def live(qtbot: QtBot, bench: Bench, port: str) -> Session:
    """Wait until a board is heard and known; return its session."""

    def is_live() -> bool:
        session = bench.session(port)
        return session is not None and session.link.phase == "live" and session.device is not None

    qtbot.waitUntil(is_live, timeout=SOON)
    session = bench.session(port)
    assert session is not None
    return session


def answered(session: Session, count: int = 1) -> bool:
    asking = session.acts.asking
    return asking is not None and asking.answered >= count


def test_a_board_that_is_asked_answers_into_the_file_and_the_curve(watched: Watched, qtbot: QtBot) -> None:
    bench = watched.bench
    with board_on_tcp() as address:
        bench.connect_board(address)
        session = live(qtbot, bench, address.port)
        qtbot.waitUntil(lambda: bench.recorder.running, timeout=SOON)
        bench.ask_for_stats(address.port, 11)
        polled = source_code("local_stats_polled")
        qtbot.waitUntil(lambda: polled in session.heap.source, timeout=SOON)
        qtbot.waitUntil(lambda: answered(session), timeout=SOON)
        bench.stop_asking(address.port)
        qtbot.waitUntil(lambda: session.acts.asking is None, timeout=SOON)
        folder = watched.places.default_recording
        qtbot.waitUntil(lambda: len(events(folder, "poll_stopped")) == 1, timeout=SOON)
    [started] = events(folder, "poll_started")
    [stopped] = events(folder, "poll_stopped")
    assert (started["port"], started["note"], started["data"]) == (address.port, "every 11 s", {"every_s": 11})
    assert (stopped["note"], stopped["data"]) == (
        "1 of 1 answered (100 %)",
        {"asked": 1, "answered": 1, "rate_percent": 100},
    )
    assert "Asking for LocalStats began" in [line.title for line in bench.activity]


def test_a_new_recording_is_told_that_a_board_is_being_asked(watched: Watched, qtbot: QtBot) -> None:
    bench = watched.bench
    with board_on_tcp() as address:
        bench.connect_board(address)
        live(qtbot, bench, address.port)
        bench.ask_for_stats(address.port, 60)
        qtbot.waitUntil(lambda: bench.acts.state(address.port).asking is not None, timeout=SOON)
        bench.new_recording("second")
        qtbot.waitUntil(lambda: bench.folder is not None and bench.folder.name.endswith("second"), timeout=SOON)
        folder = bench.folder
        assert folder is not None
        file = folder / "events.jsonl"
        qtbot.waitUntil(lambda: file.exists() and bool(events(folder, "poll_started")), timeout=SOON)


def test_the_choice_is_kept_for_the_board_until_it_is_switched_off(
    watched: Watched, tmp_path: Path, qtbot: QtBot
) -> None:
    bench = watched.bench
    with board_on_tcp() as address, remembering(tmp_path, bench, address) as keeper:
        bench.connect_board(address)
        session = live(qtbot, bench, address.port)
        bench.ask_for_stats(address.port, 30)
        [node] = keeper.settings.devices.network_nodes
        assert session.device is not None
        assert (node.poll, node.poll_every_s, node.poll_node) == (True, 30, session.device.node_id)
        # As at the next start of the program: nobody asks, and the board comes.
        bench.disconnect_board(address.port)
        qtbot.waitUntil(lambda: session.link.phase == "closed", timeout=SOON)
        bench.acts._stop(address.port)
        qtbot.waitUntil(lambda: session.acts.asking is None, timeout=SOON)
        bench.reconnect(address.port)
        qtbot.waitUntil(lambda: session.acts.asking is not None and session.acts.asking.is_asking, timeout=SOON)
        # Switched off in the settings, it is asked no more.
        keeper.change_in("devices", network_nodes=(NetworkNode(node.address),))
        qtbot.waitUntil(lambda: session.acts.asking is None, timeout=SOON)


def test_another_board_at_the_remembered_place_is_not_asked(watched: Watched, tmp_path: Path, qtbot: QtBot) -> None:
    bench = watched.bench
    with board_on_tcp() as address, remembering(tmp_path, bench, address, poll=True, poll_node="!00000001"):
        bench.connect_board(address)
        session = live(qtbot, bench, address.port)
        qtbot.waitUntil(lambda: session.free_heap is not None, timeout=SOON)
        assert session.acts.asking is None


def test_a_console_is_not_asked(watched: Watched, qtbot: QtBot) -> None:
    bench = watched.bench
    with board_on_pty() as path:
        bench.connect_board(SerialAddress(path), "console")
        qtbot.waitUntil(lambda: bench.session(path) is not None, timeout=SOON)
        session = bench.session(path)
        assert session is not None
        qtbot.waitUntil(lambda: session.link.phase == "live", timeout=SOON)
        bench.ask_for_stats(path, 11)
        bench.switch_debug_log(path, on=True)
        told = [notice.detail or "" for notice in watched.notices if notice.tone == "warn"]
        assert [text.startswith("A console only listens") for text in told] == [True, True]
        bench.disconnect_board(path)


def test_the_same_board_heard_in_two_ways_is_asked_over_one(watched: Watched, qtbot: QtBot) -> None:
    bench = watched.bench
    with board_on_tcp() as first, board_on_tcp() as second:
        for address in (first, second):
            bench.connect_board(address)
        nodes = [live(qtbot, bench, address.port).device for address in (first, second)]
        assert nodes[0] is not None
        assert nodes[1] is not None
        assert nodes[0].node_num == nodes[1].node_num
        bench.ask_for_stats(first.port, 60)
        bench.ask_for_stats(second.port, 60)
        assert bench.acts.state(second.port).asking is None
        assert f"asked over {first.port} already" in (watched.notices[-1].detail or "")
        bench.ask_for_stats(first.port, 10)
        assert "at most every 11 s" in (watched.notices[-1].detail or "")


def test_a_network_node_is_not_offered_a_log_that_it_never_sends(watched: Watched, qtbot: QtBot) -> None:
    with board_on_tcp() as address:
        watched.bench.connect_board(address)
        live(qtbot, watched.bench, address.port)
        watched.bench.switch_debug_log(address.port, on=True)
        assert "Over the network no board sends log lines" in (watched.notices[-1].detail or "")


def test_the_restart_after_the_switch_is_told_as_expected(watched: Watched, qtbot: QtBot) -> None:
    bench = watched.bench
    bench.start_demo("leak-threads", hours=0.2, speed=60)
    qtbot.waitUntil(lambda: bool(bench.sessions), timeout=SOON)
    session = live(qtbot, bench, bench.sessions[0].port)
    qtbot.waitUntil(lambda: session.device is not None and session.device.debug_log_api is True, timeout=SOON)
    assert bench.folder is not None
    folder = bench.folder
    bench.switch_debug_log(session.port, on=False)
    qtbot.waitUntil(lambda: session.acts.switch == SwitchState(on=False, phase="verified"), timeout=SOON)
    qtbot.waitUntil(lambda: [boot.reason for boot in session.boots][-1] == SWITCH_RESTART, timeout=SOON)
    qtbot.waitUntil(lambda: session.device is not None and session.device.debug_log_api is False, timeout=SOON)
    qtbot.waitUntil(lambda: len(events(folder, "config_write")) == 2, timeout=SOON)
    sent, verified = events(folder, "config_write")
    assert sent["data"] == {"what": "security.debug_log_api_enabled", "old": True, "new": False}
    assert (verified["data"]["verified"], verified["data"]["others_kept"]) == (True, True)
    assert events(folder, "reboot")[-1]["data"]["expected"] == SWITCH_RESTART
    told = [notice.tone for notice in watched.notices if notice.key == f"debug log switch {session.port}"]
    assert told == ["info", "ok"]


def test_the_choice_for_a_demo_ends_with_it(watched: Watched, qtbot: QtBot) -> None:
    bench = watched.bench
    bench.start_demo("leak-threads", hours=0.2)
    qtbot.waitUntil(lambda: bool(bench.sessions), timeout=SOON)
    session = live(qtbot, bench, bench.sessions[0].port)
    assert session.role == "demo"
    bench.ask_for_stats(session.port, 11)
    qtbot.waitUntil(lambda: answered(session), timeout=SOON)
    port = session.port
    bench.new_recording("real")
    qtbot.waitUntil(lambda: bench.acts.state(port).asking is None, timeout=SOON)


@contextmanager
def remembering(folder: Path, bench: Bench, address: TcpAddress, **kept: object) -> Iterator[SettingsKeeper]:
    """Keep settings that know a network node."""
    node = partial(NetworkNode, address.url)(**kept)  # type: ignore[arg-type] # fields by name
    with (
        looking(Plugs()) as ports,
        keeping(folder, Settings(devices=Devices(network_nodes=(node,)))) as keeper,
    ):
        known = KnownBoards(bench, keeper, ports)
        memory = AskingMemory(bench, known)
        yield keeper
        memory.deleteLater()
        known.deleteLater()
