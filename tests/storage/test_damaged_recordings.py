# SPDX-License-Identifier: GPL-3.0-only
"""Recordings that crashes, full disks and other programs left: read around, counted, told, never fatal."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pytest

from mtleak_gui.storage.recording_reader import RecordingReader
from tests.storage.peer_queries import NOW, heap_row, log_row, our_folder, peer_folder, stamp, stored

START = NOW - 3000


def reader_of(folder: Path, **options: Any) -> RecordingReader:
    return RecordingReader(folder, clock=lambda: NOW, **options)


def seen(folder: Path, **asked: Any) -> list[object]:
    return [row["line"] for row in reader_of(folder).logs_window("-1h", max_lines=10_000, **asked).rows]


def lines(count: int, first: int = 0) -> list[dict[str, object]]:
    return [log_row(START + number, f"line {number}") for number in range(first, first + count)]


JUNK = [
    b"garbage", b"\0" * 5000, b"[1,2]", b'{"no":"ts"}', b'{"ts":"late"}', b'{"ts":true}', b'{"ts":1,"li', b"\xff\xfe",
    b'{"ts":NaN}', b'{"ts":1e999}', b"[" * 50_000, b'{"ts":' + b"9" * 5000 + b"}", b'{"ts":1,"x":' + b"[" * 9999,
    b"null", b'{"ts":%d,"line":"line"}{"ts":%d,"line":"line"}' % (START, START),
    b'{"ts":1,"x":' + b"[" * 9999 + b"]" * 9999 + b"}",
]  # fmt: skip


@pytest.mark.parametrize("junk", JUNK, ids=lambda junk: repr(junk[:12]))
@pytest.mark.parametrize("build", [peer_folder, our_folder])
def test_lines_that_are_no_rows_are_counted_and_passed_over(tmp_path: Path, build: Any, junk: bytes) -> None:
    folder = build(tmp_path / "r", "logs", [lines(5), []])
    (folder / "logs.jsonl").write_bytes(stored(lines(4, 5)) + junk + b"\n" + stored(lines(3, 9)))
    questions: list[dict[str, Any]] = [{}, {"grep": "line"}, {"grep": "^l.*[0-9]$"}, {"level": "INFO"}]
    for asked in questions:
        answer = reader_of(folder).logs_window("-1h", **asked)
        assert [row["line"] for row in answer.rows] == [f"line {number}" for number in range(12)]
        assert answer.report.bad_rows == 1
        assert answer.report.notes == ("Lines of logs left out because they are no rows: 1.",)


def test_what_the_standard_library_reads_is_a_row(tmp_path: Path) -> None:
    odd = b'{"ts":%d,"port":"p","level":"INFO","line":"half \\ud800 pair","rssi":NaN,"big":%s}\n' % (
        START + 5,
        b"9" * 40,
    )
    folder = peer_folder(tmp_path / "r", "logs", [[]])
    (folder / "logs.jsonl").write_bytes(stored(lines(3)) + odd)
    questions: list[dict[str, Any]] = [{}, {"grep": "half"}, {"level": "INFO", "port": "p"}]
    for asked in questions:
        row = reader_of(folder).logs_window("-1h", **asked).rows[-1]
        assert (row["line"], row["rssi"], row["big"]) == ("half \ud800 pair", None, int("9" * 40))


def test_a_row_of_a_megabyte_and_blank_lines(tmp_path: Path) -> None:
    folder = our_folder(tmp_path / "r", "logs", [[]])
    big = log_row(START + 10, "x" * 1_200_000 + " end")
    (folder / "logs.jsonl").write_bytes(stored(lines(5)) + b"\n\n" + stored([big]) + stored(lines(5, 20)))
    assert len(seen(folder)) == 11
    assert seen(folder, grep="x end$") == [big["line"]]
    window = reader_of(folder).logs_window(START + 5, START + 21)
    assert [row["ts"] for row in window.rows] == [START + 10, START + 20, START + 21]
    assert window.report.bad_rows == 0


@pytest.mark.parametrize("build", [peer_folder, our_folder])
def test_a_row_without_its_newline_is_a_row_and_a_torn_one_is_not(tmp_path: Path, build: Any) -> None:
    folder = build(tmp_path / "r", "logs", [lines(5)])
    with (folder / "logs.jsonl").open("ab") as file:
        file.write(stored(lines(1, 5))[:-1])
    assert len(seen(folder)) == 6
    with (folder / "logs.jsonl").open("ab") as file:
        file.write(b'\n{"ts":17781')
    answer = reader_of(folder).logs_window("-1h")
    assert (answer.total_matched, answer.report.bad_rows) == (6, 1)


def test_spaced_rows_are_found_by_level(tmp_path: Path) -> None:
    folder = peer_folder(tmp_path / "r", "logs", [[]])
    spaced = "".join(
        json.dumps(log_row(START + number, level="ERROR" if number % 9 == 0 else "INFO")) + "\n" for number in range(90)
    )
    (folder / "logs.jsonl").write_text(spaced)
    assert len(seen(folder, level="ERROR")) == 10


def test_time_that_goes_backwards_in_a_peers_file_loses_no_row(tmp_path: Path) -> None:
    there = [START + offset for offset in (0, 100, 2000, 50, 150, 2100, 120)]
    rows = [log_row(ts, f"at {ts - START:.0f}") for ts in there]
    folder = peer_folder(tmp_path / "r", "logs", [rows[:3], rows[3:]])
    answer = reader_of(folder).logs_window(START + 40, START + 200)
    assert [row["line"] for row in answer.rows] == ["at 50", "at 100", "at 120", "at 150"]
    heap = peer_folder(tmp_path / "h", "telemetry", [[heap_row(ts, 1000 + ts - START) for ts in there[:3]], []])
    (heap / "telemetry.jsonl").write_bytes(stored([heap_row(ts, 1000 + ts - START) for ts in there[3:]]))
    for _ in range(2):
        timeline = reader_of(heap).telemetry_timeline((START + 40, START + 200))
        assert [value for _, value in timeline.points] == [1050, 1100, 1120, 1150]
        assert timeline.slope_per_min == pytest.approx(60)


def torn(rows: list[dict[str, object]], share: float = 0.6) -> bytes:
    packed = gzip.compress(stored(rows), 1)
    return packed[: int(len(packed) * share)]


def noisy(count: int, first: int = 0) -> list[dict[str, object]]:
    return [log_row(START + n, f"line {n} {os.urandom(40).hex()}") for n in range(first, first + count)]


def test_a_torn_archive_whose_rows_still_stand_in_the_live_file_is_not_counted_twice(tmp_path: Path) -> None:
    rows = noisy(1000)
    folder = peer_folder(tmp_path / "r", "logs", [noisy(10, -20), rows])
    name = f"logs.{stamp(50)}.jsonl.gz"
    (folder / name).write_bytes(torn(rows[:800]))
    answer = reader_of(folder).logs_window("-1h", grep="line")
    assert answer.total_matched == 1010
    assert answer.report.torn_archives == (name,)
    assert "left out" in answer.report.notes[0]


def test_a_torn_archive_that_nothing_stands_in_for_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    rows = noisy(2000)
    folder = peer_folder(tmp_path / "r", "logs", [[], lines(5, 2500)])
    name = f"logs.{stamp(0)}.jsonl.gz"
    (folder / name).write_bytes(torn(rows))
    answer = reader_of(folder).logs_window("-1h", max_lines=5000)
    assert 500 < answer.total_matched < 2005
    assert answer.rows[0]["line"] == rows[0]["line"]
    assert answer.report.torn_archives == (name,)
    assert f"The archive {name} is torn" in answer.report.notes[0]


def test_a_whole_archive_that_the_peer_had_no_time_to_unlink_is_not_counted_twice(tmp_path: Path) -> None:
    rows = noisy(300)
    folder = peer_folder(tmp_path / "r", "logs", [rows, [*rows, *lines(5, 400)]])
    assert len(seen(folder)) == 305


@pytest.mark.parametrize("content", [b"", b"no gzip", b"\x1f\x8b", b"\0" * 100])
def test_files_that_are_no_archives_are_passed_over(tmp_path: Path, content: bytes) -> None:
    folder = peer_folder(tmp_path / "r", "logs", [lines(5)])
    (folder / f"logs.{stamp(0)}.jsonl.gz").write_bytes(content)
    (folder / f"logs.{stamp(1)}.jsonl.gz").mkdir()
    answer = reader_of(folder).logs_window("-1h")
    assert answer.total_matched == 5
    assert any("could not be read" in note for note in answer.report.notes)


def test_bytes_that_rot_after_the_index_was_made_cost_only_their_member(tmp_path: Path) -> None:
    rows = [log_row(START + n / 10, f"line {n} {os.urandom(100).hex()}") for n in range(9000)]
    folder = our_folder(tmp_path / "r", "logs", [rows, lines(1, 2000)])
    archive = next(folder.glob("*.gz"))
    content = bytearray(archive.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 50] = b"\0" * 50
    archive.write_bytes(content)
    answer = reader_of(folder).logs_window("-1h", grep="line")
    assert 4000 < answer.total_matched < 9001
    assert any("is damaged at byte" in note for note in answer.report.notes)


@pytest.mark.parametrize("build", [peer_folder, our_folder])
def test_missing_and_stale_sidecars_are_made_anew(tmp_path: Path, build: Any) -> None:
    rows = [heap_row(START + number, 5000 + number) for number in range(100)]
    folder = build(tmp_path / "r", "telemetry", [rows, []])
    for sidecar in [*folder.glob("*.idx"), *folder.glob("*.columns.*")]:
        sidecar.write_bytes(b"stale")
    untouched = reader_of(folder, may_write=False).telemetry_timeline()
    assert untouched.samples == 100
    written = [path for path in folder.glob("*.idx") if path.read_bytes() != b"stale"]
    assert not written
    assert reader_of(folder).telemetry_timeline() == untouched
    assert [path.read_bytes()[:10] for path in folder.glob("*.idx")] == [b'{"format":']


def test_a_part_counts_until_its_archive_is_there(tmp_path: Path) -> None:
    folder = our_folder(tmp_path / "r", "logs", [lines(5), lines(5, 5), lines(5, 10)], parts=1)
    assert len(seen(folder)) == 15
    part = folder / f"logs.{stamp(1)}.jsonl"
    (folder / f"{part.name}.gz").write_bytes(gzip.compress(part.read_bytes()))
    assert len(seen(folder)) == 15


def test_an_empty_recording_answers_with_nothing(tmp_path: Path) -> None:
    (tmp_path / "recording.json").write_text("{}")
    reader = reader_of(tmp_path)
    assert reader.logs_window().total_matched == 0
    assert reader.telemetry_timeline(field="whatever").samples == 0
    assert reader.latest_ts() is None


def test_an_adopted_part_may_go_backwards_in_time(tmp_path: Path) -> None:
    there = [START + offset for offset in (0, 100, 2000, 50, 150)]
    folder = our_folder(tmp_path / "r", "logs", [[log_row(ts) for ts in there], lines(1, 2500)], parts=1)
    our_folder(folder, "telemetry", [[heap_row(ts, 1000 + ts - START) for ts in there], []], parts=1)
    rows = reader_of(folder).logs_window(START + 40, START + 160).rows
    assert [row["ts"] for row in rows] == [START + 50, START + 100, START + 150]
    assert reader_of(folder).telemetry_timeline((START + 40, START + 160)).samples == 3
