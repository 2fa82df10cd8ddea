# SPDX-License-Identifier: GPL-3.0-only
"""Disks that fill, break, vanish and crawl under 2,000 rows/s: what became of every row, and of the memory."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mtleak_gui.storage.rotation_limits import RotationLimits
from tests.benchmarks.figures import Figure
from tests.endurance.watched_window import resident_mb
from tests.storage.breaking_disk import BreakingDisk, breaking_disk, filled, small_disk
from tests.storage.fed_recording import FedRecording, fed_recording
from tests.storage.rows_on_disk import rows_of

ROWS_PER_S = 2_000
_LIMITS = RotationLimits(part_bytes=4_000_000, archives_kept=1_000, reserve_bytes=0)
_LASTS_S = 20.0
_MEMORY_GOAL_MB = 60.0
"""16 MB of rows may wait, in pieces that cost their overhead; then they are counted and dropped."""
_SLOW_S = 0.2


def run() -> list[Figure]:
    """Return the figures of each fault that can be made on this machine."""
    figures: list[Figure] = []
    for fault in (_full, _full_while_rolling_over, _read_only, _broken, _gone, _replaced_by_a_file, _slow):
        title = (fault.__doc__ or "").rstrip(".")
        print(title, file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory() as name:
            try:
                figures += fault(Path(name), title)
            except pytest.skip.Exception as missing:
                figures.append(Figure(title, f"not measured: {missing}"))
    return figures


def _full(home: Path, title: str) -> list[Figure]:
    """The disk is full for 20 s."""
    with small_disk(home, 64) as disk, _measured(disk / "recording", _LIMITS, title) as (fed, figures):
        with filled(disk):
            fed.wait_until_told("disk is full")
            time.sleep(_LASTS_S)
        fed.wait_until_told(None)
    return figures


def _full_while_rolling_over(home: Path, title: str) -> list[Figure]:
    """The disk fills ten times, for a second each, while files of 300 kB are rolled over and compressed."""
    limits = replace(_LIMITS, part_bytes=300_000)
    with small_disk(home, 64) as disk, _measured(disk / "recording", limits, title) as (fed, figures):
        for _ in range(10):
            with filled(disk):
                fed.wait_until_told("disk is full")
                time.sleep(1)
            fed.wait_until_told(None)
            time.sleep(0.5)
    return figures


def _read_only(home: Path, title: str) -> list[Figure]:
    """The disk becomes read-only for 20 s, is checked and comes back."""
    return _failing(home, title, BreakingDisk.make_read_only, "read-only")


def _broken(home: Path, title: str) -> list[Figure]:
    """Every call on the disk fails with an error of the device for 20 s; it is checked and comes back."""
    return _failing(home, title, BreakingDisk.break_down, "reports an error")


def _failing(home: Path, title: str, fail: Callable[[BreakingDisk], None], words: str) -> list[Figure]:
    with breaking_disk(home, 64) as disk, _measured(disk.folder / "recording", _LIMITS, title) as (fed, figures):
        fail(disk)
        fed.wait_until_told(words)
        time.sleep(_LASTS_S)
        disk.repair()
        fed.wait_until_told(None)
    return figures


def _gone(home: Path, title: str) -> list[Figure]:
    """The folder is deleted ten times, with what it holds; rows go on into a new one."""
    with _measured(home / "recording", _LIMITS, title) as (fed, _):
        for _ in range(10):
            shutil.rmtree(home / "recording", ignore_errors=True)
            time.sleep(2)
        since = fed.given
        time.sleep(2)
    numbers = [row["uptime_s"] for row in rows_of(fed.folder, "logs") if row["role"] == "serial"]
    missing = fed.given - since - sum(number >= since for number in numbers)
    words = f"{missing:,} / {len(numbers) - len(set(numbers)):,} / {fed.recording.status().rows_dropped:,}"
    name = f"{title}: of {fed.given - since:,} rows since: missing / doubled / dropped and counted"
    return [Figure(name, words, goal="0 / 0 / -", met=words.startswith("0 / 0"))]


def _replaced_by_a_file(home: Path, title: str) -> list[Figure]:
    """The folder is moved away, and a file stands in its place for 20 s."""
    away = home / "away"
    with _measured(home / "recording", _LIMITS, title, away) as (fed, figures):
        (home / "recording").rename(away)
        (home / "recording").write_text("a file")
        time.sleep(_LASTS_S)
        assert fed.recording.status().trouble is not None
        (home / "recording").unlink()
        time.sleep(3)
    return figures


def _slow(home: Path, title: str) -> list[Figure]:
    """The disk takes 200 ms for each sync and 20 ms for each write, for 20 s."""
    # No file system of this machine can be throttled, so that the calls are, on the way to it.
    sync, data_sync, write = os.fsync, os.fdatasync, os.write

    def slow_sync(descriptor: int) -> None:
        time.sleep(_SLOW_S)
        sync(descriptor)

    def slow_data_sync(descriptor: int) -> None:
        time.sleep(_SLOW_S)
        data_sync(descriptor)

    def slow_write(descriptor: int, data: bytes) -> int:
        time.sleep(_SLOW_S / 10)
        return write(descriptor, data)

    with _measured(home / "recording", _LIMITS, title) as (_, figures), pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", slow_sync)
        patch.setattr(os, "fdatasync", slow_data_sync)
        patch.setattr(os, "write", slow_write)
        time.sleep(_LASTS_S)
    return figures


@contextmanager
def _measured(
    folder: Path, limits: RotationLimits, title: str, *elsewhere: Path
) -> Iterator[tuple[FedRecording, list[Figure]]]:
    figures: list[Figure] = []
    with fed_recording(folder, limits, ROWS_PER_S) as fed:
        time.sleep(6)
        before = resident_mb(os.getpid())
        yield fed, figures
        more = resident_mb(os.getpid()) - before
        time.sleep(1)
        took_s = fed.end()
        account = fed.account(*elsewhere)
    power_cut = 5 * ROWS_PER_S
    figures += [
        Figure(
            f"{title}: of {account.given:,} rows: unaccounted for (not yet synced) / doubled / dropped and counted",
            f"{account.unaccounted:,} / {account.doubled:,} / {account.dropped:,}",
            goal=f"at most {power_cut:,} / 0 / -",
            met=account.unaccounted <= power_cut and account.doubled == 0,
        ),
        Figure(
            f"{title}: memory more at the end of it / time to close / slowest handing over / times told",
            f"{more:.0f} MB / {took_s:.2f} s / {fed.slowest_s * 1e3:.0f} ms / {len(fed.news)}",
            goal=f"{_MEMORY_GOAL_MB:.0f} MB / 3 s / - / -",
            met=more < _MEMORY_GOAL_MB and took_s < 3,
        ),
    ]
