# SPDX-License-Identifier: GPL-3.0-only
"""``mtleak-gui query``: one ASCII JSON object on the output, exit code 2 and a sentence for what cannot be answered."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from mtleak_gui.cli.commands import run_command
from tests.storage.peer_queries import heap_row, log_row, our_folder


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    now = time.time()
    rows = [log_row(now - 600 + n, f"größe {n}", level="ERROR" if n % 2 else "INFO") for n in range(100)]
    folder = our_folder(tmp_path / "recording", "logs", [rows[:50], rows[50:]])
    our_folder(folder, "telemetry", [[heap_row(now - 600 + n * 60, 9000 - n) for n in range(10)]])
    packets = [{"ts": now - 30 + n, "port": "p", "from_node": "!00000001", "portnum": "A_APP"} for n in range(9)]
    our_folder(folder, "packets", [packets])
    return our_folder(folder, "events", [[{"ts": now - 5, "kind": "mark", "label": "x"}]])


def asked(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, Any]:
    assert run_command(["query", *map(str, words)]) == 0
    printed = capsys.readouterr().out
    assert printed.isascii()
    answer: dict[str, Any] = json.loads(printed)
    return answer


def refused(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    try:
        code = run_command(["query", *map(str, words)])
    except SystemExit as leaving:  # argparse leaves by itself
        code = int(str(leaving.code))
    assert code == 2
    return capsys.readouterr().err


def test_log_lines(recording: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(
        capsys, recording, "logs", "--start", "-15m", "--grep", "größe .5", "--level", "ERROR|CRIT", "--max", 2
    )
    assert [row["line"] for row in answer["lines"]] == ["größe 85", "größe 95"]
    assert (answer["total_matched"], answer["dropped"], answer["bad_rows"]) == (9, 7, 0)
    assert asked(capsys, recording, "logs", "--start", "-1h 30m", "--tag", "Router", "--port", "x")["lines"] == []


def test_a_heap_timeline(recording: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, recording, "telemetry", "--window", "30m", "--points", 3, "--node", "any", "--pretty")
    assert (answer["samples"], answer["min"], answer["max"]) == (10, 8991, 9000)
    assert answer["slope_per_min"] == pytest.approx(-1)
    assert asked(capsys, recording, "telemetry", "--start", "-1h", "--end", "-90")["samples"] == 9


def test_packets_events_and_status(recording: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = asked(capsys, recording, "packets", "--from", "!00000001", "--portnum", "A_APP|B_APP", "--max", 0)
    assert (answer["packets"], answer["total_matched"]) == ([], 9)
    assert asked(capsys, recording, "events", "--kind", "mark")["events"][0]["label"] == "x"
    assert asked(capsys, recording, "status")["streams"]["logs"]["rows"] == 100


def test_an_export(recording: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = (recording, "export", "--start", "-1h", "--to", tmp_path / "out", "--streams", "logs,events")
    assert asked(capsys, *words)["counts"] == {"logs": 100, "events": 1}
    assert "holds logs.jsonl, events.jsonl already" in refused(capsys, *words)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["logs", "--grep", "("], "grep '(' is no regular expression"),
        (["logs", "--start", "-5x"], "'-5x' is not a time that can be used"),
        (["logs", "--start", "now", "--end", "-1h"], "after it ends"),
        (["logs", "--max", "-1"], "'-1' is no number that can be used: give a whole number from 0 on"),
        (["telemetry", "--field", "heep"], "field 'heep' is not among the local telemetry: there is local: heap_free"),
        (["telemetry", "--window", "1h", "--start", "-2h"], "--window '1h' and --start or --end cannot be given"),
        (["telemetry", "--end", "-2h"], "--end '-2h' needs --start"),
        (["telemetry", "--points", "x"], "'x' is no number that can be used"),
        (["export", "--to", "/dev/null/x"], "cannot be made"),
        (["export", "--to", "out", "--streams", "logs,nothing"], "stream 'nothing' is not one"),
        (
            ["export", "--to", "out", "--streams", ""],
            "stream '' is not one: there are logs, telemetry, packets, events",
        ),
        (["guess"], "invalid choice: 'guess'"),
    ],
)
def test_bad_questions(recording: Path, capsys: pytest.CaptureFixture[str], words: list[str], sentence: str) -> None:
    assert sentence in refused(capsys, recording, *words)


def test_a_missing_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "there is no folder" in refused(capsys, tmp_path / "nowhere", "logs")
    assert "holds no recording" in refused(capsys, tmp_path, "logs")


def test_it_starts_without_qt_or_the_meshtastic_package(recording: Path) -> None:
    program = (
        "import sys; from mtleak_gui.cli.commands import run_command; run_command(sys.argv[1:]);"
        "sys.exit(any(name in sys.modules for name in ('PySide6', 'meshtastic', 'pyqtgraph')))"
    )
    words = [sys.executable, "-c", program, "query", str(recording), "telemetry"]
    assert subprocess.run(words, check=False, capture_output=True).returncode == 0


def test_a_pattern_that_searches_for_years_is_cut_off_with_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mtleak_gui.cli.query_command.LIMIT_S", 3.0)
    folder = our_folder(tmp_path / "recording", "logs", [[log_row(time.time() - 5, "a" * 10_000 + "!")]])
    told = refused(capsys, folder, "logs", "--grep", "(a+)+$")
    assert "cut off after 3 s" in told
    assert "fewer repeats" in told


def test_a_pattern_with_repeats_is_answered_and_refused_like_any_other(
    recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert asked(capsys, recording, "logs", "--grep", "e +9[0-9]*$")["total_matched"] == 11
    assert "no regular expression" in refused(capsys, recording, "logs", "--grep", "(a+")
