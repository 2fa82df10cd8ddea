# SPDX-License-Identifier: GPL-3.0-only
"""The index of a plain file, in memory only: what span of time each block of about 1 MiB holds; grows with the file."""

from __future__ import annotations

from mtleak_gui.storage.archive_format import MEMBER_BYTES
from mtleak_gui.storage.covered_range import CoveredRange
from mtleak_gui.storage.member_index import Member
from mtleak_gui.storage.plain_file import PlainFile
from mtleak_gui.storage.row_times import BlockTimes, block_times


class PlainIndex:
    """Blocks of one file, as far as queries have needed them; each byte is looked at once."""

    def __init__(self) -> None:
        self._covered = CoveredRange()
        self._blocks: list[Member] = []

    def blocks(self, file: PlainFile, low: int, high: int) -> list[Member]:
        """Return the blocks that hold the lines from ``low`` to ``high``, in file order, the unfinished line as well.

        ``low`` and ``high`` are ends of lines.
        """
        if not self._covered.still_holds(file):
            self._covered.forget()
            self._blocks.clear()
        for gap in self._covered.gaps(low, high):
            found = [_block(offset, block) for offset, block in file.blocks(gap.low, gap.high)]
            self._blocks[:] = [*found, *self._blocks] if gap.in_front else _joined(self._blocks, found)
            self._covered.add(gap, file)
        wanted = [block for block in self._blocks if block.offset < high and block.offset + block.bytes > low]
        if high == file.rows_end < file.size:
            wanted.append(_block(high, file.unfinished()))
        return wanted


def _joined(before: list[Member], found: list[Member]) -> list[Member]:
    """Put new blocks behind the others; a small last one is filled up first, or frequent queries would make many."""
    if not before or not found or before[-1].bytes + found[0].bytes > MEMBER_BYTES:
        return [*before, *found]
    last, first = before[-1], found[0]
    size = last.bytes + first.bytes
    times = BlockTimes(*last[3:]).joined(BlockTimes(*first[3:]))
    return [*before[:-1], Member(last.offset, size, size, *times), *found[1:]]


def _block(offset: int, block: bytes) -> Member:
    return Member(offset, len(block), len(block), *block_times(block))
