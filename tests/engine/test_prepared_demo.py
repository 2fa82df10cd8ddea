# SPDX-License-Identifier: GPL-3.0-only
"""A demo whose past was made before anybody asked for it."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import DemoAddress
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.engine.demo_folders import new_demo_folder, remove_leftovers
from mtleak_gui.engine.demo_start import HOURS, LIKELIEST, Demo, DemoStart
from mtleak_gui.engine.query_jobs import RecordingStatusJob
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.storage.recording import Recording
from tests.engine.bench_kit import Watched, benched, board_on_tcp, close
from tests.engine.recorded_rows import events, rows

_FAST = LIKELIEST._replace(speed=600)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give demos a folder for temporary files that only the test knows."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def queries() -> Iterator[QueryRunner]:
    queries = QueryRunner()
    yield queries
    queries.stop()


@pytest.fixture
def watched(tmp_path: Path, temporary: Path, qtbot: QtBot) -> Iterator[Watched]:
    with benched(qtbot, tmp_path) as watched:
        yield watched


def prepared(qtbot: QtBot, temporary: Path) -> Path:
    """Wait until a past lies ready; return its folder."""
    qtbot.waitUntil(lambda: any(_stops(folder) for folder in temporary.iterdir()), timeout=20_000)
    [folder] = temporary.iterdir()
    qtbot.waitUntil(lambda: not (folder / "writer.lock").exists())
    return folder


def _stops(folder: Path) -> bool:
    return (folder / "events.jsonl").exists() and len(events(folder, "recorder_stop")) > 0


def test_a_demo_that_was_prepared_is_shown_and_goes_on(watched: Watched, temporary: Path, qtbot: QtBot) -> None:
    bench = watched.bench
    bench.prepare_demo()
    folder = prepared(qtbot, temporary)
    bench.start_demo()
    qtbot.waitUntil(lambda: len(watched.pasts) == 1, timeout=10_000)
    session = bench.current
    assert session is not None
    qtbot.waitUntil(lambda: session.link.phase == "live", timeout=10_000)
    assert list(temporary.iterdir()) == [bench.folder] == [folder]
    assert len(watched.pasts[0].logs) > 15_000
    qtbot.waitUntil(lambda: session.uptime_now(bench.now()) is not None)
    assert [boot.number for boot in session.boots] == [1]
    assert session.uptime_now(bench.now()) == pytest.approx(bench.now() - session.boots[0].start, abs=90)
    assert watched.notices == []
    close(qtbot, watched)
    assert list(temporary.iterdir()) == []


def test_what_was_said_since_is_added_to_a_prepared_past(temporary: Path, queries: QueryRunner, qtbot: QtBot) -> None:
    start, made = DemoStart(queries), list[Demo]()
    start.made.connect(made.append)
    begun = time.time()
    start.prepare(LIKELIEST, 0.5)
    # The wish comes while it is being made; a minute of that is ten hours of the board's.
    start.make(_FAST, scenario_named(LIKELIEST.scenario), 0.5)
    qtbot.waitUntil(lambda: len(made) == 1, timeout=20_000)
    [demo] = made
    told = [row["ts"] for row in rows(demo.folder, "logs")]
    assert told == sorted(told)
    assert begun - 1_800 <= told[0]
    assert told[-1] > begun + 60
    assert max(later - earlier for earlier, later in pairwise(told)) < 30
    # It was listened to all the time.
    assert len(events(demo.folder, "connection_established")) == 1
    assert list(temporary.iterdir()) == [demo.folder]


def test_a_prepared_past_that_is_gone_is_made_again(
    temporary: Path, queries: QueryRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Nobody has to wait until there is something to add.
    monkeypatch.setattr("mtleak_gui.engine.demo_start.LEAST_GAP_S", 0.0)
    start, made = DemoStart(queries), list[Demo]()
    start.made.connect(made.append)
    start.prepare(LIKELIEST, 0.5)
    folder = prepared(qtbot, temporary)
    (folder / "recording.json").unlink()
    start.make(LIKELIEST, scenario_named(LIKELIEST.scenario), 0.5)
    qtbot.waitUntil(lambda: len(made) == 1, timeout=20_000)
    assert made[0].folder != folder
    assert len(rows(made[0].folder, "logs")) > 1_000


def test_another_question_goes_first(temporary: Path, queries: QueryRunner, qtbot: QtBot) -> None:
    start, left, answers = DemoStart(queries), list[Path](), list[str]()
    start.left_behind.connect(left.append)
    start.prepare(LIKELIEST, HOURS)
    qtbot.waitUntil(lambda: any(temporary.iterdir()), timeout=20_000)
    asked = queries.ask(RecordingStatusJob(temporary), start)
    asked.failed.connect(answers.append)
    qtbot.waitUntil(lambda: len(answers) == 1, timeout=20_000)
    assert len(left) == 1
    assert list(temporary.iterdir()) == []


def test_another_demo_does_not_take_the_past_that_was_prepared(
    temporary: Path, queries: QueryRunner, qtbot: QtBot
) -> None:
    start, left, made = DemoStart(queries), list[Path](), list[Demo]()
    start.left_behind.connect(left.append)
    start.made.connect(made.append)
    start.prepare(LIKELIEST, 0.5)
    folder = prepared(qtbot, temporary)
    start.make(DemoAddress("steady"), scenario_named("steady"), 0.5)
    qtbot.waitUntil(lambda: len(made) == 1, timeout=20_000)
    assert left == [folder]
    assert made[0].folder != folder


def test_a_prepared_past_goes_when_a_board_is_heard(watched: Watched, temporary: Path, qtbot: QtBot) -> None:
    watched.bench.prepare_demo()
    prepared(qtbot, temporary)
    with board_on_tcp() as address:
        watched.bench.connect_board(address)
        qtbot.waitUntil(lambda: not any(temporary.iterdir()), timeout=10_000)
        watched.bench.prepare_demo()
        qtbot.waitUntil(lambda: watched.bench.recorder.running, timeout=10_000)
        assert list(temporary.iterdir()) == []


def test_a_prepared_past_goes_with_the_program(watched: Watched, temporary: Path, qtbot: QtBot) -> None:
    watched.bench.prepare_demo()
    prepared(qtbot, temporary)
    close(qtbot, watched)
    assert list(temporary.iterdir()) == []


def test_only_what_a_crash_left_behind_is_swept_up(temporary: Path) -> None:
    left, fresh, written, foreign = new_demo_folder(), new_demo_folder(), new_demo_folder(), temporary / "else"
    for folder in (left, fresh, foreign):
        folder.mkdir()
        (folder / "logs.jsonl").touch()
    recording = Recording.open(written, demo=True)
    hours_ago = time.time() - 7_200
    for folder in (left, written, foreign):
        os.utime(folder, (hours_ago, hours_ago))
    remove_leftovers(time.time())
    recording.close()
    assert sorted(temporary.iterdir()) == sorted([fresh, written, foreign])
