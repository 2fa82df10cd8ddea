# SPDX-License-Identifier: GPL-3.0-only
"""The recorder writes everything, hands it to a receiver at the receiver's pace, and always ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.records import Batch, RawLine, RawMark
from mtleak_gui.engine.inbox import Inbox
from mtleak_gui.engine.recorder_thread import RecorderThread
from mtleak_gui.engine.row_maker import RowMaker
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.system_clock import SystemClock
from tests.engine.recorded_rows import events, rows


class Bench:
    """A recorder at work in a folder."""

    def __init__(self, folder: Path, limit: int = 1_000_000) -> None:
        self.folder = folder
        self.inbox = Inbox(limit)
        self.recorder = RecorderThread(self.inbox, RowMaker(), SystemClock())
        self.recording = Recording.open(folder, on_trouble=self.recorder.tell_trouble)
        self.recording.start()

    def put(self, *texts: str) -> None:
        for text in texts:
            self.inbox.put(RawLine(SystemClock().wall(), "p", "serial", text))

    def lines(self) -> list[str]:
        return [row["line"] for row in rows(self.folder, "logs")]

    def close(self) -> None:
        assert self.recorder.stop()
        self.recording.close()


@pytest.fixture
def bench(tmp_path: Path, qapp: object) -> Iterator[Bench]:
    bench = Bench(tmp_path / "recording")
    yield bench
    bench.close()


def test_a_line_is_in_the_file_before_it_is_shown(bench: Bench, qtbot: QtBot) -> None:
    bench.recorder.begin(bench.recording)
    with qtbot.waitSignal(bench.recorder.batch_ready) as shown:
        bench.put("one", "two")
    assert bench.lines() == ["one", "two"]
    [batch] = shown.args
    assert [heard.heard.text for heard in batch.lines] == ["one", "two"]


def test_what_waits_at_the_stop_is_written(bench: Bench) -> None:
    bench.put(*[str(number) for number in range(20_000)])
    bench.recorder.begin(bench.recording)
    assert bench.recorder.stop()
    assert bench.lines() == [str(number) for number in range(20_000)]


def test_a_receiver_that_gives_no_credit_gets_no_more_but_the_file_does(bench: Bench, qtbot: QtBot) -> None:
    batches: list[Batch] = []
    bench.recorder.batch_ready.connect(batches.append)
    bench.recorder.begin(bench.recording)
    bench.put("first")
    qtbot.waitUntil(lambda: len(batches) == 1)
    bench.put("second")
    qtbot.waitUntil(lambda: bench.lines() == ["first", "second"])
    bench.put("third")
    qtbot.waitUntil(lambda: bench.lines() == ["first", "second", "third"])
    assert len(batches) == 1
    bench.recorder.give_credit()
    qtbot.waitUntil(lambda: len(batches) == 2)
    assert [heard.heard.text for heard in batches[1].lines] == ["second", "third"]


def test_a_mark_takes_the_same_road_as_lines(bench: Bench, qtbot: QtBot) -> None:
    bench.recorder.begin(bench.recording)
    with qtbot.waitSignal(bench.recorder.batch_ready) as shown:
        bench.inbox.put(RawMark(SystemClock().wall(), "hot", "sun on the box"))
    assert [mark.label for mark in shown.args[0].marks] == ["hot"]
    assert [event["note"] for event in events(bench.folder, "mark")] == ["sun on the box"]
    assert bench.lines() == ["[mark] hot — sun on the box"]


def test_a_mark_while_paused_is_refused_in_a_sentence(bench: Bench, qtbot: QtBot) -> None:
    bench.recorder.begin(bench.recording)
    bench.recording.pause("lunch")
    with qtbot.waitSignal(bench.recorder.told) as told:
        bench.inbox.put(RawMark(SystemClock().wall(), "hot"))
    [notice] = told.args
    assert "“hot” was not marked: the recorder is paused." in notice.text
    assert notice.action == "resume_and_mark"


def test_what_the_inbox_had_to_drop_is_told_in_the_recording(tmp_path: Path, qapp: object) -> None:
    bench = Bench(tmp_path / "recording", limit=10)
    bench.put(*[str(number) for number in range(25)])
    bench.recorder.begin(bench.recording)
    bench.close()
    [dropped] = events(bench.folder, "dropped")
    assert dropped["data"] == {"items": 15}
