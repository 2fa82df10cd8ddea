# SPDX-License-Identifier: GPL-3.0-only
"""A demo opens on hours that are past, goes on live, and leaves nothing behind."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import DemoAddress
from mtleak_gui.engine.session import Session
from tests.engine.bench_kit import Watched, benched, board_on_tcp, close
from tests.engine.recorded_rows import events

HOUR = 3_600.0


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give demos a folder for temporary files that only the test knows."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def watched(tmp_path: Path, temporary: Path, qtbot: QtBot) -> Iterator[Watched]:
    with benched(qtbot, tmp_path) as watched:
        yield watched


def shown(qtbot: QtBot, watched: Watched, pasts: int = 1) -> Session:
    """Wait until a demo is there; return its session."""
    bench = watched.bench
    qtbot.waitUntil(lambda: len(watched.pasts) == pasts, timeout=20_000)
    session = bench.current
    assert session is not None
    qtbot.waitUntil(lambda: session.link.phase == "live", timeout=10_000)
    return session


def test_a_demo_has_a_past_and_goes_on_from_it(watched: Watched, qtbot: QtBot) -> None:
    bench = watched.bench
    bench.start_demo("leak-threads", hours=2.0, speed=60)
    session = shown(qtbot, watched)
    assert (session.port, session.role, session.demo) == ("demo:leak-threads", "demo", True)
    assert (bench.recorder.demo, bench.recorder.title) == (True, "Demo: Slow leak with thread lines: Router")
    [past] = watched.pasts
    assert past.demo
    assert len(past.logs) > 1_000
    assert bench.markers
    loaded = len(session.heap)
    qtbot.waitUntil(lambda: len(session.heap) > loaded + 5, timeout=10_000)
    assert float(session.heap.ts[-1] - session.heap.ts[0]) > 2 * HOUR - 60
    # The same board goes on: same boot, same uptime, same leak.
    assert [boot.number for boot in session.boots] == [1]
    assert session.uptime_now(bench.now()) == pytest.approx(bench.now() - session.boots[0].start, abs=90)
    assert abs(float(np.diff(session.heap.value)[loaded - 1])) < 4_000
    trend = session.trend(HOUR, bench.now())
    assert trend is not None
    assert trend.slope_per_min < -100
    assert session.debug_heap == "ON"
    assert {band.kind for band in session.bands} <= {"gap", "pause"}
    assert watched.notices == []


def test_a_demo_is_recorded_on_and_removed_when_the_program_ends(
    watched: Watched, temporary: Path, qtbot: QtBot
) -> None:
    bench = watched.bench
    bench.start_demo("steady", hours=0.5, speed=60)
    shown(qtbot, watched)
    folder = bench.folder
    assert folder is not None
    assert list(temporary.iterdir()) == [folder]
    qtbot.waitUntil(lambda: len(events(folder, "connection_established")) == 2)
    bench.mark("mine")
    qtbot.waitUntil(lambda: "mine" in [mark.label for mark in bench.markers])
    close(qtbot, watched)
    assert list(temporary.iterdir()) == []
    assert not watched.places.default_recording.exists()


def test_another_demo_takes_the_place_of_the_first(watched: Watched, temporary: Path, qtbot: QtBot) -> None:
    bench = watched.bench
    bench.start_demo("leak-threads", hours=0.5)
    shown(qtbot, watched)
    bench.connect_board(DemoAddress("oom"))
    qtbot.waitUntil(lambda: bench.session("demo:oom") is not None, timeout=20_000)
    assert [session.port for session in bench.sessions] == ["demo:oom"]
    shown(qtbot, watched, pasts=2)
    assert [session.port for session in bench.sessions] == ["demo:oom"]
    assert list(temporary.iterdir()) == [bench.folder]


def test_a_real_board_is_never_recorded_into_a_demo(watched: Watched, temporary: Path, qtbot: QtBot) -> None:
    bench = watched.bench
    bench.start_demo("steady", hours=0.5)
    shown(qtbot, watched)
    with board_on_tcp() as address:
        bench.connect_board(address)
        qtbot.waitUntil(lambda: bench.session(address.port) is not None, timeout=10_000)
        assert [session.demo for session in bench.sessions] == [False]
        assert bench.folder == watched.places.default_recording
        assert list(temporary.iterdir()) == []
        qtbot.waitUntil(lambda: bench.recorder.running, timeout=10_000)
        bench.start_demo("steady", hours=0.5)
        assert watched.notices[-1].action == "stop_recording"
        assert bench.session(address.port) is not None


def test_a_demo_board_that_was_left_is_heard_again(watched: Watched, qtbot: QtBot) -> None:
    bench = watched.bench
    bench.start_demo("steady", hours=0.5)
    session = shown(qtbot, watched)
    bench.disconnect_board(session.port)
    qtbot.waitUntil(lambda: any(event.kind == "connection_lost" for b in watched.batches for event in b.events))
    bench.reconnect(session.port)
    qtbot.waitUntil(lambda: session.link.phase == "live", timeout=10_000)
    assert [boot.number for boot in session.boots] == [1]


def test_a_demo_that_does_not_exist_is_refused_in_a_sentence(watched: Watched) -> None:
    watched.bench.start_demo("no-such")
    [notice] = watched.notices
    assert "there is no scenario 'no-such'" in (notice.detail or "")


def test_closing_while_a_demo_is_being_made_leaves_nothing(watched: Watched, temporary: Path, qtbot: QtBot) -> None:
    watched.bench.start_demo("leak-threads", hours=6.0)
    qtbot.waitUntil(lambda: any(temporary.iterdir()), timeout=10_000)
    watched.queries.stop()
    close(qtbot, watched)
    assert list(temporary.iterdir()) == []
