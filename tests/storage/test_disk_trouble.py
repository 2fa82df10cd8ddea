# SPDX-License-Identifier: GPL-3.0-only
"""A full disk, a folder that goes away, a limit on files: told once, kept in memory, resumed without help."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from mtleak_gui.storage.recording import Recording
from tests.storage.breaking_disk import filled, small_disk
from tests.storage.rows_on_disk import NOON, QUIET, SetClock, heap_row, kinds_of, log_row, rows_of

BALLAST = 600_000


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MiB of its own."""
    with small_disk(tmp_path, 1) as disk:
        yield disk


class Told:
    """Notes what ``on_trouble`` is told."""

    def __init__(self) -> None:
        self.news: list[str | None] = []

    def __call__(self, sentence: str | None) -> None:
        self.news.append(sentence)


def test_a_full_disk_makes_rows_wait_and_they_are_written_in_order_when_there_is_room(tiny_disk: Path) -> None:
    told = Told()
    ballast = tiny_disk / "ballast"
    ballast.write_bytes(bytes(BALLAST))
    folder = tiny_disk / "recording"
    with closing(Recording.open(folder, limits=QUIET, clock=SetClock(), on_trouble=told)) as recording:
        recording.start()
        for number in range(1200):
            recording.append([log_row(NOON + number, number, "x" * 300), heap_row(NOON + number, number)])
        full = recording.status()
        assert full.trouble is not None
        assert "disk is full" in full.trouble
        assert told.news == [full.trouble]
        assert full.rows_waiting > 100
        for stream in ("logs", "telemetry"):
            assert (folder / f"{stream}.jsonl").read_bytes().endswith(b"\n")
        ballast.unlink()
        recording.tend()
        after = recording.status()
        assert (after.trouble, after.rows_waiting, after.rows_dropped) == (None, 0, 0)
        assert told.news == [full.trouble, None]
    assert [row["uptime_s"] for row in rows_of(folder, "logs")] == list(range(1200))
    assert len(rows_of(folder, "telemetry")) == 1200
    assert kinds_of(folder)[1:-1] == ["write_error"] * (len(kinds_of(folder)) - 2)
    assert full.write_errors >= 1


def test_what_memory_cannot_hold_is_counted_and_told(tiny_disk: Path) -> None:
    ballast = tiny_disk / "ballast"
    ballast.write_bytes(bytes(BALLAST))
    folder = tiny_disk / "recording"
    limits = replace(QUIET, waiting_bytes=50_000)
    with closing(Recording.open(folder, limits=limits, clock=SetClock())) as recording:
        recording.start()
        for number in range(2000):
            recording.append([log_row(NOON + number, number, "x" * 300)])
        dropped = recording.status().rows_dropped
        assert dropped > 0
        recording.mark("still taken")
        ballast.unlink()
        recording.append([log_row(NOON + 3000, 3000)])
    numbers = [row["uptime_s"] for row in rows_of(folder, "logs") if row["role"] == "serial"]
    assert numbers == [*range(2000 - dropped), 3000]
    events = rows_of(folder, "events")
    assert [event["data"] for event in events if event["kind"] == "dropped"] == [{"logs": dropped}]
    assert "still taken" in [event["label"] for event in events]


def test_rows_that_had_to_wait_past_the_end_are_no_unclean_end(tiny_disk: Path) -> None:
    folder = tiny_disk / "recording"
    recording = Recording.open(folder, limits=QUIET, clock=SetClock())
    with closing(recording):
        recording.start()
        with filled(tiny_disk):
            for number in range(100):
                recording.append([log_row(NOON + number, number, "x" * 300)])
            recording.stop()
            assert recording.status().rows_waiting > 0
    assert [row["uptime_s"] for row in rows_of(folder, "logs")] == list(range(100))
    with closing(Recording.open(folder, limits=QUIET, clock=SetClock(NOON + 200))) as recording:
        assert recording.repairs == ()


def test_a_file_that_may_not_grow_stays_whole(tmp_path: Path) -> None:
    # The limit is the process's, so the recording that meets it lives in one of its own.
    script = """
import resource, sys
from pathlib import Path
from mtleak_gui.storage.recording import Recording
from tests.storage.rows_on_disk import NOON, QUIET, SetClock, log_row
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, resource.RLIM_INFINITY))
recording = Recording.open(Path(sys.argv[1]), limits=QUIET, clock=SetClock())
recording.start()
for number in range(300):
    recording.append([log_row(NOON + number, number)])
text = Path(sys.argv[1], "logs.jsonl").read_bytes()
assert text.endswith(b"\\n") and len(text) <= 10_000, text[-100:]
assert "may not grow" in recording.status().trouble
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
recording.append([log_row(NOON + 300, 300)])
assert recording.status().trouble is None
recording.close()
"""
    pytest.importorskip("resource", reason="this system has no limit on the size of files")
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True, timeout=60)
    assert [row["uptime_s"] for row in rows_of(tmp_path, "logs")] == list(range(301))


