# SPDX-License-Identifier: GPL-3.0-only
"""Names and order of the files of a recording folder, and what a reader is to believe."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtleak_gui.storage.archive_format import archive_of, newest_stamp, next_stamp, part_path, stream_files

STAMPS = ("20261122-101500-000001-00000", "20261122-101500-000001-00001", "20261123-000000-000000-00000")


def test_a_part_whose_archive_is_published_is_not_read_twice(tmp_path: Path) -> None:
    parts = [part_path(tmp_path, "logs", stamp) for stamp in STAMPS]
    archives = [archive_of(part) for part in parts]
    for path in (archives[0], archives[1], parts[1], parts[2]):
        path.touch()
    for noise in ("logs.jsonl", "logs.20261123-000000-000000-00000.jsonl.gz.tmp", "telemetry.x.jsonl", "logs.idx"):
        (tmp_path / noise).touch()
    files = stream_files(tmp_path, "logs")
    assert files.finished == (archives[0], archives[1], parts[2])
    assert files.archives == (archives[0], archives[1])
    assert files.parts == (parts[2],)
    assert files.live == tmp_path / "logs.jsonl"


def test_a_folder_that_is_gone_has_no_files(tmp_path: Path) -> None:
    assert stream_files(tmp_path / "gone", "events").finished == ()


@pytest.mark.parametrize(
    ("newest", "expected"),
    [
        (None, "20261122-101500-250000-00000"),
        ("20261122-101459-999999-00007", "20261122-101500-250000-00000"),
        ("20261122-101500-250000-00000", "20261122-101500-250000-00001"),
        ("20270101-000000-000000-00003", "20270101-000000-000000-00004"),
        ("20270101-000000-000000-99999", "20270101-000000-000001-00000"),
        ("20270101-000000-999999-99999", "20270101-000001-000000-00000"),
    ],
)
def test_a_stamp_is_utc_and_never_falls_behind_the_newest(newest: str | None, expected: str) -> None:
    assert next_stamp(1795342500.25, newest) == expected


def test_the_newest_stamp_counts_parts_and_archives_of_the_stream_only(tmp_path: Path) -> None:
    part_path(tmp_path, "logs", STAMPS[1]).touch()
    archive_of(part_path(tmp_path, "logs", STAMPS[0])).touch()
    part_path(tmp_path, "events", STAMPS[2]).touch()
    (tmp_path / "logs.kept-by-hand.jsonl.gz").touch()
    assert newest_stamp(tmp_path, "logs") == STAMPS[1]
    assert newest_stamp(tmp_path, "packets") is None
