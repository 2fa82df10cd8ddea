# SPDX-License-Identifier: GPL-3.0-only
"""The board's serial side on a real pseudo-terminal, with the real package and pyserial as clients."""

from __future__ import annotations

import queue
import re
import subprocess
import sys
from pathlib import Path

import pytest
import serial

from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.demo.virtual_board import VirtualBoard
from tests.demo.package_clients import PATIENCE_S, ask_for_stats, hearing_lines, hearing_packets, over_serial, reply_to

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

from mtleak_gui.demo.pty_port import serve_pty


def _board(name: str = "leak-threads", speed: float = 60.0, *, debug_log_api: bool = False) -> VirtualBoard:
    return VirtualBoard(scenario_named(name), clock=BoardClock(speed), debug_log_api=debug_log_api)


def test_the_package_connects_and_gets_local_stats() -> None:
    with (
        serve_pty(_board()) as path,
        over_serial(path) as client,
        hearing_packets("meshtastic.receive.telemetry") as packets,
    ):
        assert client.myInfo.pio_env == "tbeam"
        assert len(client.nodes) == 7
        packet = reply_to(packets, ask_for_stats(client))
        assert packet["decoded"]["telemetry"]["localStats"]["heapTotalBytes"] == 294_912


def test_the_command_line_shows_the_board() -> None:
    with serve_pty(_board()) as path:
        command = [sys.executable, "-m", "meshtastic", "--port", path, "--info"]
        shown = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert shown.returncode == 0, shown.stderr
    assert '"pioEnv": "tbeam"' in shown.stdout


def test_the_console_speaks_text_to_who_only_listens() -> None:
    with serve_pty(_board(speed=600.0)) as path, serial.Serial(path, 115_200, timeout=PATIENCE_S) as port:
        lines = [port.readline().decode() for _ in range(60)]
    assert lines[0].startswith(("\x1b[3", "\x1b[0m", "HEAP "))
    assert sum("[heap " in line for line in lines) > 50
    assert any("Thread Router leaked heap" in line for line in lines)


def test_what_is_said_while_nobody_listens_is_lost() -> None:
    board = _board(speed=600.0)
    with serve_pty(board) as path:
        with serial.Serial(path, 115_200, timeout=PATIENCE_S) as port:
            port.readline()
        said: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        board.open_session(serial=True, send=said.put, hang_up=board.advance)
        while board.uptime() < 600.0:
            said.get(timeout=PATIENCE_S)
        with serial.Serial(path, 115_200, timeout=PATIENCE_S) as port:
            port.readline()
            headed = re.search(rb"\| \S+ (\d+) ", port.readline() + port.readline())
    assert headed is not None
    assert int(headed[1]) >= 590


def test_log_records_come_after_the_debug_log_api_was_switched_on_and_the_board_restarted() -> None:
    board = _board(speed=600.0)
    with serve_pty(board) as path:
        with over_serial(path) as client, hearing_lines() as lines:
            client.localNode.localConfig.security.debug_log_api_enabled = True
            client.localNode.writeConfig("security")
            heard = ""
            # The port stays; boot text arrives as log lines, as on a board behind a USB-UART bridge.
            while "//\\ E S H T" not in heard:
                heard = lines.get(timeout=PATIENCE_S)
        assert board.boot_number == 2
        with over_serial(path) as client, hearing_lines() as lines:
            assert client.myInfo.reboot_count == 2
            assert client.localNode.localConfig.security.debug_log_api_enabled
            while "Thread Router leaked heap" not in heard:
                heard = lines.get(timeout=PATIENCE_S)
            assert "[heap" not in heard


def test_the_terminal_goes_when_the_port_closes_even_under_a_client() -> None:
    with serve_pty(_board()) as path:
        assert Path(path).exists()
        client = serial.Serial(path, 115_200, timeout=PATIENCE_S)
        assert client.readline()
    try:
        assert not Path(path).exists()
    finally:
        client.close()
