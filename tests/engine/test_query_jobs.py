# SPDX-License-Identifier: GPL-3.0-only
"""What the window asks of recordings, asked of the query process: a demo's past, loaded, searched, judged, copied."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mtleak_gui.core.leakhunt.question import Question
from mtleak_gui.core.leakhunt.verdict import Headline
from mtleak_gui.core.log_columns import LogColumns
from mtleak_gui.core.markers import pair_ranges
from mtleak_gui.core.past import Past
from mtleak_gui.core.series_key import FREE_HEAP
from mtleak_gui.engine.demo_jobs import DemoMade, MakeDemoJob
from mtleak_gui.engine.query_jobs import (
    ExportJob,
    Judged,
    JudgeJob,
    LoadPastJob,
    OlderLogsJob,
    RecordingStatusJob,
    RowsJob,
)
from mtleak_gui.engine.query_messages import Job
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.storage.query_answers import ExportAnswer, RowsAnswer, StatusAnswer
from mtleak_gui.storage.recording import Recording

_WAIT_MS = 30_000
_UNTIL = 1_795_000_000.0
_PORT = "demo:leak-threads"


class Desk:
    """A runner to which a test puts one question after the other."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._asker = QObject()
        self.runner = QueryRunner()

    def answer(self, job: Job[object]) -> object:
        """Return the answer."""
        with self._qtbot.waitSignal(self.runner.ask(job, self._asker).done, timeout=_WAIT_MS) as told:
            pass
        assert told.args is not None
        return told.args[0]

    def refusal(self, job: Job[object]) -> str:
        """Return why there is no answer."""
        with self._qtbot.waitSignal(self.runner.ask(job, self._asker).failed, timeout=_WAIT_MS) as told:
            pass
        assert told.args is not None
        return str(told.args[0])


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    """Return a desk whose process is ended afterwards."""
    desk = Desk(qtbot)
    yield desk
    assert desk.runner.stop()


@pytest.fixture
def demo(desk: Desk, tmp_path: Path) -> Path:
    """Return the recording of two demo hours, made by the query process."""
    made = desk.answer(MakeDemoJob(tmp_path / "demo", "leak-threads", 2.0, 3, _UNTIL, port=_PORT))
    assert made == DemoMade(tmp_path / "demo", _UNTIL - 7_200.0, 3, _UNTIL)
    return tmp_path / "demo"


def test_a_demo_has_a_past_that_can_be_shown_and_judged(desk: Desk, demo: Path) -> None:
    past = desk.answer(LoadPastJob(demo))
    assert isinstance(past, Past)
    assert past.demo
    assert (past.first_ts, past.last_ts) == (_UNTIL - 7_200.0, _UNTIL)
    (port,) = past.ports
    assert (port.port, port.role) == (_PORT, "demo")
    assert port.device is not None
    assert port.device.environment == "tbeam"
    heap = port.series[FREE_HEAP]
    assert len(heap.ts) > 1_000
    assert heap.value[0] - heap.value[-1] > 15_000
    assert [mark.label for mark in past.marks] == ["note", "mqtt-start", "mqtt-end"]
    assert [ranged.name for ranged in pair_ranges(past.marks)] == ["mqtt"]
    assert port.thread_deltas
    judged = desk.answer(JudgeJob(demo, Question("2h", port=_PORT)))
    assert isinstance(judged, Judged)
    assert judged.verdict.headline is Headline.SLOW_LEAK
    assert judged.verdict.measures.suspect is not None
    assert len(judged.verdict.facts.evidence.samples.ts) > 1_000
    assert judged.took_s > 0


def test_log_rows_that_are_not_loaded_come_piece_by_piece_each_once(desk: Desk, demo: Path) -> None:
    whole = desk.answer(LoadPastJob(demo))
    newest = desk.answer(LoadPastJob(demo, 1_000))
    assert isinstance(whole, Past)
    assert isinstance(newest, Past)
    assert len(newest.logs) == 1_000
    assert newest.older_logs == len(whole.logs) - 1_000
    texts = _texts(newest.logs)
    first, held = _start(newest.logs)
    while len(texts) < len(whole.logs):
        older = desk.answer(OlderLogsJob(demo, first, 2_500, held))
        assert isinstance(older, LogColumns)
        assert 0 < len(older) <= 2_500
        texts = _texts(older) + texts
        first, held = _start(older)
    assert texts == _texts(whole.logs)
    none = desk.answer(OlderLogsJob(demo, first, 2_500, held))
    assert isinstance(none, LogColumns)
    assert len(none) == 0


def test_rows_of_a_window_are_found(desk: Desk, demo: Path) -> None:
    found = desk.answer(RowsJob(demo, "logs", _UNTIL - 3_600, _UNTIL, {"grep": "leaked heap"}, 10))
    assert isinstance(found, RowsAnswer)
    assert len(found.rows) == 10
    assert all("leaked heap" in str(row["line"]) for row in found.rows)
    packets = desk.answer(RowsJob(demo, "packets", _UNTIL - 3_600, _UNTIL, {"portnum": "TELEMETRY_APP"}))
    assert isinstance(packets, RowsAnswer)
    assert packets.rows
    events = desk.answer(RowsJob(demo, "events", _UNTIL - 7_200, _UNTIL, {"kind": "mark"}))
    assert isinstance(events, RowsAnswer)
    assert len(events.rows) == 3


def test_a_window_is_copied_into_a_folder(desk: Desk, demo: Path, tmp_path: Path) -> None:
    made = desk.answer(ExportJob(demo, _UNTIL - 600, _UNTIL, tmp_path / "out", ("logs", "events")))
    assert isinstance(made, ExportAnswer)
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["events.jsonl", "logs.jsonl"]
    assert dict(made.counts)["logs"] == len((tmp_path / "out" / "logs.jsonl").read_bytes().splitlines())
    again = desk.refusal(ExportJob(demo, _UNTIL - 600, _UNTIL, tmp_path / "out"))
    assert "nothing is written over" in again


def test_a_recording_tells_how_much_it_holds(desk: Desk, demo: Path) -> None:
    status = desk.answer(RecordingStatusJob(demo))
    assert isinstance(status, StatusAnswer)
    assert status.ours
    assert {stream.stream: stream.rows > 0 for stream in status.streams} == dict.fromkeys(
        ("logs", "telemetry", "packets", "events"), True
    )


def test_questions_without_an_answer_are_refused_with_a_sentence(desk: Desk, demo: Path, tmp_path: Path) -> None:
    assert "there is no folder" in desk.refusal(LoadPastJob(tmp_path / "none"))
    assert "scenario" in desk.refusal(MakeDemoJob(tmp_path / "x", "no-such-board"))
    assert "it has demo:leak-threads" in desk.refusal(JudgeJob(demo, Question(port="COM9")))
    assert "not a time" in desk.refusal(JudgeJob(demo, Question("whenever")))
    with_writer = Recording.open(tmp_path / "taken")
    assert "taken" in desk.refusal(MakeDemoJob(tmp_path / "taken", "steady", 0.1))
    with_writer.close()


def _texts(logs: LogColumns) -> list[bytes]:
    return [logs.text[start:end] for start, end in zip(logs.offsets[:-1], logs.offsets[1:], strict=True)]


def _start(logs: LogColumns) -> tuple[float, int]:
    """Return the time of the first row, and how many rows bear it."""
    first = float(logs.ts[0])
    return first, int(np.count_nonzero(logs.ts == first))
