# SPDX-License-Identifier: GPL-3.0-only
"""Exports and questions that are refused."""

from __future__ import annotations

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
