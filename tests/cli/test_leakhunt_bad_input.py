# SPDX-License-Identifier: GPL-3.0-only
"""Recordings that hold nothing, too little, or nonsense: a clear answer each, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mtleak_gui.cli.commands import run_command
from mtleak_gui.storage.folder_adoption import write_marker
from tests.storage import boards
from tests.storage.board_recording import PORT, START, BoardRecording

HUGE = 10**400


def judged(capsys: pytest.CaptureFixture[str], folder: Path, *options: str) -> dict[str, Any]:
    assert run_command(["leakhunt", str(folder), "--format", "json", "--window", "6h", *options]) == 0
    value: dict[str, Any] = json.loads(capsys.readouterr().out)
    return value


def insufficient(capsys: pytest.CaptureFixture[str], folder: Path, *options: str) -> str:
    value = judged(capsys, folder, *options)
    assert (value["verdict"], value["leak"]) == ("insufficient_data", None)
    return str(value["reason"])


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert run_command(["leakhunt", *arguments]) == 2
    error = capsys.readouterr().err
    assert "Traceback" not in error
    return error


def test_a_folder_that_is_none_or_holds_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "no folder" in refusal(capsys, str(tmp_path / "nowhere"))
    assert "holds no recording" in refusal(capsys, str(tmp_path))


def test_a_recording_without_a_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_marker(tmp_path, START, demo=False)
    assert "0 of 5 samples" in insufficient(capsys, tmp_path) or "silent" in insufficient(capsys, tmp_path)


@pytest.mark.parametrize("ours", [True, False], ids=["ours", "peer"])
def test_one_row(ours: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board = BoardRecording(ours=ours)
    board.local_stats(60.0, 118_000)
    assert "1 of 5 samples, 4 more needed" in insufficient(capsys, board.write(tmp_path))


def test_all_rows_at_one_time(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board = BoardRecording(ours=False)
    for number in range(40):
        board.local_stats(60.0, 118_000 - number)
    assert "bear one time" in insufficient(capsys, board.write(tmp_path))


def test_a_clock_that_went_back_does_not_make_a_leak(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board = boards.steady(ours=False)
    late = BoardRecording(ours=False, boot=-200_000.0 - 21_600.0 + 1_800.0)
    for at in boards.MINUTES[:60]:
        late.local_stats(at + 19_800.0, 118_000)
    whole = board.write(tmp_path / "first") / "telemetry.jsonl"
    after = late.write(tmp_path / "second") / "telemetry.jsonl"
    whole.write_bytes(whole.read_bytes() + after.read_bytes())
    value = judged(capsys, tmp_path / "first")
    assert (value["verdict"], value["reboots"], value["leak"]) == ("steady", 0, False)


@pytest.mark.parametrize("value", ["118000", True, None, [1], {"a": 1}, HUGE, -5, 0, 4_294_967_295])
def test_values_that_are_no_samples_are_left_out(
    value: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board = boards.steady(ours=False)
    for at in boards.MINUTES[::3]:
        board.telemetry(at + 5, "local", {"heapFreeBytes": value})
    told = judged(capsys, board.write(tmp_path))
    assert (told["verdict"], told["samples"]) == ("steady", 360)


def test_rows_with_nan_and_rows_that_are_none_are_read_around(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = boards.steady(ours=False).write(tmp_path)
    odd = [
        '{"ts":NaN,"port":"/dev/ttyUSB0","variant":"local","fields":{"heapFreeBytes":5}}',
        '{"ts":1795000100,"port":"/dev/ttyUSB0","variant":"local","from_node":"!a1b2c3d4","fields":{"heapFreeBytes":NaN}}',
        '{"ts":1e999,"fields":{}}',
        '{"ts":"soon"}',
        "not json",
        "[]",
        '{"ts":1795000100,"port":7,"from_node":[],"variant":{},"fields":[]}',
        '{"ts":1795000100,"port":"/dev/ttyUSB0","variant":"local","fie',
    ]
    for stream in ("telemetry", "logs", "events", "packets"):
        with (folder / f"{stream}.jsonl").open("a", encoding="utf-8") as file:
            file.write("\n".join(odd))
    told = judged(capsys, folder)
    assert (told["verdict"], told["samples"]) == ("steady", 360)


def test_a_log_row_with_odd_keys_still_tells_of_memory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board = boards.steady(ours=False)
    line = "ERROR | 12:34:56 9000 [Router] std::bad_alloc"
    odd = {"ts": START + 21_000.0, "port": PORT, "line": line, "uptime_s": "nine", "heap_event": 4, "level": []}
    board.row("logs", odd)
    assert judged(capsys, board.write(tmp_path))["verdict"] == "oom_imminent"


def test_a_platform_that_reports_no_heap_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board = BoardRecording(ours=False)
    for at in boards.MINUTES:
        board.local_stats(at, None)
    assert "not reported by this platform" in insufficient(capsys, board.write(tmp_path))


def test_a_window_longer_than_the_recording_judges_what_is_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = judged(capsys, boards.slow_leak().write(tmp_path), "--window", "30d")
    assert (told["verdict"], told["samples"]) == ("slow_leak", 360)


def test_a_window_with_too_few_samples_offers_one_that_holds_enough(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board = BoardRecording(ours=False)
    for number in range(24):
        board.local_stats(900.0 * number, 118_000)
    assert "window=1h holds enough" in insufficient(capsys, board.write(tmp_path), "--window", "30m")


@pytest.mark.parametrize("words", ["0", "0h", "-0m", "six", "1h/6h", "", "tomorrow"])
def test_a_window_that_is_none_is_named(words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(boards.steady().write(tmp_path))
    told = refusal(capsys, folder, f"--window={words}")
    assert all(repr(word) in told for word in words.split("/"))


def test_an_unknown_field_is_named_with_what_there_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(boards.with_neighbour().write(tmp_path))
    error = refusal(capsys, folder, "--field", "warp_factor")
    assert "'warp_factor'" in error
    assert "heapFreeBytes" in error
    assert "batteryLevel" in error


def test_a_chat_that_speaks_of_memory_is_no_memory_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    board = boards.steady(ours=False)
    board.line(9_000.0, "Received text msg from=0x1, id=0x2, msg=I am out of memory, bad_alloc, panic")
    assert judged(capsys, board.write(tmp_path))["verdict"] == "steady"
