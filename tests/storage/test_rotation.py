# SPDX-License-Identifier: GPL-3.0-only
"""Rolling over: archives that any tool opens, truthful sidecars, pruning, and leftovers of a crash finished."""

from __future__ import annotations

import gzip
import shutil
import subprocess
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from mtleak_gui.storage.archive_format import archive_of, column_paths, index_path, plain_parts, stream_files
from mtleak_gui.storage.gzip_members import compressed_member
from mtleak_gui.storage.member_index import build_index, read_index
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.telemetry_columns import read_columns
from tests.storage.rows_on_disk import NOON, QUIET, SetClock, heap_row, kinds_of, log_row, rows_of

SMALL = replace(QUIET, part_bytes=50_000)


def opened(folder: Path, archives_kept: int = 20) -> Recording:
    recording = Recording.open(folder, limits=replace(SMALL, archives_kept=archives_kept), clock=SetClock())
    recording.start()
    return recording


def fill(recording: Recording, rows: int, first: int = 0) -> None:
    for number in range(first, first + rows):
        recording.append([log_row(NOON + number, number), heap_row(NOON + number, number)])
    assert recording.wait_for_archives(20)


def test_rolled_over_rows_are_all_there_once_in_archives_that_gzip_opens(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as recording:
        fill(recording, 3000)
        status = recording.status()
    archives = stream_files(tmp_path, "logs").archives
    assert len(archives) == status.streams["logs"].rotations == 6
    assert [row["uptime_s"] for row in rows_of(tmp_path, "logs")] == list(range(3000))
    assert status.streams["logs"].rows_on_disk == 3000
    zcat = shutil.which("zcat")
    if zcat is None:
        pytest.skip("no zcat here")
    shown = subprocess.run([zcat, *map(str, archives)], check=True, capture_output=True).stdout
    live = (tmp_path / "logs.jsonl").read_bytes()
    assert [line.count(b'"line":"line ') for line in (shown + live).splitlines()] == [1] * 3000
    subprocess.run(["gzip", "-t", *map(str, archives)], check=True)


def test_the_sidecars_made_on_the_way_equal_those_rebuilt_from_the_archive(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as recording:
        fill(recording, 1000)
    archive = stream_files(tmp_path, "telemetry").archives[0]
    assert read_index(archive) == build_index(archive)
    columns = read_columns(archive)
    assert columns is not None
    rows = [row for row in rows_of(tmp_path, "telemetry") if row["ts"] <= columns.samples[0].max()]
    heap = next(series for series in columns.series if series.field == "heap_free_bytes")
    times, values = columns.samples[:, heap.start : heap.start + heap.count].tolist()
    assert times == [row["ts"] for row in rows]
    assert values == [row["fields"]["heap_free_bytes"] for row in rows]


def test_a_part_of_many_megabytes_becomes_members_of_one_each_cut_at_rows(tmp_path: Path) -> None:
    with closing(Recording.open(tmp_path, limits=QUIET, clock=SetClock())) as recording:
        recording.start()
        recording.append([log_row(NOON + n, n, "x" * 1000) for n in range(5000)])
        recording.force_rotate()
        assert recording.wait_for_archives(20)
    (archive,) = stream_files(tmp_path, "logs").archives
    index = read_index(archive)
    assert index == build_index(archive)
    assert sum(member.rows for member in index.members) == 5000
    assert all(1 << 20 <= member.raw_bytes < (1 << 20) + 2000 for member in index.members[:-1])
    assert index.members[0].min_ts == NOON
    assert index.members[-1].max_ts == NOON + 4999


def test_the_oldest_archives_go_with_their_sidecars_and_those_of_the_peer_count(tmp_path: Path) -> None:
    peers = tmp_path / "logs.20200101-000000-000000-00000.jsonl.gz"
    peers.write_bytes(gzip.compress(b'{"ts":1}\n'))
    index_path(peers).touch()
    by_hand = tmp_path / "logs.kept-by-hand.jsonl.gz"
    by_hand.write_bytes(gzip.compress(b'{"ts":2}\n'))
    with closing(opened(tmp_path, archives_kept=2)) as recording:
        fill(recording, 3000)
    assert not peers.exists()
    assert not index_path(peers).exists()
    assert by_hand.exists()
    assert [row["uptime_s"] for row in rows_of(tmp_path, "telemetry") if "uptime_s" in row] == []
    archives = [path for path in stream_files(tmp_path, "logs").archives if path != by_hand]
    assert len(archives) == 2
    numbers = [row["uptime_s"] for row in rows_of(tmp_path, "logs") if "uptime_s" in row]
    assert numbers == list(range(numbers[0], 3000))
    assert len(list(tmp_path.glob("telemetry.*.columns.npy"))) == 2


@pytest.mark.parametrize(
    "crash", ["before the archive", "torn archive", "before the part was removed", "unfinished files"]
)
def test_what_a_crash_left_of_a_rollover_is_finished_at_the_next_start(tmp_path: Path, crash: str) -> None:
    part = tmp_path / "telemetry.20261122-110000-000000-00000.jsonl"
    raw = b"".join(b'{"ts":%d.5,"port":"A","variant":"local","fields":{"heap":%d}}\n' % (n, n) for n in range(9000))
    archive = archive_of(part)
    part.write_bytes(raw)
    (tmp_path / "recording.json").write_text('{"format":1}')
    if crash == "torn archive":
        archive.write_bytes(compressed_member(raw)[:500])
    elif crash == "before the part was removed":
        archive.write_bytes(compressed_member(raw))
    elif crash == "unfinished files":
        archive.with_name(f"{archive.name}.tmp").write_bytes(b"half")
        column_paths(archive)[0].write_bytes(b"half")
    with closing(opened(tmp_path)) as recording:
        assert recording.wait_for_archives(20)
        status = recording.status()
    assert plain_parts(tmp_path, "telemetry") == ()
    assert gzip.decompress(archive.read_bytes()) == raw
    assert not list(tmp_path.glob("*.tmp"))
    index = read_index(archive)
    assert index is not None
    assert index.members[0].rows == 9000
    columns = read_columns(archive)
    assert columns is not None
    assert columns.samples.shape == (2, 9000)
    assert status.streams["telemetry"].rows_on_disk == 9000


def test_a_part_that_cannot_be_compressed_keeps_its_rows_and_is_said_once(
    tmp_path: Path, expected_log: pytest.LogCaptureFixture
) -> None:
    with closing(opened(tmp_path)) as recording:
        recording.append([log_row(NOON, 1)])
        blocked = archive_of(tmp_path / "logs.20261122-120000-000000-00000.jsonl")
        blocked.mkdir()
        for _ in range(3):
            recording.force_rotate()
            assert recording.wait_for_archives(20)
        said = [record for record in expected_log.records if "could not be compressed" in record.getMessage()]
        blocked.rmdir()
    assert len(said) == 1
    with closing(opened(tmp_path)) as recording:
        assert recording.wait_for_archives(20)
    assert [row["uptime_s"] for row in rows_of(tmp_path, "logs")] == [1]
    assert kinds_of(tmp_path)[-1] == "recorder_stop"
