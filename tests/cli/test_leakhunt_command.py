# SPDX-License-Identifier: GPL-3.0-only
"""``mtleak-gui leakhunt``: every verdict from a folder, ours and the peer's; options, exit codes, saving."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mtleak_gui.cli.commands import run_command
from mtleak_gui.storage.recording_lock import RecordingLock
from tests.storage import boards
from tests.storage.board_recording import NEIGHBOUR, NODE, START, BoardRecording


def judged(capsys: pytest.CaptureFixture[str], folder: Path, *options: str) -> dict[str, Any]:
    code = run_command(["leakhunt", str(folder), "--format", "json", "--window", "6h", *options])
    captured = capsys.readouterr()
    assert code == 0, captured.err
    value: dict[str, Any] = json.loads(captured.out)
    return value


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run_command(["leakhunt", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    return captured.err


@pytest.mark.parametrize("ours", [True, False], ids=["ours", "peer"])
@pytest.mark.parametrize("verdict", list(boards.BOARDS))
def test_each_verdict_comes_out_of_a_folder(
    verdict: str, ours: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = judged(capsys, boards.BOARDS[verdict](ours=ours).write(tmp_path))
    assert value["verdict"] == verdict, value["reason"]
    assert value["leak"] is {"slow_leak": True, "oom_imminent": True, "reboot": True, "insufficient_data": None}.get(
        verdict, False
    )


def test_a_slow_leak_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    value = judged(capsys, boards.slow_leak().write(tmp_path))
    assert value["slope_per_min"] == pytest.approx(-120, rel=0.05)
    assert value["minutes_left"] == pytest.approx((150_000 - 120 * 360) / 120, rel=0.1)
    assert value["samples"] == 360
    assert value["cadence_s"] == pytest.approx(60)


@pytest.mark.parametrize("ours", [True, False], ids=["ours", "peer"])
def test_the_thread_that_leaks_is_named(ours: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    value = judged(capsys, boards.leak_of_router(ours=ours).write(tmp_path))
    assert (value["verdict"], value["suspect"], value["debug_heap"]) == ("slow_leak", "Router", "ON")
    assert value["slope_per_min"] == pytest.approx(-128, rel=0.05)


def test_a_decline_below_the_limit_is_steady_and_said_as_loud(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = judged(capsys, boards.slow_leak(rate=30.0).write(tmp_path))
    assert (value["verdict"], value["leak"]) == ("steady", True)
    assert any("slow decline of" in text for text in value["qualifiers"])


@pytest.mark.parametrize("ours", [True, False], ids=["ours", "peer"])
@pytest.mark.parametrize("told", [True, False], ids=["device_info", "no device_info"])
def test_other_nodes_do_not_bend_the_curve(
    told: bool, ours: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board = boards.with_neighbour(ours=ours)
    if told:
        board.device_info(1.0)
    value = judged(capsys, board.write(tmp_path))
    assert (value["verdict"], value["samples"], value["device"]["node"]) == ("steady", 360, NODE)
    assert any("of other nodes left out" in text for text in value["qualifiers"])
    battery = judged(capsys, tmp_path, "--field", "battery_level", "--variant", "device")
    assert (battery["min"], battery["max"], battery["leak"]) == (95, 95, None)
    other = judged(capsys, tmp_path, "--field", "battery_level", "--variant", "device", "--node", NEIGHBOUR)
    assert (other["min"], other["max"]) == (80, 80)


def test_the_text_is_the_report_and_says_what_to_do_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board = boards.slow_leak()
    board.device_info(1.0, environment="heltec-v3", hardware="HELTEC_V3", firmware="2.8.0.1a2b3c4")
    assert run_command(["leakhunt", str(board.write(tmp_path)), "--window", "-6h"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("/leakhunt window=6h field=free_heap variant=local\n" + "─" * 52 + "\n")
    assert "\nverdict         : SLOW LEAK — " in text
    assert "\nenvironment     : heltec-v3\n" in text
    assert "pio run -e heltec-v3 -t upload --upload-port /dev/ttyUSB0" in text


def test_other_formats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(boards.steady().write(tmp_path))
    assert run_command(["leakhunt", folder, "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith("# Leakhunt: STEADY")
    assert run_command(["leakhunt", folder, "--format", "html"]) == 0
    assert capsys.readouterr().out.startswith("<!DOCTYPE html>")


def test_fail_on_tells_by_the_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(boards.slow_leak().write(tmp_path))
    assert run_command(["leakhunt", folder, "--window", "6h", "--fail-on", "slow-leak,oom-imminent"]) == 1
    assert run_command(["leakhunt", folder, "--window", "6h", "--fail-on", "oom_imminent"]) == 0
    capsys.readouterr()
    assert "'leaky'" in refusal(capsys, folder, "--fail-on", "leaky")


def test_save_puts_the_report_on_the_shelf(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["leakhunt", str(boards.steady().write(tmp_path)), "--save"]) == 0
    place = Path(capsys.readouterr().err.strip().removeprefix("saved in "))
    assert place.is_relative_to(home)
    assert json.loads((place / "report.json").read_text(encoding="utf-8"))["verdict"] == "steady"


def test_the_strict_rules_can_be_chosen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board = boards.steady()
    board.line(9_000.0, "Alloc an err=8,to=0x1a2b3c4d,idFrom=0x1,id=0x2")
    board.write(tmp_path)
    assert judged(capsys, tmp_path)["verdict"] == "steady"
    assert judged(capsys, tmp_path)["routing_naks"] == 1
    strict = judged(capsys, tmp_path, "--rules", "strict")
    assert (strict["verdict"], strict["rules"]) == ("oom_imminent", "strict 1")


def test_at_names_the_windows_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    boards.reboot().write(tmp_path)
    before = judged(capsys, tmp_path, "--window", "2h", "--at", str(START + 10_000.0))
    assert (before["verdict"], before["request"]["end"]) == ("slow_leak", START + 10_000.0)
    assert judged(capsys, tmp_path, "--window", "2h", "--at", "latest")["verdict"] == "slow_leak"
    assert judged(capsys, tmp_path, "--window", "2h", "--at", "now")["verdict"] == "insufficient_data"


def test_a_window_can_lie_between_two_marks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board = boards.steady()
    board.event(3_600.0, "mark", label="burst-start")
    board.event(7_200.0, "mark", label="burst-end")
    board.write(tmp_path)
    value = judged(capsys, tmp_path, "--window", "mark:burst-start/mark:burst-end")
    assert (value["request"]["start"], value["request"]["end"]) == (START + 3_600.0, START + 7_200.0)
    assert "'nowhere'" in refusal(capsys, str(tmp_path), "--window", "mark:nowhere")


def test_while_somebody_records_the_window_ends_now(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    boards.steady().write(tmp_path)
    lock = RecordingLock(tmp_path)
    try:
        value = judged(capsys, tmp_path)
    finally:
        lock.release()
    assert value["verdict"] == "insufficient_data"
    assert judged(capsys, tmp_path)["verdict"] == "steady"


def test_two_ports_have_to_be_told_apart(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board = boards.steady(ours=False)
    board.port = "tcp://192.168.1.40:4403"
    for at in boards.MINUTES:
        board.local_stats(at + 1, int(150_000 - 200 * at / 60), node=NEIGHBOUR)
    board.write(tmp_path)
    message = refusal(capsys, str(tmp_path))
    assert "/dev/ttyUSB0" in message
    assert "tcp://192.168.1.40:4403" in message
    assert judged(capsys, tmp_path, "--port", "/dev/ttyUSB0")["verdict"] == "steady"
    assert judged(capsys, tmp_path, "--port", "tcp://192.168.1.40:4403")["verdict"] == "slow_leak"
    assert "'COM9'" in refusal(capsys, str(tmp_path), "--port", "COM9")


def test_a_board_that_fell_silent_while_another_spoke_is_silent(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board = BoardRecording(ours=False)
    for at in boards.MINUTES[:200]:
        board.local_stats(at, int(150_000 - 200 * at / 60))
    board.port = "COM7"
    for at in boards.MINUTES:
        board.local_stats(at, 118_000, node=NEIGHBOUR)
    value = judged(capsys, board.write(tmp_path), "--port", "/dev/ttyUSB0")
    assert value["verdict"] == "insufficient_data"
    assert "silent" in value["reason"]
