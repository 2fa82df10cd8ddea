# SPDX-License-Identifier: GPL-3.0-only
"""Start, pause, resume, stop, mark, rotate, close: in order, twice, and from many threads at once."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable
from contextlib import suppress
from itertools import count, pairwise
from pathlib import Path

import pytest

from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.recording_errors import RecordingPausedError, RecordingStoppedError
from mtleak_gui.storage.recording_lock import RecordingLockedError
from mtleak_gui.storage.rotation_limits import RotationLimits
from tests.storage.rows_on_disk import NOON, QUIET, SetClock, heap_row, kinds_of, log_row, rows_of


def test_a_session_leaves_its_rows_and_its_story_behind(tmp_path: Path) -> None:
    folder = tmp_path / "recording"
    clock = SetClock()
    recording = Recording.open(folder, limits=QUIET, clock=clock)
    recording.append([log_row(NOON, 1)])
    recording.start()
    recording.append([log_row(NOON + 1, 2), heap_row(NOON + 1, 2)])
    recording.pause("flashing")
    recording.append([log_row(NOON + 2, 3)])
    clock.now += 3
    recording.resume()
    recording.append([log_row(NOON + 4, 4)])
    recording.stop("done")
    recording.append([log_row(NOON + 5, 5)])
    status = recording.status()
    recording.close()

    assert [row["uptime_s"] for row in rows_of(folder, "logs")] == [2, 4]
    assert rows_of(folder, "telemetry") == [heap_row(NOON + 1, 2)[1]]
    assert [(e["ts"], e["kind"], e["label"], e["note"]) for e in rows_of(folder, "events")] == [
        (NOON, "recorder_start", "recorder_started", None),
        (NOON + 1, "recorder_pause", "paused", "flashing"),
        (NOON + 3, "recorder_resume", "resumed", None),
        (NOON + 4, "recorder_stop", "recorder_stopped", "done"),
    ]
    assert not status.running
    assert status.rows_refused == 3
    assert status.streams["logs"].rows_this_session == 2
    assert status.streams["logs"].last_ts == NOON + 4


def test_each_step_may_be_taken_twice(tmp_path: Path) -> None:
    recording = Recording.open(tmp_path, limits=QUIET)
    for step in (recording.start, recording.pause, recording.resume, recording.force_rotate, recording.stop):
        step()
        step()
    recording.close()
    recording.close()
    recording.stop()
    recording.pause()
    recording.force_rotate()
    recording.append([log_row(NOON)])
    assert kinds_of(tmp_path) == ["recorder_start", "recorder_pause", "recorder_resume", "recorder_stop"]


def test_a_second_session_goes_on_where_the_first_ended(tmp_path: Path) -> None:
    clock = SetClock()
    statuses = []
    for number in (1, 2):
        recording = Recording.open(tmp_path, limits=QUIET, clock=clock)
        recording.start()
        recording.append([log_row(NOON, number)])
        recording.stop()
        recording.start()
        recording.append([log_row(NOON, number + 10)])
        recording.close()
        assert recording.repairs == ()
        statuses.append(recording.status().streams["logs"])
    assert [row["uptime_s"] for row in rows_of(tmp_path, "logs")] == [1, 11, 2, 12]
    assert [status.rows_on_disk for status in statuses] == [2, 4]
    assert [status.rows_this_session for status in statuses] == [2, 2]


def test_a_mark_is_an_event_and_a_log_row_like_the_peers(tmp_path: Path) -> None:
    clock = SetClock()
    recording = Recording.open(tmp_path, limits=QUIET, clock=clock)
    recording.start()
    assert recording.mark("phase 1", "with note", {"step": 1}) == NOON
    recording.close()
    event = {"kind": "mark", "label": "phase 1", "note": "with note", "port": None, "role": None, "data": {"step": 1}}
    assert {"ts": NOON, **event} in rows_of(tmp_path, "events")
    log = {"port": None, "role": "marker", "level": "MARK", "tag": "mark_event", "line": "[mark] phase 1 — with note"}
    assert rows_of(tmp_path, "logs") == [{"ts": NOON, **log}]


def test_a_mark_set_late_stands_after_the_rows_and_says_when_it_was_made(tmp_path: Path) -> None:
    clock = SetClock(NOON + 100)
    recording = Recording.open(tmp_path, limits=QUIET, clock=clock)
    recording.start()
    recording.append([log_row(NOON + 100, 1)])
    assert recording.mark("late", ts=NOON + 30) == NOON + 100
    assert recording.mark("from the future", ts=NOON + 900) == NOON + 100
    recording.append([log_row(NOON + 101, 2)])
    recording.close()
    marks = [event for event in rows_of(tmp_path, "events") if event["kind"] == "mark"]
    assert [mark["data"] for mark in marks] == [{"true_ts": NOON + 30}, None]
    assert "clock_jump" not in kinds_of(tmp_path)


def test_a_mark_is_refused_with_a_clear_message_while_nothing_is_recorded(tmp_path: Path) -> None:
    recording = Recording.open(tmp_path, limits=QUIET)
    with pytest.raises(RecordingStoppedError, match=r"'early'.*stopped"):
        recording.mark("early")
    recording.start()
    recording.pause("flashing")
    with pytest.raises(RecordingPausedError, match=r"'now'.*paused \(flashing\)"):
        recording.mark("now")
    recording.close()
    with pytest.raises(RecordingStoppedError):
        recording.mark("late")
    with pytest.raises(RecordingStoppedError, match="closed"):
        recording.start()
    assert rows_of(tmp_path, "logs") == []


def test_a_recording_has_one_writer(tmp_path: Path) -> None:
    first = Recording.open(tmp_path, limits=QUIET)
    with pytest.raises(RecordingLockedError, match="being written by this process") as refused:
        Recording.open(tmp_path, limits=QUIET)
    assert refused.value.pid == os.getpid()
    first.close()
    Recording.open(tmp_path, limits=QUIET).close()
    assert not (tmp_path / "writer.lock").exists()


def test_only_the_user_can_read_what_is_recorded(tmp_path: Path) -> None:
    folder = tmp_path / "private"
    recording = Recording.open(folder, limits=QUIET)
    recording.start()
    recording.append([heap_row(NOON)])
    recording.force_rotate()
    assert recording.wait_for_archives(10)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}
    recording.close()
    assert len(modes) > 5
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_threads_that_do_everything_at_once_lose_and_halve_no_row(tmp_path: Path) -> None:
    limits = RotationLimits(part_bytes=20_000, archives_kept=10_000, reserve_bytes=0, upkeep_every_s=0.005)
    recording = Recording.open(tmp_path, limits=limits)
    recording.start()
    taken: list[list[int]] = [[], [], [], []]
    numbers = count()
    lock = threading.Lock()
    clock = SetClock()

    def produce(mine: list[int]) -> None:
        for _ in range(200):
            with lock:  # numbers and times rise together, so that the order in the file can be checked
                batch = [next(numbers) for _ in range(5)]
                recording.append([log_row(clock.now + n / 1000, n) for n in batch] + [heap_row(clock.now, batch[0])])
            mine += batch

    def stir(*steps: Callable[[], object]) -> None:
        for _ in range(60):
            for step in steps:
                step()

    threads = [threading.Thread(target=produce, args=(mine,)) for mine in taken]
    threads += [
        threading.Thread(target=stir, args=(recording.force_rotate, recording.status)),
        threading.Thread(target=stir, args=(recording.tend, recording.start)),
        threading.Thread(target=stir, args=(lambda: recording.mark("m"),)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    recording.close()
    rows = rows_of(tmp_path, "logs")
    assert [row["uptime_s"] for row in rows if row["role"] == "serial"] == list(range(4000))
    assert sum(row["level"] == "MARK" for row in rows) == 60
    assert len(rows_of(tmp_path, "telemetry")) == 800
    assert all(earlier["ts"] <= later["ts"] for earlier, later in pairwise(rows))


def test_pause_resume_stop_and_start_from_many_threads_neither_block_nor_tear(tmp_path: Path) -> None:
    limits = RotationLimits(part_bytes=5_000, archives_kept=10_000, reserve_bytes=0, upkeep_every_s=0.005)
    recording = Recording.open(tmp_path, limits=limits)

    def start() -> None:
        with suppress(RecordingStoppedError):  # the recording is closed while the others go on
            recording.start()

    steps: list[Callable[[], object]] = [
        start,
        recording.pause,
        recording.resume,
        recording.stop,
        recording.force_rotate,
        lambda: recording.append([log_row(NOON, n) for n in range(3)]),
    ]
    threads = [threading.Thread(target=lambda step=step: [step() for _ in range(100)]) for step in steps * 2]
    for thread in threads:
        thread.start()
    threads[0].join()
    recording.close()
    for thread in threads:
        try:
            thread.join(timeout=30)
        finally:
            assert not thread.is_alive()
    kinds = kinds_of(tmp_path)
    for earlier, later in pairwise(kinds):
        assert (earlier, later) not in {("recorder_pause", "recorder_pause"), ("recorder_stop", "recorder_stop")}
    refused = recording.status().rows_refused
    assert len(rows_of(tmp_path, "logs")) + refused == 600
