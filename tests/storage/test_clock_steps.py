# SPDX-License-Identifier: GPL-3.0-only
"""``ts`` never goes backwards in a file, spans stay true, and a clock that was set is told once."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import pytest

from mtleak_gui.storage.archive_format import stream_files
from mtleak_gui.storage.recording import Recording
from tests.storage.rows_on_disk import NOON, QUIET, SetClock, heap_row, kinds_of, log_row, rows_of


def times(folder: Path) -> list[float]:
    return [row["ts"] - NOON for row in rows_of(folder, "logs")]


def recorded(folder: Path, *offsets: float) -> list[dict[str, object]]:
    """Record rows at these seconds after noon; return the clock_jump events."""
    recording = Recording.open(folder, limits=QUIET, clock=SetClock())
    recording.start()
    for offset in offsets:
        recording.append([log_row(NOON + offset)])
    recording.close()
    return [event for event in rows_of(folder, "events") if event["kind"] == "clock_jump"]


def test_rows_of_two_threads_a_moment_out_of_order_are_no_clock_step(tmp_path: Path) -> None:
    assert recorded(tmp_path, 1, 3, 1.5, 2.9, 4) == []
    assert times(tmp_path) == [1, 3, 3, 3, 4]


def test_a_clock_set_back_keeps_spans_and_is_told_once(tmp_path: Path) -> None:
    (jump,) = recorded(tmp_path, 10, -3590, -3580, -3570)
    assert times(tmp_path) == [10, 10, 20, 30]
    assert jump["ts"] == NOON + 10
    assert jump["data"] == {"step_s": -3600.0, "true_ts": NOON - 3590, "offset_s": 3600.0}


def test_a_clock_set_back_twice_and_right_again_ends_with_true_times(tmp_path: Path) -> None:
    jumps = recorded(tmp_path, 10, -90, -80, -190, -180, 50, 51)
    assert times(tmp_path) == [10, 10, 20, 20, 30, 50, 51]
    assert [jump["data"] for jump in jumps] == [
        {"step_s": -100.0, "true_ts": NOON - 90, "offset_s": 100.0},
        {"step_s": -110.0, "true_ts": NOON - 190, "offset_s": 210.0},
        {"step_s": 230.0, "true_ts": NOON + 50, "offset_s": 0.0},
    ]


def test_the_recordings_own_events_keep_the_order_after_a_step(tmp_path: Path) -> None:
    clock = SetClock()
    recording = Recording.open(tmp_path, limits=QUIET, clock=clock)
    recording.start()
    recording.append([log_row(NOON + 1)])
    clock.now = NOON - 500
    recording.pause()
    recording.resume()
    recording.append([log_row(NOON - 499), heap_row(NOON - 499)])
    recording.close()
    stamps = [event["ts"] for event in rows_of(tmp_path, "events")]
    assert all(earlier <= later for earlier, later in pairwise(stamps))
    assert kinds_of(tmp_path).count("clock_jump") == 1


@pytest.mark.parametrize("ts", [None, "12:00", True, math.nan, -1.0, 1e12, 10**40])
def test_a_row_without_a_usable_time_gets_one_as_its_first_key(tmp_path: Path, ts: object) -> None:
    recording = Recording.open(tmp_path, limits=QUIET, clock=SetClock())
    recording.start()
    recording.append([("logs", {"line": "x", "ts": ts}), ("logs", {"line": "y"}), log_row(NOON + 1)])
    recording.close()
    rows = rows_of(tmp_path, "logs")
    assert [row["ts"] for row in rows] == [NOON, NOON, NOON + 1]
    assert all(next(iter(row)) == "ts" for row in rows)


def test_rows_from_the_future_are_set_aside_at_the_next_start(tmp_path: Path) -> None:
    repairs: list[str] = []
    for now in (NOON + 7200, NOON):
        recording = Recording.open(tmp_path, limits=QUIET, clock=SetClock(now))
        recording.start()
        recording.append([log_row(now + 1)])
        recording.wait_for_archives(10)
        recording.close()
        repairs += recording.repairs
    assert len(repairs) == 1
    assert "7,201 s ahead" in repairs[0]
    files = stream_files(tmp_path, "logs")
    assert len(files.finished) == 1
    assert times(tmp_path) == [7201, 1]
    assert "clock_jump" not in kinds_of(tmp_path)


def test_a_stamp_is_greater_than_those_there_although_the_clock_went_back(tmp_path: Path) -> None:
    clock = SetClock()
    recording = Recording.open(tmp_path, limits=QUIET, clock=clock)
    recording.start()
    for number in range(3):
        clock.now = NOON - number * 1000
        recording.append([log_row(NOON + number, number)])
        recording.force_rotate()
    recording.close()
    assert [row["uptime_s"] for row in rows_of(tmp_path, "logs")] == [0, 1, 2]
