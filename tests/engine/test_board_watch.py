# SPDX-License-Identifier: GPL-3.0-only
"""What boards do not say is noticed, on real links to virtual boards."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import SerialAddress, TcpAddress
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.pty_port import serve_pty
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.demo.tcp_port import serve_tcp
from mtleak_gui.demo.virtual_board import VirtualBoard
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.board_watch import BoardWatch
from tests.engine.bench_kit import benched, board_on_tcp
from tests.engine.port_kit import BRIDGE, Plugs, looking

SOON = 10_000
AN_HOUR = 3_600.0


def keys(bench: Bench, watch: BoardWatch, later: float = 0.0) -> list[str]:
    """Return the kinds of things to fix, as they stand ``later`` seconds from now."""
    return [thing.key.partition(":")[0] for thing in watch.things(bench.now() + later)]


def test_a_switched_off_log_is_read_from_the_configuration(tmp_path: Path, qtbot: QtBot) -> None:
    board = VirtualBoard(scenario_named("slow-leak"), clock=BoardClock(60), debug_log_api=False)
    with serve_pty(board) as path, benched(qtbot, tmp_path) as watched:
        bench = watched.bench
        watch = BoardWatch(bench)
        bench.connect_board(SerialAddress(path))
        qtbot.waitUntil(lambda: "no_log" in keys(bench, watch), timeout=SOON)
        assert any("Debug log API is off" in thing.text for thing in watch.things(bench.now()))


def test_a_board_that_speaks_leaves_nothing_to_fix_until_it_falls_silent(tmp_path: Path, qtbot: QtBot) -> None:
    with board_on_tcp() as address, benched(qtbot, tmp_path) as watched:
        bench = watched.bench
        watch = BoardWatch(bench)
        bench.connect_board(address)
        qtbot.waitUntil(lambda: bench.current is not None and bench.current.link.phase == "live", timeout=SOON)
        qtbot.waitUntil(lambda: bench.current is not None and bench.current.free_heap is not None, timeout=SOON)
        assert keys(bench, watch) == []
        assert keys(bench, watch, AN_HOUR) == ["silent"]


def test_a_board_that_reports_no_heap_is_told_as_such(tmp_path: Path, qtbot: QtBot) -> None:
    board = VirtualBoard(scenario_named("not-reported"), clock=BoardClock(60), debug_log_api=True)
    with serve_tcp(board, serial_side=False) as (host, port), benched(qtbot, tmp_path) as watched:
        bench = watched.bench
        watch = BoardWatch(bench)
        bench.connect_board(TcpAddress(host, port))
        qtbot.waitUntil(lambda: "no_heap" in keys(bench, watch), timeout=SOON)
        assert "no_log_tcp" in keys(bench, watch, AN_HOUR)
        assert "silent" not in keys(bench, watch, AN_HOUR)


def test_a_bridge_without_an_identity_is_told_with_its_socket(tmp_path: Path, qtbot: QtBot) -> None:
    board = VirtualBoard(scenario_named("slow-leak"), clock=BoardClock(60), debug_log_api=True)
    with ExitStack() as held:
        path = held.enter_context(serve_pty(board))
        bench = held.enter_context(benched(qtbot, tmp_path)).bench
        ports = held.enter_context(looking(Plugs(BRIDGE._replace(device=path))))
        watch = BoardWatch(bench, ports)
        ports.start()
        bench.connect_board(SerialAddress(path))
        qtbot.waitUntil(lambda: "no_id" in keys(bench, watch), timeout=SOON)
        assert any("Keep it in socket 1-2." in thing.text for thing in watch.things(bench.now()))


def test_what_is_forgotten_is_told_no_more(tmp_path: Path, qtbot: QtBot) -> None:
    with benched(qtbot, tmp_path) as watched:
        bench = watched.bench
        watch = BoardWatch(bench)
        with board_on_tcp() as address:
            pass
        bench.connect_board(address)
        qtbot.waitUntil(lambda: "not_opened" in keys(bench, watch), timeout=SOON)
        bench.forget(address.port)
        assert keys(bench, watch) == []
