# SPDX-License-Identifier: GPL-3.0-only
"""What a tester does with boards and recordings ends in files, sessions and notices, and nothing waits for it."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import TcpAddress
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.demo.tcp_port import serve_tcp
from mtleak_gui.demo.virtual_board import VirtualBoard
from tests.engine.bench_kit import benched
from tests.engine.recorded_rows import events


def test_a_board_that_is_connected_is_recorded_and_shown(tmp_path: Path, qtbot: QtBot) -> None:
    board = VirtualBoard(scenario_named("leak-threads"), clock=BoardClock(60), debug_log_api=True)
    with serve_tcp(board, serial_side=False) as (host, port), benched(qtbot, tmp_path) as watched:
        bench = watched.bench
        bench.connect_board(TcpAddress(host, port))
        qtbot.waitUntil(lambda: bench.current is not None and bench.current.link.phase == "live", timeout=10_000)
        session = bench.current
        assert session is not None
        qtbot.waitUntil(lambda: session.free_heap is not None, timeout=10_000)
        qtbot.waitUntil(lambda: bench.recorder.running)
        assert bench.folder == watched.places.default_recording
        assert events(bench.folder, "connection_established")
        assert session.firmware == board.scenario.firmware


def test_demo(tmp_path: Path, qtbot: QtBot) -> None:
    with benched(qtbot, tmp_path) as watched:
        bench = watched.bench
        bench.start_demo()
        qtbot.waitUntil(lambda: bool(watched.pasts) or bool(watched.notices), timeout=20_000)
        print(watched.notices)
        qtbot.waitUntil(lambda: bench.current is not None and bench.current.link.phase == "live", timeout=10_000)
