# SPDX-License-Identifier: GPL-3.0-only
"""The board on real TCP, with the real package and its command line as clients."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading

import pytest
import serial

from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.demo.stream_codec import Frame, FrameDecoder, Text
from mtleak_gui.demo.tcp_port import serve_tcp
from mtleak_gui.demo.virtual_board import VirtualBoard
from tests.demo.package_clients import PATIENCE_S, ask_for_stats, hearing_lines, hearing_packets, over_tcp, reply_to


def _board(name: str = "slow-leak", speed: float = 1.0, seed: int = 1) -> VirtualBoard:
    return VirtualBoard(scenario_named(name), clock=BoardClock(speed), seed=seed)


def test_the_package_connects_and_knows_the_board() -> None:
    board = _board()
    with serve_tcp(board) as address, over_tcp(address) as client:
        assert client.myInfo.my_node_num == board.node_num
        assert client.myInfo.pio_env == "heltec-v3"
        assert client.myInfo.reboot_count == 1
        assert client.metadata.firmware_version == "2.8.1.c4f2a17"
        assert len(client.nodes) == 7
        assert client.localNode.localConfig.lora.hop_limit == 3
        assert client.localNode.moduleConfig.mqtt.root == "msh"
        assert len(client.localNode.channels) == 8


def test_the_command_line_shows_the_board() -> None:
    with serve_tcp(_board()) as (_, port):
        command = [sys.executable, "-m", "meshtastic", "--host", f"localhost:{port}", "--info"]
        shown = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert shown.returncode == 0, shown.stderr
    assert "Connected to radio" in shown.stdout
    assert '"pioEnv": "heltec-v3"' in shown.stdout
    assert "Ridge Repeater" in shown.stdout
    assert "Primary channel URL" in shown.stdout


def test_the_package_gets_local_stats_when_it_asks() -> None:
    board = _board(speed=60.0)
    with (
        serve_tcp(board) as address,
        hearing_packets("meshtastic.receive.telemetry") as packets,
        over_tcp(address) as client,
    ):
        packet = reply_to(packets, ask_for_stats(client))
        stats = packet["decoded"]["telemetry"]["localStats"]
        assert stats["heapTotalBytes"] == 327_680
        assert abs(stats["heapFreeBytes"] - board.heap().free) < 5_000
        assert packet["from"] == board.node_num


def test_telemetry_and_the_mesh_are_heard_in_fast_time() -> None:
    with (
        serve_tcp(_board(speed=600.0)) as address,
        hearing_packets() as packets,
        over_tcp(address) as client,
    ):
        wanted = {"own device", "own local", "foreign local", "position", "text"}
        while wanted:
            packet = packets.get(timeout=PATIENCE_S)
            whose = "own" if packet["from"] == client.myInfo.my_node_num else "foreign"
            telemetry = packet["decoded"].get("telemetry", {})
            wanted -= {f"{whose} device"} if "deviceMetrics" in telemetry else set()
            wanted -= {f"{whose} local"} if "localStats" in telemetry else set()
            wanted -= {"position", "text"} & set(packet["decoded"])


def test_a_second_client_evicts_the_first() -> None:
    with (
        serve_tcp(_board()) as address,
        socket.create_connection(address, timeout=PATIENCE_S) as first,
        over_tcp(address) as second,
    ):
        assert first.recv(10) == b""
        assert second.myInfo.pio_env == "heltec-v3"


def test_a_restart_drops_the_client_which_finds_the_board_again() -> None:
    board = _board(speed=60.0)
    with serve_tcp(board) as address, hearing_packets() as packets, over_tcp(address) as client:
        client.localNode.reboot(1)
        while client.myInfo.reboot_count != 2:
            packets.get(timeout=PATIENCE_S)
        assert board.boot_number == 2


def test_no_log_line_ever_comes_over_tcp() -> None:
    board = VirtualBoard(scenario_named("leak-threads"), clock=BoardClock(600.0), debug_log_api=True)
    with (
        serve_tcp(board) as address,
        hearing_lines() as lines,
        hearing_packets() as packets,
        over_tcp(address),
    ):
        for _ in range(20):
            packets.get(timeout=PATIENCE_S)
        assert lines.empty()


def test_closing_the_port_ends_the_connection_and_frees_the_port() -> None:
    with serve_tcp(_board()) as address:
        client = socket.create_connection(address, timeout=PATIENCE_S)
        client.sendall(b"\x94\xc3\x00\x02\x3a\x00")
        assert client.recv(100), "a heartbeat is answered"
    with client:
        assert client.recv(10) == b""
    with serve_tcp(_board(), address[1]) as again:
        assert again == address


def test_a_port_in_use_is_an_error_and_nothing_is_left_running() -> None:
    before = threading.active_count()
    with serve_tcp(_board()) as (_, port), pytest.raises(OSError, match="in use"), serve_tcp(_board(), port):
        pass
    assert threading.active_count() == before


def test_a_client_that_sends_garbage_and_never_reads_harms_nobody() -> None:
    with serve_tcp(_board(speed=600.0)) as address:
        with socket.create_connection(address, timeout=PATIENCE_S) as rude:
            rude.sendall(bytes(range(256)) * 500 + b"\x94\xc3\x00\x05hello")
        with over_tcp(address) as client:
            assert client.myInfo.reboot_count == 1


def test_bytes_over_tcp_are_frames_and_nothing_else() -> None:
    want_config = b"\x94\xc3\x00\x02\x18\x07"
    with serve_tcp(_board("leak-threads")) as address, socket.create_connection(address, timeout=PATIENCE_S) as client:
        client.sendall(want_config)
        decoder = FrameDecoder()
        parts: list[Frame | Text] = []
        while len(parts) < 50:
            parts += list(decoder.feed(client.recv(4096)))
        assert all(isinstance(part, Frame) for part in parts)


def test_the_serial_side_is_a_console_for_socket_urls_until_the_first_frame() -> None:
    with serve_tcp(_board("leak-threads", speed=600.0), serial_side=True) as (host, tcp_port):
        with serial.serial_for_url(f"socket://{host}:{tcp_port}", timeout=PATIENCE_S) as port:
            lines = [port.readline().decode() for _ in range(30)]
            assert sum("[heap " in line for line in lines) > 20
            port.write(b"\x94\xc3\x00\x02\x18\x07")
            decoder = FrameDecoder()
            parts: list[Frame | Text] = []
            while not any(isinstance(part, Frame) for part in parts):
                parts += list(decoder.feed(port.read(1)))
        with serial.serial_for_url(f"socket://{host}:{tcp_port}", timeout=PATIENCE_S) as again:
            # Whoever comes later finds the line as it was left: frames.
            again.write(b"\x94\xc3\x00\x02\x18\x07")
            assert again.read(2) == b"\x94\xc3"
