# SPDX-License-Identifier: GPL-3.0-only
"""Exports and questions that are refused."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest

from mtleak_gui.storage.query_answers import QueryError
from mtleak_gui.storage.recording_reader import RecordingReader
from tests.storage.peer_queries import NOW, heap_row, log_row, our_folder, stored

LOGS = [log_row(NOW - 100 + number, f"line {number} é") for number in range(100)]
HEAP = [heap_row(NOW - 100 + number, number + 1) for number in range(100)]


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    folder = our_folder(tmp_path / "recording", "logs", [LOGS[:40], LOGS[40:70], LOGS[70:]])
    return our_folder(folder, "telemetry", [HEAP[:50], HEAP[50:]])


def test_rows_are_copied_byte_for_byte_and_counted(recording: Path, tmp_path: Path) -> None:
    live = recording / "logs.jsonl"
    live.write_bytes(live.read_bytes()[:-1])  # without the last newline
    answer = RecordingReader(recording, clock=lambda: NOW).export("-60s", "-1s", tmp_path / "to" / "here")
    assert dict(answer.counts) == {"logs": 60, "telemetry": 60}
    assert (tmp_path / "to" / "here" / "logs.jsonl").read_bytes() == stored(LOGS[40:])
    assert (tmp_path / "to" / "here" / "telemetry.jsonl").read_bytes() == stored(HEAP[40:])
    again = RecordingReader(tmp_path / "to" / "here", clock=lambda: NOW)
    assert again.logs_window("-1h").rows == tuple(LOGS[40:])


def test_lines_that_are_no_rows_are_not_exported(recording: Path, tmp_path: Path) -> None:
    (recording / "logs.jsonl").write_bytes(b"junk\n" + stored(LOGS[70:]))
    answer = RecordingReader(recording, clock=lambda: NOW).export("-1h", "now", tmp_path / "x", streams=["logs"])
    assert (tmp_path / "x" / "logs.jsonl").read_bytes() == stored(LOGS)
    assert not (tmp_path / "x" / "telemetry.jsonl").exists()
    assert answer.report.bad_rows == 1


def test_nothing_is_written_over(recording: Path, tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "logs.jsonl").write_text("precious")
    with pytest.raises(QueryError, match=r"holds logs\.jsonl already"):
        RecordingReader(recording, clock=lambda: NOW).export("-1h", "now", tmp_path / "x")
    assert (tmp_path / "x" / "logs.jsonl").read_text() == "precious"
    assert not (tmp_path / "x" / "telemetry.jsonl").exists()
    with pytest.raises(QueryError, match="cannot be made"):
        RecordingReader(recording, clock=lambda: NOW).export("-1h", "now", tmp_path / "x" / "logs.jsonl")


@pytest.mark.parametrize(
    ("question", "options", "sentence"),
    [
        ("logs_window", {"grep": "(oops"}, "grep '(oops' is no regular expression that can be used (missing )"),
        ("logs_window", {"grep": "a{99999999999}"}, "is no regular expression that can be used"),
        ("logs_window", {"start": "whenever"}, "'whenever' is not a time that can be used: a time is epoch seconds"),
        (
            "logs_window",
            {"start": "-1h", "end": "-2h"},
            "the window starts ('-1h', 2026-05-07T13:30:00Z) after",
        ),
        ("logs_window", {"max_lines": -1}, "max_lines -1 is no number of rows that can be used"),
        ("packets_window", {"max_rows": True}, "max_rows True is no number"),
        ("events_window", {"end": float("nan")}, "nan is not a time that can be used"),
        (
            "export",
            {"start": 1, "end": 2, "folder": Path("x"), "streams": ["log"]},
            "stream 'log' is not one",
        ),
    ],
)
def test_a_question_that_cannot_be_answered_is_refused_in_words(
    recording: Path, question: str, options: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(sentence)):
        getattr(RecordingReader(recording, clock=lambda: NOW), question)(**options)


def test_a_folder_without_a_recording_is_refused(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="there is no folder"):
        RecordingReader(tmp_path / "nowhere")
    with pytest.raises(QueryError, match="holds no recording"):
        RecordingReader(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(QueryError, match="there is no folder"):
        RecordingReader(tmp_path / "file")


def test_status_and_the_latest_row(recording: Path) -> None:
    reader = RecordingReader(recording, clock=lambda: NOW)
    logs = reader.status().streams[0]
    assert (logs.rows, logs.archives, logs.first_ts, logs.last_ts) == (100, 2, NOW - 100, NOW - 1)
    assert logs.bytes == sum(path.stat().st_size for path in recording.glob("logs*.jsonl*"))
    assert reader.latest_ts() == NOW - 1
    assert reader.logs_window("latest-9s", "latest").total_matched == 10


def _exported(folder: Path, target: Path, stream: str, **options: bool) -> list[dict[str, Any]]:
    RecordingReader(folder, clock=lambda: NOW).export("-1h", "now", target, streams=[stream], **options)
    return [json.loads(line) for line in (target / f"{stream}.jsonl").read_bytes().splitlines()]


def test_positions_and_keys_are_left_out_of_the_copies_and_counted(tmp_path: Path) -> None:
    secret = log_row(NOW - 3, "Expected session key: 01 02 03 04 05 06 07 08")
    rows = [log_row(NOW - 9, "first"), log_row(NOW - 5, "POSITION lat=521234567 lon=21"), secret]
    ports = ["POSITION_APP", 3, "TELEMETRY_APP", "ADMIN_APP"]
    packets = [{"ts": NOW - 9 + n, "portnum": port, "payload_hex_prefix": "0dff"} for n, port in enumerate(ports)]
    folder = our_folder(our_folder(tmp_path / "recording", "logs", [rows]), "packets", [packets])
    answer = RecordingReader(folder, clock=lambda: NOW).export("-1h", "now", tmp_path / "all")
    assert (dict(answer.counts), answer.scrubbed) == ({"logs": 3, "packets": 4}, 5)
    logs = _exported(folder, tmp_path / "logs", "logs")
    gone = "[position removed]"
    lines = ["first", f"POSITION lat={gone} lon={gone}", "Expected session key: [hidden]"]
    assert [row["line"] for row in logs] == lines
    assert [{**row, "line": None} for row in logs] == [{**row, "line": None} for row in rows]
    given = _exported(folder, tmp_path / "packets", "packets")
    assert [row["payload_hex_prefix"] for row in given] == [None, None, "0dff", None]


def test_positions_stay_when_they_are_asked_for_and_keys_do_not(tmp_path: Path) -> None:
    rows = [log_row(NOW - 5, "lat=521234567"), log_row(NOW - 3, "passkey 123456")]
    packets = [{"ts": NOW - 9, "portnum": port, "payload_hex_prefix": "0dff"} for port in ("POSITION_APP", "ADMIN_APP")]
    folder = our_folder(our_folder(tmp_path / "recording", "logs", [rows]), "packets", [packets])
    logs = _exported(folder, tmp_path / "logs", "logs", keep_positions=True)
    assert [row["line"] for row in logs] == ["lat=521234567", "passkey [hidden]"]
    given = _exported(folder, tmp_path / "packets", "packets", keep_positions=True)
    assert [row["payload_hex_prefix"] for row in given] == ["0dff", None]


def test_rows_of_other_programs_stay_json_whatever_they_hold(tmp_path: Path) -> None:
    data = {
        "lat": 52.5e1,
        "lon": -3,
        "pair": [52.12345, 21.12345],
        "huge": 10**30,
        "nan": float("nan"),
        "key": "k\ud800",
    }
    events = [{"ts": NOW - 9, "kind": "seen", "data": data, "note": "at 52.12345, 21.12345"}]
    folder = our_folder(tmp_path / "recording", "events", [events])
    [given] = _exported(folder, tmp_path / "events", "events")
    assert given["note"] == "at [position removed]"
    assert math.isnan(given["data"].pop("nan"))
    kept = {name: value for name, value in data.items() if name != "nan"}
    assert given["data"] == {**kept, "lat": None, "lon": None}
