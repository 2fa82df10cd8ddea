# SPDX-License-Identifier: GPL-3.0-only
"""Leakhunt on a recording that is being written: what the recorder has just written counts, windows end now."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.recorder_state import RecorderState
from mtleak_gui.core.rows import Row
from mtleak_gui.storage.recording import Recording
from mtleak_gui.ui.requests import LeakhuntRequest
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.storage.board_recording import NODE, PORT
from tests.ui.leakhunt_fixtures import LeakhuntDesk, desk
from tests.ui.leakhunt_stage import HostClock


class LateClock(HostClock):
    """The host's time, an hour behind until it is put right, so that half an hour can be recorded at once."""

    behind = 3_600.0

    def wall(self) -> float:
        return super().wall() - self.behind

    def monotonic(self) -> float:
        return super().monotonic() - self.behind


HOUR = LeakhuntRequest(port=PORT, span="1 h")


def sample(ts: float, free: int) -> Row:
    row: Row = {"ts": ts, "port": PORT, "role": "serial", "from_node": NODE, "variant": "local"}
    return {**row, "fields": {"heapFreeBytes": free, "heapTotalBytes": 294_912}, "device_time": int(ts)}


@pytest.fixture
def recorder(tmp_path: Path) -> Iterator[Recording]:
    """A recording with half an hour of a board, going on."""
    clock = LateClock()
    recording = Recording.open(tmp_path / "bench", clock=clock)
    recording.start()
    clock.behind = 0.0
    now = time.time()
    recording.append([("telemetry", sample(now - 60 * minute, 118_000)) for minute in range(30, 0, -1)])
    yield recording
    recording.close()


@pytest.fixture
def live(qtbot: QtBot, theme: ThemeKeeper, recorder: Recording, tmp_path: Path) -> Iterator[LeakhuntDesk]:
    for made in desk(qtbot, theme, tmp_path / "bench"):
        made.bench.state = RecorderState(running=True, folder=str(tmp_path / "bench"))
        yield made


def test_what_was_written_a_moment_ago_is_judged(live: LeakhuntDesk, recorder: Recording) -> None:
    first = live.judged(HOUR).verdict.facts
    assert (first.samples, first.evidence.recorder.state) == (30, "running")
    assert "recorder        : running" in live.result.report.toPlainText()
    recorder.append([("telemetry", sample(time.time(), 117_992))])
    second = live.judged(HOUR).verdict.facts
    assert (second.samples, second.minimum) == (31, 117_992)
    assert second.evidence.request.end > first.evidence.request.end


def test_a_paused_recorder_is_told_with_what_to_do(live: LeakhuntDesk, recorder: Recording) -> None:
    recorder.pause("lunch")
    live.judged(HOUR)
    assert "recorder        : paused since" in live.result.report.toPlainText()
