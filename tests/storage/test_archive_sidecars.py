# SPDX-License-Identifier: GPL-3.0-only
"""Archives of any origin, whole or broken: their index and their telemetry columns tell the truth."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

from mtleak_gui.storage.archive_format import column_paths, index_path
from mtleak_gui.storage.gzip_members import MemberReader, compressed_member, read_member
from mtleak_gui.storage.member_index import Member, build_index, read_index, write_index
from mtleak_gui.storage.telemetry_columns import build_columns, read_columns

NAME = "telemetry.20261122-101500-000000-00000.jsonl.gz"


def log_rows(first: int, count: int, width: int = 0) -> bytes:
    return b"".join(b'{"ts":%d.5,"line":"%s"}\n' % (first + i, b"x" * width) for i in range(count))


def all_rows(archive: Path) -> tuple[bytes, str | None]:
    with MemberReader(archive) as reader:
        raw = b"".join(block for _ in reader.members() for block in reader.blocks())
        return raw, reader.torn


def test_the_index_gives_each_member_its_place_and_its_true_extremes(tmp_path: Path) -> None:
    archive = tmp_path / NAME
    back_in_time = log_rows(2000, 3) + log_rows(1500, 2) + b"junk\n\n"
    members = [log_rows(1000, 5), back_in_time, b"no row at all\n"]
    packed = [compressed_member(raw) for raw in members]
    archive.write_bytes(b"".join(packed))
    index = build_index(archive)
    assert index.torn is None
    assert [member[2:] for member in index.members] == [
        (len(members[0]), 1000.5, 1004.5, 5, 0),
        (len(members[1]), 1500.5, 2002.5, 5, 1),
        (len(members[2]), None, None, 0, 1),
    ]
    for member, raw in zip(index.members, members, strict=True):
        assert read_member(archive, member.offset, member.bytes) == raw
    assert gzip.decompress(archive.read_bytes()) == b"".join(members)


def test_rows_that_only_the_standard_library_reads_count_as_rows(tmp_path: Path) -> None:
    archive = tmp_path / NAME
    archive.write_bytes(gzip.compress(b'{"ts":1,"v":NaN}\n{"ts":2,"line":"\xff"}\n{"ts":NaN}\n{"ts":"3"}\n[1]\n'))
    assert build_index(archive).members[0][3:] == (1.0, 2.0, 2, 3)


def test_a_single_big_member_with_padding_is_read_in_bounded_blocks_cut_at_row_ends(tmp_path: Path) -> None:
    archive = tmp_path / NAME
    raw = log_rows(1, 200_000, 30) + b'{"ts":9' + b" " * 5_000_000 + b"}\n" + log_rows(10, 9)
    archive.write_bytes(gzip.compress(raw, 1) + b"\0" * 1000)
    with MemberReader(archive) as reader:
        blocks = [block for _ in reader.members() for block in reader.blocks()]
        assert reader.torn is None
    assert b"".join(blocks) == raw
    assert all(block.endswith(b"\n") for block in blocks)
    assert sorted(map(len, blocks))[-2] <= 1 << 21


@pytest.mark.parametrize("seed", range(8))
def test_whatever_the_sizes_are_each_byte_comes_out_once(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    archive = tmp_path / NAME
    raws = [rng.randbytes(rng.choice([0, 1, 100, (1 << 20) - 3, 1 << 21, (1 << 21) + 1])) for _ in range(4)]
    archive.write_bytes(b"".join(compressed_member(raw) for raw in raws))
    assert all_rows(archive) == (b"".join(raws), None)


def test_an_archive_cut_by_a_crash_gives_what_is_left_and_says_so(tmp_path: Path) -> None:
    archive = tmp_path / NAME
    first, second = compressed_member(log_rows(1, 50_000)), compressed_member(log_rows(90_000, 50_000))
    archive.write_bytes(first + second[: len(second) // 2])
    index = build_index(archive)
    assert index.torn is not None
    assert f"{len(first):,}" in index.torn
    assert index.members[0].rows == 50_000
    assert 0 < index.members[1].rows < 50_000
    assert sum(member.bytes for member in index.members) == archive.stat().st_size


def test_garbage_after_a_member_is_told_and_the_member_still_read(tmp_path: Path) -> None:
    archive = tmp_path / NAME
    archive.write_bytes(compressed_member(log_rows(1, 10)) + b"garbage")
    raw, torn = all_rows(archive)
    assert raw == log_rows(1, 10)
    assert torn is not None


def test_a_stored_index_is_believed_only_for_the_archive_it_was_made_for(tmp_path: Path) -> None:
    archive = tmp_path / NAME
    archive.write_bytes(compressed_member(log_rows(1, 10)))
    assert read_index(archive) is None
    index = build_index(archive)
    write_index(archive, index)
    assert read_index(archive) == index
    assert json.loads(index_path(archive).read_bytes())["members"] == [list(index.members[0])]
    assert isinstance(index.members[0], Member)
    archive.write_bytes(archive.read_bytes() * 2)
    assert read_index(archive) is None
    index_path(archive).write_bytes(b"\xff not an index")
    assert read_index(archive) is None


def test_columns_hold_each_number_of_each_series_in_the_order_of_the_file(tmp_path: Path) -> None:
    rows = [
        {"ts": 1.5, "port": "A", "from_node": None, "variant": "local", "fields": {"heap": 100, "note": "x"}},
        {"ts": 2.5, "port": "A", "from_node": "!0a", "variant": "local", "fields": {"heap": 7, "ok": True}},
        {"ts": 2.0, "port": "A", "from_node": None, "variant": "local", "fields": {"heap": 90.5, "deep": {"a": 1}}},
        {"ts": 3.0, "port": "A", "from_node": 12, "variant": "device", "fields": {"v": 10**400, "u": 1}},
        {"ts": 4.0, "port": "B", "variant": "local", "fields": None},
        {"ts": 5.0, "port": "B", "variant": "local", "fields": {"heap": float("nan"), "total": 5}},
        {"ts": 6.0, "port": "B\ud800", "variant": "local", "fields": {"heap": 1}},
    ]
    archive = tmp_path / NAME
    text = "".join(json.dumps(row) + "\n" for row in rows) + "junk\n"
    archive.write_bytes(gzip.compress(text.encode()))
    build_columns(archive)
    columns = read_columns(archive)
    assert columns is not None
    found = {
        (s.port, s.node, s.variant, s.field): columns.samples[:, s.start : s.start + s.count].tolist()
        for s in columns.series
    }
    assert found == {
        ("A", None, "local", "heap"): [[1.5, 2.0], [100.0, 90.5]],
        ("A", "!0a", "local", "heap"): [[2.5], [7.0]],
        ("A", 12, "device", "u"): [[3.0], [1.0]],
        ("B", None, "local", "total"): [[5.0], [5.0]],
        ("B\ufffd", None, "local", "heap"): [[6.0], [1.0]],
    }


def test_columns_of_another_state_of_the_archive_are_not_believed(tmp_path: Path) -> None:
    archive = tmp_path / NAME
    archive.write_bytes(gzip.compress(b'{"ts":1,"fields":{"heap":1}}\n'))
    build_columns(archive)
    assert read_columns(archive) is not None
    column_paths(archive)[0].write_bytes(b"")
    assert read_columns(archive) is None
    build_columns(archive)
    archive.write_bytes(archive.read_bytes() + b"\0")
    assert read_columns(archive) is None
