# SPDX-License-Identifier: GPL-3.0-only
"""``mtleak-gui record`` and ``demo watch`` as a user runs them: processes, signals, exit codes, folders."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from mtleak_gui.cli.commands import run_command
from mtleak_gui.core.end_signals import end_signals
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.demo.tcp_port import serve_tcp
from mtleak_gui.demo.virtual_board import VirtualBoard
from mtleak_gui.storage.recording import Recording

WAIT_S = 30


def start(*arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "mtleak_gui", *arguments]
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, stdin=subprocess.DEVNULL
    )


def run(*arguments: str) -> tuple[int, str, str]:
    with start(*arguments) as process:
        out, err = process.communicate(timeout=WAIT_S)
    return process.returncode, out, err


@contextmanager
def running(*arguments: str, until: str) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Run until a line of the output holds ``until``; the lines so far come with the process."""
    with start(*arguments) as process:
        assert process.stdout is not None
        lines = []
        for line in process.stdout:
            lines.append(line)
            if until in line:
                break
        try:
            yield process, lines
        finally:
            process.kill()


def rows(folder: Path, stream: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / f"{stream}.jsonl").read_text(encoding="ascii").splitlines()]


def test_a_virtual_board_is_recorded_until_the_time_is_over(tmp_path: Path) -> None:
    folder = tmp_path / "recording"
    code, out, err = run("record", "--connect", "demo:slow-leak@600", "--recording", str(folder), "--for", "2s")
    assert (code, err) == (0, "")
    assert f"Recorded into {folder}" in out
    logs, events = rows(folder, "logs"), rows(folder, "events")
    assert f"logs.jsonl: {len(logs):,} rows" in out
    assert {row["role"] for row in logs} == {"demo"}
    assert {row["port"] for row in logs} == {"demo:slow-leak"}
    assert rows(folder, "packets")
    kinds = [event["kind"] for event in events if event["kind"] != "node_updated"]
    assert kinds[0] == "recorder_start"
    assert kinds[1:3] == ["connection_established", "device_info"]
    assert kinds[-2:] == ["connection_lost", "recorder_stop"]
    # Two seconds of the host are twenty minutes of the board, and the recording lives in the board's time.
    assert events[-1]["ts"] - events[0]["ts"] > 300
    assert json.loads((folder / "recording.json").read_text())["demo"] is True


def test_a_console_is_recorded_without_a_word_sent(tmp_path: Path) -> None:
    folder = tmp_path / "recording"
    arguments = ("--connect", "demo:steady", "--console", "--speed", "600", "--recording", str(folder), "--for", "1.5s")
    code, _, err = run("record", *arguments)
    assert (code, err) == (0, "")
    assert {row["role"] for row in rows(folder, "logs")} == {"serial_session"}
    assert rows(folder, "packets") == []


def test_a_board_behind_a_socket_is_recorded_like_one_on_a_serial_port(tmp_path: Path) -> None:
    board = VirtualBoard(scenario_named("leak-threads"), clock=BoardClock(60), debug_log_api=True)
    with serve_tcp(board, serial_side=True) as (host, tcp_port):
        address = f"serial:socket://{host}:{tcp_port}"
        code, _, err = run("record", "--connect", address, "--recording", str(tmp_path), "--for", "2s")
    assert (code, err) == (0, "")
    records = [row for row in rows(tmp_path, "logs") if "device_time" in row]
    assert {row["port"] for row in records} == {f"socket://{host}:{tcp_port}"}
    assert any("heap_event" in row for row in records)


@pytest.mark.parametrize("number", end_signals())
def test_a_signal_ends_it_clean(tmp_path: Path, number: signal.Signals) -> None:
    folder = tmp_path / "recording"
    with running("record", "--connect", "demo:steady", "--recording", str(folder), until=" live ") as (process, _):
        process.send_signal(number)
        out, err = process.communicate(timeout=WAIT_S)
    assert (process.returncode, err) == (0, "")
    assert f"Recorded into {folder}" in out
    assert rows(folder, "events")[-1]["kind"] == "recorder_stop"


def test_a_reader_of_the_output_that_goes_away_does_not_end_the_recording(tmp_path: Path) -> None:
    arguments = ("--connect", "demo:steady@600", "--recording", str(tmp_path))
    with running("record", *arguments, until="Recording into") as (process, _):
        assert process.stdout is not None
        process.stdout.close()
        time.sleep(6)  # longer than it rests between two lines for a pipe
        heard = len(rows(tmp_path, "logs"))
        time.sleep(1)
        assert process.poll() is None
        assert len(rows(tmp_path, "logs")) > heard
        process.send_signal(signal.SIGTERM)
        assert process.stderr is not None
        said = process.stderr.read()
        process.wait(WAIT_S)
    assert process.returncode == 0
    assert "Traceback" not in said
    assert "recording goes on" in said
    assert rows(tmp_path, "events")[-1]["kind"] == "recorder_stop"


