# SPDX-License-Identifier: GPL-3.0-only
"""The blocks of rows that a window needs, newest first: members of archives and stretches of plain files alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from mtleak_gui.core.records import StreamName
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.gzip_members import MemberReader, read_member
from mtleak_gui.storage.member_index import Member
from mtleak_gui.storage.plain_file import PlainFile
from mtleak_gui.storage.plain_index import PlainIndex
from mtleak_gui.storage.repeated_archives import ArchiveFile
from mtleak_gui.storage.row_files import StreamSnapshot
from mtleak_gui.storage.time_bisect import window_range

_BIG_MEMBER_BYTES = 1 << 23
"""Members above this many raw bytes, those of other programs, are inflated piece by piece."""


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Rows that stand together: their true span of time (``None`` without a row), how many, and how to read them.

    ``file`` and ``position`` say where it stands in the order of writing. ``read`` yields raw bytes in pieces of whole
    lines; it raises ``OSError``.
    """

    file: int
    position: int
    member: Member
    read: Callable[[], Iterator[bytes]]

    def overlaps(self, window: TimeWindow) -> bool:
        """Return whether rows of the window may stand here."""
        low, high = self.member.min_ts, self.member.max_ts
        return low is not None and high is not None and low <= window.end and high >= window.start

    def lies_within(self, window: TimeWindow) -> bool:
        """Return whether all rows here are of the window."""
        low, high = self.member.min_ts, self.member.max_ts
        return low is not None and high is not None and low >= window.start and high <= window.end


def readable_pieces(block: RowBlock, troubles: list[str]) -> Iterator[tuple[int, bytes]]:
    """Yield position and bytes of each piece of a block as far as it can be read; add a sentence when it cannot."""
    position = block.position
    try:
        for piece in block.read():
            yield position, piece
            position += len(piece)
    except OSError as trouble:
        troubles.append(f"Rows are missing here: {trouble}.")


class PlainIndexes:
    """The indexes of plain files, kept over renames."""

    def __init__(self) -> None:
        self._known: dict[StreamName, dict[tuple[int, int], PlainIndex]] = {}

    def of(self, snapshot: StreamSnapshot) -> dict[tuple[int, int], PlainIndex]:
        """Return the index of each plain file by its identity; those of files that are gone are forgotten."""
        before = self._known.get(snapshot.stream, {})
        plain = [file.identity for file in snapshot.files if isinstance(file, PlainFile)]
        self._known[snapshot.stream] = {identity: before.get(identity) or PlainIndex() for identity in plain}
        return self._known[snapshot.stream]


def blocks_of(snapshot: StreamSnapshot, plain: PlainIndexes, window: TimeWindow | None) -> list[RowBlock]:
    """Return the blocks that a query over the window has to look at, newest first, those without a row included.

    Blocks whose rows all lie outside the window are left out.
    """
    found: list[RowBlock] = []
    indexes = plain.of(snapshot)
    for number, file in enumerate(snapshot.files):
        if isinstance(file, ArchiveFile):
            blocks = archive_blocks(number, file)
        else:
            low, high = 0, file.rows_end
            if window is not None and snapshot.is_ordered(file):
                low, high = window_range(file, window)
            blocks = [_plain_block(number, file, member) for member in indexes[file.identity].blocks(file, low, high)]
        found.extend(block for block in blocks if window is None or _concerns(block, window))
    found.reverse()
    return found


def _concerns(block: RowBlock, window: TimeWindow) -> bool:
    return block.overlaps(window) or (block.member.min_ts is None and block.member.bad_rows > 0)


def _plain_block(number: int, file: PlainFile, member: Member) -> RowBlock:
    return RowBlock(number, member.offset, member, lambda: iter([file.read(member.offset, member.bytes)]))


def archive_blocks(number: int, file: ArchiveFile) -> list[RowBlock]:
    """Return the blocks of an archive, oldest first; ``number`` is its place among the files of the stream."""
    members = file.index.members
    if file.index.torn:
        return [RowBlock(number, 0, _joined(members), file.raw_pieces)] if members else []
    positions = accumulate((member.raw_bytes for member in members), initial=0)
    return [
        RowBlock(number, position, member, _member_reading(file, member))
        for position, member in zip(positions, members, strict=False)
    ]


def _member_reading(file: ArchiveFile, member: Member) -> Callable[[], Iterator[bytes]]:
    if member.raw_bytes <= _BIG_MEMBER_BYTES:
        return lambda: iter([read_member(file.path, member.offset, member.bytes, member.raw_bytes)])
    return lambda: _big_member(file, member)


def _big_member(file: ArchiveFile, member: Member) -> Iterator[bytes]:
    with MemberReader(file.path) as reader:
        for offset in reader.members():
            if offset == member.offset:
                yield from reader.blocks()
                return


def _joined(members: tuple[Member, ...]) -> Member:
    lows = [member.min_ts for member in members if member.min_ts is not None]
    highs = [member.max_ts for member in members if member.max_ts is not None]
    last = members[-1]
    return Member(
        0,
        last.offset + last.bytes,
        sum(member.raw_bytes for member in members),
        min(lows, default=None),
        max(highs, default=None),
        sum(member.rows for member in members),
        sum(member.bad_rows for member in members),
    )
