# SPDX-License-Identifier: GPL-3.0-only
"""The index beside an archive: where its gzip members lie and what span of time each holds.

``<stream>.<stamp>.idx`` is JSON: ``{"format": 1, "archive_bytes": N, "members": [[offset, bytes, raw_bytes, min_ts,
max_ts, rows, bad_rows], ...], "torn": null}``. An archive of another program is usually one big member, one entry.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import msgspec
import orjson

from mtleak_gui.storage.archive_format import FORMAT, index_path
from mtleak_gui.storage.atomic_file import write_atomically
from mtleak_gui.storage.gzip_members import MemberReader
from mtleak_gui.storage.row_times import BlockTimes, block_times, row_slices


class Member(NamedTuple):
    """One gzip member. Offsets and sizes in bytes.

    ``min_ts`` and ``max_ts`` are the true extremes (epoch s), ``None`` without a row; ``rows`` counts rows that have a
    time, ``bad_rows`` lines that are no row.
    """

    offset: int
    bytes: int
    raw_bytes: int
    min_ts: float | None
    max_ts: float | None
    rows: int
    bad_rows: int


@dataclass(frozen=True, slots=True)
class MemberIndex:
    """The members of an archive of ``archive_bytes`` bytes; ``torn`` says how it is broken, ``None`` if it is whole."""

    archive_bytes: int
    members: tuple[Member, ...]
    torn: str | None = None


class _StoredIndex(msgspec.Struct):
    format: int
    archive_bytes: int
    members: list[Member]
    torn: str | None = None


_DECODER = msgspec.json.Decoder(_StoredIndex)


def read_index(archive: Path) -> MemberIndex | None:
    """Return the stored index, or ``None`` when it is missing, unreadable, or of another state of the archive."""
    try:
        stored = _DECODER.decode(index_path(archive).read_bytes())
        archive_bytes = archive.stat().st_size
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    if stored.format != FORMAT or stored.archive_bytes != archive_bytes:
        return None
    return MemberIndex(stored.archive_bytes, tuple(stored.members), stored.torn)


def build_index(archive: Path, rest_s: float = 0.0) -> MemberIndex:
    """Read the whole archive and return its index; what is broken at its end is told in ``torn``, never raised.

    Rests for ``rest_s`` seconds after each 64 KiB, for the sake of other threads.
    Holds about 2 MiB in memory. Raises ``OSError`` when the file cannot be read.
    """
    members: list[Member] = []
    with MemberReader(archive) as reader:
        for offset in reader.members():
            times = BlockTimes()
            raw_bytes = 0
            for block in reader.blocks():
                for rows in row_slices(block, rest_s):
                    times = times.joined(block_times(rows))
                raw_bytes += len(block)
            size = (reader.archive_bytes if reader.torn else reader.position) - offset
            members.append(Member(offset, size, raw_bytes, times.min_ts, times.max_ts, times.rows, times.bad_rows))
        return MemberIndex(reader.archive_bytes, tuple(members), reader.torn)


def write_index(archive: Path, index: MemberIndex) -> None:
    """Store the index beside the archive, all or nothing. Raises ``OSError``."""
    write_atomically(index_path(archive), [encoded_index(index.archive_bytes, index.members, index.torn)], shared=True)


def encoded_index(archive_bytes: int, members: Iterable[Member], torn: str | None = None) -> bytes:
    """Return the bytes of an index file."""
    stored = {
        "format": FORMAT,
        "archive_bytes": archive_bytes,
        "members": [list(member) for member in members],
        "torn": torn,
    }
    return orjson.dumps(stored)