def test_a_board_that_is_deaf_in_the_handshake_does_not_hold_up_the_end(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp:127.0.0.1:{server.getsockname()[1]}"
        with running("record", "--connect", address, "--recording", str(tmp_path / "r"), until="configuring") as (
            process,
            _,
        ):
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=15)
    assert process.returncode == 1


def test_a_board_that_is_not_there_is_told_and_tried_until_the_time_is_over(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        tcp_port = server.getsockname()[1]
    code, out, _ = run("record", "--connect", f"tcp:127.0.0.1:{tcp_port}", "--recording", str(tmp_path), "--for", "2s")
    assert code == 1
    assert out.count(f"Nothing listens on 127.0.0.1:{tcp_port}") == 1
    assert "logs.jsonl: 0 rows" in out


def test_one_board_of_two_is_enough(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        missing = f"tcp:127.0.0.1:{server.getsockname()[1]}"
    code, out, _ = run(
        "record", "--connect", missing, "--connect", "demo:steady", "--recording", str(tmp_path), "--for", "2s"
    )
    assert code == 0
    assert "Nothing listens" in out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--connect", "usb:1"), "'usb:1' is no address of a board"),
        (("--connect", "demo:nonsense"), "no scenario 'nonsense'"),
        (("--connect", "demo:steady", "--for", "soon"), "--for: 'soon'"),
        (("--connect", "demo:steady", "--for", "0s"), "--for: '0s'"),
        (("--connect", "demo:steady", "--speed", "1000"), "'1000' is no speed"),
        (("--connect", "demo:steady@60", "--connect", "demo:slow-leak@600"), "different speed"),
        (("--connect", "demo:steady@60", "--connect", "tcp:localhost"), "real boards"),
        (("--connect", "tcp:localhost", "--console"), "has no text console"),
    ],
)
def test_bad_input_is_told_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    code = run_command(["record", *arguments, "--recording", str(tmp_path / "r")])
    out, err = capsys.readouterr()
    assert (code, out) == (2, "")
    assert said in err
    assert err.startswith("mtleak-gui: ")
    assert err.count("\n") == 1
    assert not (tmp_path / "r").exists()


def test_a_recording_that_another_writer_has_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recording = Recording.open(tmp_path / "r")
    try:
        code = run_command(["record", "--connect", "demo:steady", "--recording", str(tmp_path / "r")])
    finally:
        recording.close()
    assert code == 2
    assert f"{tmp_path / 'r'} is being written" in capsys.readouterr().err


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    code = run_command(["record", "--connect", "demo:steady", "--recording", str(tmp_path / "file" / "r")])
    assert code == 2
    assert "cannot be recorded into" in capsys.readouterr().err


def test_the_usual_recording_is_taken_when_none_is_named(home: Path) -> None:
    code, out, _ = run("record", "--connect", "demo:steady@600", "--for", "1s")
    assert code == 0
    folder = Path(out.splitlines()[0].removeprefix("Recording into "))
    assert folder.is_relative_to(home)
    assert rows(folder, "events")


def test_the_demo_is_watched_without_any_argument(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    with running("demo", "watch", until=" live ") as (process, lines):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=WAIT_S)
    assert (process.returncode, err) == (0, "")
    folder = Path(lines[0].split(";")[0].removeprefix("Recording into ").strip())
    assert folder.parent == tmp_path
    assert f"Recorded into {folder}" in out
    assert rows(folder, "events")[0]["kind"] == "recorder_start"


def test_a_computer_without_bluetooth_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path / 'nothing'}")
    address = "ble:aa:bb:cc:dd:ee:ff"
    code, out, _ = run("record", "--connect", address, "--recording", str(tmp_path / "r"), "--for", "2s")
    assert code == 1
    assert "ble://AA:BB:CC:DD:EE:FF" in out
    assert "Bluetooth is not available." in out


def test_a_console_over_bluetooth_is_refused(tmp_path: Path) -> None:
    address = "ble:AA:BB:CC:DD:EE:FF"
    code, _, err = run("record", "--connect", address, "--console", "--recording", str(tmp_path / "r"), "--for", "2s")
    assert code == 2
    assert "has no text console" in err
