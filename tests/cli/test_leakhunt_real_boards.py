# SPDX-License-Identifier: GPL-3.0-only
"""Leakhunt on what a real node said, and on readings that testers posted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict
from meshtastic.protobuf import mesh_pb2, portnums_pb2, telemetry_pb2

from mtleak_gui.cli.commands import run_command
from tests.storage.board_recording import START, BoardRecording


def judged(capsys: pytest.CaptureFixture[str], folder: Path, *options: str) -> dict[str, Any]:
    assert run_command(["leakhunt", str(folder), "--format", "json", *options]) == 0
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


def frames(stream: Path) -> Iterator[tuple[float, mesh_pb2.FromRadio]]:
    """Yield when each frame was complete, and what it says."""
    times = [json.loads(line) for line in stream.with_suffix(".jsonl").read_text(encoding="utf-8").splitlines()]
    raw, arrived, at, place = stream.read_bytes(), 0, 0, 0
    while (at := raw.find(b"\x94\xc3", at)) >= 0 and at + 4 <= len(raw):
        end = at + 4 + int.from_bytes(raw[at + 2 : at + 4], "big")
        while arrived < end and place < len(times):
            arrived += times[place]["len"]
            place += 1
        message = mesh_pb2.FromRadio()
        message.ParseFromString(raw[at + 4 : end])
        yield times[place - 1]["t"], message
        at = end


@pytest.mark.parametrize("ours", [True, False], ids=["ours", "peer"])
def test_a_real_leak_of_4112_bytes_a_minute_is_found(
    ours: bool, tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board = BoardRecording(ours=ours, port="tcp://localhost:4403")
    for at, message in frames(data / "heap2-leak-tcp.rx.bin"):
        packet = message.packet
        if packet.decoded.portnum == portnums_pb2.PortNum.TELEMETRY_APP:
            telemetry = telemetry_pb2.Telemetry()
            telemetry.ParseFromString(packet.decoded.payload)
            if telemetry.HasField("local_stats"):
                fields = MessageToDict(telemetry.local_stats)
                board.telemetry(at, "local", fields, node=getattr(packet, "from"))
    value = judged(capsys, board.write(tmp_path), "--window", "10m")
    assert value["samples"] == 40  # 39 that were asked for, and the one that the node pushes
    assert (value["verdict"], value["leak"], value["reboots"]) == ("slow_leak", True, 0)
    assert value["slope_per_min"] == pytest.approx(-4112, rel=0.05)


def test_a_real_debug_heap_console_is_recognised(
    tmp_path: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = (data / "heap-stdout.log").read_text(encoding="utf-8", errors="replace").splitlines()
    board = BoardRecording(ours=False)
    for number, line in enumerate(lines):
        board.raw_line(0.1 * number, line)
    value = judged(capsys, board.write(tmp_path), "--window", "1h")
    assert value["debug_heap"] == "ON"
    assert value["samples"] > 100
    assert value["memory_lines"] == 0


def test_the_readings_of_firmware_issue_2358_are_a_leak(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """119,340 bytes at uptime 139 s, falling by 324 bytes each 60 s."""
    board = BoardRecording(ours=False, boot=-139.0)
    for number in range(60):
        board.local_stats(60.0 * number, 119_340 - 324 * number)
    value = judged(capsys, board.write(tmp_path), "--window", "1h", "--at", str(START + 3_541.0))
    assert (value["verdict"], value["leak"], value["reboots"]) == ("slow_leak", True, 0)
    assert value["slope_per_min"] == pytest.approx(-324, rel=0.02)
    assert value["minutes_left"] == pytest.approx((119_340 - 324 * 59) / 324, rel=0.05)