def test_a_deleted_live_file_is_begun_anew_with_the_rows_of_the_last_moment(tmp_path: Path) -> None:
    with closing(Recording.open(tmp_path, limits=QUIET, clock=SetClock())) as recording:
        recording.start()
        recording.append([log_row(NOON, 1)])
        recording.tend()
        (tmp_path / "logs.jsonl").unlink()
        recording.append([log_row(NOON + 1, 2), log_row(NOON + 2, 3)])
        recording.tend()
        recording.append([log_row(NOON + 3, 4)])
        assert recording.status().streams["logs"].rows_on_disk == 3
    assert [row["uptime_s"] for row in rows_of(tmp_path, "logs")] == [2, 3, 4]
    labels = [event["label"] for event in rows_of(tmp_path, "events")]
    assert "live_file_gone" in labels


@pytest.mark.parametrize("fate", ["deleted", "moved"])
def test_a_folder_that_goes_away_is_made_again_and_recorded_into(tmp_path: Path, fate: str) -> None:
    folder, elsewhere = tmp_path / "recording", tmp_path / "elsewhere"
    with closing(Recording.open(folder, limits=QUIET, clock=SetClock())) as recording:
        recording.start()
        recording.append([log_row(NOON, 1)])
        recording.tend()
        if fate == "deleted":
            shutil.rmtree(folder)
        else:
            folder.rename(elsewhere)
        recording.append([log_row(NOON + 1, 2)])
        recording.tend()
        recording.append([log_row(NOON + 2, 3)])
        assert recording.status().trouble is None
        assert {"recording.json", "writer.lock", "logs.jsonl"} <= {path.name for path in folder.iterdir()}
    rows = rows_of(elsewhere, "logs") if fate == "moved" else []
    assert [row["uptime_s"] for row in [*rows, *rows_of(folder, "logs")]] == ([1, 2, 3] if rows else [2, 3])


def test_a_folder_that_cannot_come_back_yet_makes_rows_wait(tmp_path: Path) -> None:
    told = Told()
    disk = tmp_path / "disk"
    folder = disk / "recording"
    with closing(Recording.open(folder, limits=QUIET, clock=SetClock(), on_trouble=told)) as recording:
        recording.start()
        disk.rename(tmp_path / "unplugged")
        disk.write_text("a file where the folder was")
        recording.append([log_row(NOON, 1)])
        recording.tend()
        recording.append([log_row(NOON + 1, 2)])
        assert recording.status().rows_waiting >= 1
        disk.unlink()
        recording.tend()
        assert recording.status().trouble is None
    assert told.news[-1] is None
    assert len(told.news) == 2
    kept = [*rows_of(tmp_path / "unplugged" / "recording", "logs"), *rows_of(folder, "logs")]
    assert [row["uptime_s"] for row in kept] == [1, 2]


def test_it_stops_by_itself_and_loudly_at_the_reserve(tmp_path: Path) -> None:
    told = Told()
    free = [10_000_000]
    recording = Recording.open(
        tmp_path,
        limits=replace(QUIET, reserve_bytes=5_000_000, space_check_every_s=0.0),
        clock=SetClock(),
        on_trouble=told,
        free_bytes=lambda _: free[0],
    )
    with closing(recording):
        recording.start()
        recording.tend()
        assert recording.status().running
        free[0] = 4_000_000
        recording.tend()
        status = recording.status()
        assert not status.running
        assert status.trouble is not None
        assert "only 4 MB are free" in status.trouble
        assert "reserve of 5 MB" in status.trouble
        assert told.news == [status.trouble]
        recording.append([log_row(NOON)])
        free[0] = 10_000_000
        recording.start()
        assert told.news == [status.trouble, None]
    events = rows_of(tmp_path, "events")
    assert [event["note"] for event in events if event["kind"] == "recorder_stop"] == [status.trouble, None]
    assert rows_of(tmp_path, "logs") == []


def test_the_callback_may_use_the_recording_and_may_fail(
    tmp_path: Path, expected_log: pytest.LogCaptureFixture
) -> None:
    seen: list[tuple[str | None, bool]] = []

    def on_trouble(sentence: str | None) -> None:
        seen.append((sentence, recording.status().running))
        recording.append([log_row(NOON, 99)])
        raise RuntimeError("the callback has a bug")

    folder = tmp_path / "recording"
    recording = Recording.open(folder, limits=QUIET, clock=SetClock(), on_trouble=on_trouble)
    with closing(recording):
        recording.start()
        (folder / "packets.jsonl").unlink()
        (folder / "packets.jsonl").mkdir()
        recording.tend()
        recording.append([("packets", {"ts": NOON, "id": 1})])
        (folder / "packets.jsonl").rmdir()
        recording.append([("packets", {"ts": NOON, "id": 2})])
    assert [running for _, running in seen] == [True, True]
    assert seen[1][0] is None
    assert [row["id"] for row in rows_of(folder, "packets")] == [1, 2]
    assert sum("on_trouble failed" in record.getMessage() for record in expected_log.records) == 2


def test_the_upkeep_thread_resumes_without_any_row_coming(tmp_path: Path) -> None:
    resumed = threading.Event()
    folder = tmp_path / "recording"
    recording = Recording.open(
        folder,
        limits=replace(QUIET, upkeep_every_s=0.01),
        clock=SetClock(),
        on_trouble=lambda sentence: resumed.set() if sentence is None else None,
    )
    with closing(recording):
        recording.start()
        (folder / "packets.jsonl").unlink()
        (folder / "packets.jsonl").mkdir()
        recording.tend()
        recording.append([("packets", {"ts": NOON, "id": 1})])
        (folder / "packets.jsonl").rmdir()
        assert resumed.wait(10)
    assert [row["id"] for row in rows_of(folder, "packets")] == [1]
