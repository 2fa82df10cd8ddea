# SPDX-License-Identifier: GPL-3.0-only
"""How much a stream of a recording holds and how far it reaches."""

from __future__ import annotations

from mtleak_gui.storage.plain_file import PlainFile
from mtleak_gui.storage.query_answers import StreamStatus
from mtleak_gui.storage.row_blocks import PlainIndexes, blocks_of
from mtleak_gui.storage.row_files import StreamSnapshot
from mtleak_gui.storage.row_times import row_time

_TAIL_BYTES = 1 << 16


def stream_status(snapshot: StreamSnapshot, plain: PlainIndexes) -> StreamStatus:
    """Return the totals of a stream over all its files. Raises ``OSError``."""
    members = [block.member for block in blocks_of(snapshot, plain, None)]
    sizes = [file.size if isinstance(file, PlainFile) else file.index.archive_bytes for file in snapshot.files]
    return StreamStatus(
        stream=snapshot.stream,
        rows=sum(member.rows for member in members),
        bad_rows=sum(member.bad_rows for member in members),
        bytes=sum(sizes),
        archives=sum(not isinstance(file, PlainFile) for file in snapshot.files),
        first_ts=min((member.min_ts for member in members if member.min_ts is not None), default=None),
        last_ts=max((member.max_ts for member in members if member.max_ts is not None), default=None),
    )


def latest_ts(snapshot: StreamSnapshot, plain: PlainIndexes) -> float | None:
    """Return the greatest ``ts`` of a stream (epoch s), ``None`` without a row. Raises ``OSError``."""
    live = snapshot.files[-1] if snapshot.files else None
    if isinstance(live, PlainFile) and snapshot.is_ordered(live):
        tail = live.read(max(0, live.size - _TAIL_BYTES), _TAIL_BYTES)
        for line in reversed(tail.split(b"\n")):
            ts = row_time(line)
            if ts is not None:
                return ts
    return stream_status(snapshot, plain).last_ts
