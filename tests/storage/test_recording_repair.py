# SPDX-License-Identifier: GPL-3.0-only
"""What a crash, another recorder or a foreign hand left in a folder is mended at open, told, and never thrown away."""

from __future__ import annotations

import gzip
import json
from contextlib import closing
from pathlib import Path

import pytest

from mtleak_gui.storage.archive_format import stream_files
from mtleak_gui.storage.folder_adoption import UnknownFormatError
from mtleak_gui.storage.recording import Recording
from tests.storage.rows_on_disk import NOON, QUIET, SetClock, kinds_of, log_row, rows_of

WHOLE = b'{"ts":1795348700.5,"line":"whole"}\n'


def mended(folder: Path, row: int = 7) -> tuple[str, ...]:
    """Open, record one row, close; return the sentences about repairs."""
    with closing(Recording.open(folder, limits=QUIET, clock=SetClock())) as recording:
        recording.start()
        recording.append([log_row(NOON, row)])
        assert recording.wait_for_archives(20)
        return recording.repairs


def our_folder(folder: Path) -> Path:
    mended(folder)
    return folder


def repairs_told(folder: Path) -> list[str]:
    return [event["label"] for event in rows_of(folder, "events") if event["kind"] == "repair"]


@pytest.mark.parametrize(
    ("torn", "kept"),
    [
        (b'{"ts":1795348801.0,"line":"ha', b'{"ts":1795348801.0,"line":"ha'),
        (b'{"ts":1795348801.0,"line":"' + b"x" * 300_000, b'{"ts":1795348801.0,"line":"' + b"x" * 300_000),
        (b"\0" * 5000, None),
        (b'{"ts":1795348801.0,"li' + b"\0" * 100, b'{"ts":1795348801.0,"li'),
    ],
    ids=["half a row", "half a long row", "zeros of a power cut", "half a row and zeros"],
)
def test_a_torn_last_line_is_cut_off_kept_and_told(tmp_path: Path, torn: bytes, kept: bytes | None) -> None:
    live = our_folder(tmp_path) / "logs.jsonl"
    before = live.read_bytes()
    live.write_bytes(before + torn)
    (sentence,) = mended(tmp_path, 8)
    assert f"{len(torn):,} bytes" in sentence
    assert live.read_bytes().startswith(before)
    assert [row["uptime_s"] for row in rows_of(tmp_path, "logs")] == [7, 8]
    assert [path.read_bytes() for path in tmp_path.glob("torn-logs-*.txt")] == ([] if kept is None else [kept])
    assert repairs_told(tmp_path) == ["torn_row"]


def test_a_last_row_that_lacks_only_its_newline_is_not_lost(tmp_path: Path) -> None:
    live = our_folder(tmp_path) / "logs.jsonl"
    live.write_bytes(live.read_bytes() + WHOLE.rstrip())
    (sentence,) = mended(tmp_path, 8)
    assert "completed" in sentence
    assert [row["line"] for row in rows_of(tmp_path, "logs")] == ["line 7", "whole", "line 8"]


def test_a_session_that_was_killed_is_told_at_the_next_start(tmp_path: Path) -> None:
    events = our_folder(tmp_path) / "events.jsonl"
    lines = events.read_bytes().splitlines(keepends=True)
    assert json.loads(lines[-1])["kind"] == "recorder_stop"
    events.write_bytes(b"".join(lines[:-1]))
    (sentence,) = mended(tmp_path)
    assert "had no end" in sentence
    assert kinds_of(tmp_path) == ["recorder_start", "recorder_start", "repair", "recorder_stop"]
    assert mended(tmp_path) == ()


def test_an_end_that_lies_in_an_archive_is_found(tmp_path: Path) -> None:
    with closing(Recording.open(tmp_path, limits=QUIET)) as recording:
        recording.start()
        recording.stop()
        recording.force_rotate()
        assert recording.wait_for_archives(20)
    assert not (tmp_path / "events.jsonl").exists()
    with closing(Recording.open(tmp_path, limits=QUIET)) as recording:
        assert recording.repairs == ()


def test_unfinished_files_of_ours_are_removed_and_those_of_others_stay(tmp_path: Path) -> None:
    our_folder(tmp_path)
    ours = [tmp_path / name for name in ("logs.x.jsonl.gz.tmp", "telemetry.x.columns.npy.tmp", "recording.json.tmp")]
    foreign = tmp_path / "notes.tmp"
    for path in (*ours, foreign):
        path.touch()
    (sentence,) = mended(tmp_path)
    assert "3 unfinished files" in sentence
    assert not any(path.exists() for path in ours)
    assert foreign.exists()


def test_a_lock_left_by_a_killed_writer_keeps_nobody_out(tmp_path: Path) -> None:
    our_folder(tmp_path)
    (tmp_path / "writer.lock").write_text("1\n")
    assert mended(tmp_path) == ()


def test_another_recorders_live_files_are_set_aside_before_ours_begin(tmp_path: Path) -> None:
    backwards = b'{"ts":20.5,"line":"a"}\n{"ts":10.5,"line":"b"}\n'
    (tmp_path / "logs.jsonl").write_bytes(backwards + b'{"ts":30,"li')
    (tmp_path / "packets.jsonl").touch()
    sentences = mended(tmp_path)
    assert ["torn" in sentence for sentence in sentences] == [True, False]
    assert "another recorder" in sentences[1]
    (archive,) = stream_files(tmp_path, "logs").archives
    assert gzip.decompress(archive.read_bytes()) == backwards
    assert [row["ts"] for row in rows_of(tmp_path, "logs")] == [20.5, 10.5, NOON]
    assert json.loads((tmp_path / "recording.json").read_text())["app"] == "mtleak-gui"
    assert repairs_told(tmp_path) == ["torn_row", "adopted"]


@pytest.mark.parametrize("torn", [True, False])
def test_rows_that_a_killed_peer_left_twice_are_there_once_after_adoption(tmp_path: Path, torn: bool) -> None:
    live = b"".join(b'{"ts":%d.5,"line":"%x"}\n' % (n, n * 2654435761) for n in range(20_000))
    packed = gzip.compress(live)
    (tmp_path / "logs.jsonl").write_bytes(live)
    (tmp_path / "logs.20260101-000000-000000-00000.jsonl.gz").write_bytes(packed[:-50_000] if torn else packed)
    sentences = mended(tmp_path)
    assert "copy of the beginning" in sentences[0]
    assert [row["ts"] for row in rows_of(tmp_path, "logs")] == [*(n + 0.5 for n in range(20_000)), NOON]


def test_a_recording_of_a_later_version_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "recording.json").write_text('{"format":2,"app":"mtleak-gui"}')
    with pytest.raises(UnknownFormatError, match=r"format 2.*Update"):
        Recording.open(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"recording.json"}


@pytest.mark.parametrize("junk", [b"", b"\0\0\0", b"[1]", b"junk\njunk\n"])
def test_junk_in_every_file_keeps_nobody_from_recording(tmp_path: Path, junk: bytes) -> None:
    our_folder(tmp_path)
    names = ("events.jsonl", "recording.json", "writer.lock", "telemetry.jsonl")
    for name in names:
        (tmp_path / name).write_bytes(junk)
    (tmp_path / "logs.20260101-000000-000000-00000.jsonl.gz").write_bytes(junk)
    mended(tmp_path, 9)
    assert json.loads((tmp_path / "logs.jsonl").read_bytes().splitlines()[-1])["uptime_s"] == 9
