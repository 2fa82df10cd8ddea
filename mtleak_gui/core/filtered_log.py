# SPDX-License-Identifier: GPL-3.0-only
"""The rows of a store that a filter wants: found newest first in short slices, kept up to date as rows come and go.

Owner: GUI thread. Rows that are shown are named by their place from the top; places shift when older rows are found,
so whatever must last longer keeps the row's number in the store.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Callable, Collection
from itertools import accumulate
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.log_columns import LEVELS, MARK, NO_LEVEL
from mtleak_gui.core.log_filter import LogFilter
from mtleak_gui.core.log_matching import LogPiece, TextMatcher, TooManyRowsError
from mtleak_gui.core.log_store import LogBlock, LogStore
from mtleak_gui.core.piece_size import PieceSize

Counts = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp]
_INFO = LEVELS.index("INFO")
_MOST_BYTES = 1 << 20
"""Text of one piece: rows may be of any length."""


def _standing() -> float:
    return 0.0


class Shift(NamedTuple):
    """What changed: rows found before the first, gone from the front, and come behind the last."""

    before: int = 0
    gone: int = 0
    behind: int = 0


class Chunk:
    """The wanted rows of one block: their places in it, ascending."""

    __slots__ = ("block", "counts", "marks", "places")

    def __init__(self, block: LogBlock) -> None:
        self.block = block
        self.places: Places = np.empty(0, np.intp)
        self.marks: Places = np.empty(0, np.intp)
        """Where in ``places`` marks stand."""
        self.counts: Counts = np.zeros(NO_LEVEL + 1, np.int64)
        """Rows of each level code in the span and of the device that are asked for, shown or not."""

    def add(self, places: Places, counts: Counts, *, in_front: bool) -> None:
        """Add wanted rows before or behind those that are there."""
        both = (places, self.places) if in_front else (self.places, places)
        self.places = np.concatenate(both)
        self.marks = np.flatnonzero(self.block.level[self.places] == MARK)
        self.counts = self.counts + counts


class FilteredLog:
    """What a log view shows. ``restart`` it with a filter, ``advance`` it until it is done, ``follow`` new rows."""

    def __init__(self, store: LogStore, wanted: LogFilter, matcher: TextMatcher) -> None:
        self._store = store
        self.restart(wanted, matcher)

    def restart(self, wanted: LogFilter, matcher: TextMatcher) -> None:
        """Begin anew with another filter; nothing is shown before the next ``advance``."""
        self.wanted = wanted
        self.matcher = matcher
        self._piece = PieceSize(matcher.first_piece)
        self._chunks: deque[Chunk] = deque()
        self._begin = self._end = self._store.end
        self._counts: Counts = np.zeros(NO_LEVEL + 1, np.int64)
        self._sums: list[int] | None = None
        self._mark_sums: list[int] = []
        levels = [name in wanted.levels for name in LEVELS]
        self._levels = np.array([*levels, levels[_INFO]], np.bool_)

    def __len__(self) -> int:
        return self.totals()[-1]

    @property
    def is_done(self) -> bool:
        """Whether all rows of the store were looked at, but those that came since the last ``follow``."""
        return self._begin <= self._store.first

    @property
    def end(self) -> int:
        """One more than the number of the newest row that was looked at."""
        return self._end

    @property
    def in_scope(self) -> int:
        """Rows in the span and of the device, shown or not, among those looked at."""
        return int(self._counts.sum())

    @property
    def chunks(self) -> deque[Chunk]:
        """The wanted rows, block by block, oldest first; not to be changed."""
        return self._chunks

    def level_count(self, level: str) -> int:
        """Return how many rows of a level are in scope, shown or not; those without a level count as INFO."""
        code = LEVELS.index(level)
        return int(self._counts[code]) + (int(self._counts[NO_LEVEL]) if code == _INFO else 0)

    def advance(self, is_over: Callable[[], bool], clock: Callable[[], float] = _standing) -> Shift:
        """Look at older rows, piece by piece, until all are done or ``is_over``; at least at one piece.

        ``clock`` tells seconds, by which pieces are made smaller where the pattern takes long.
        """
        before = 0
        while self._begin > self._store.first:
            place = self._store.place(self._begin - 1)
            if place is None:
                break
            block, last = place
            text_from = int(block.offsets[last + 1]) - _MOST_BYTES
            start = max(last + 1 - self._piece.rows, min(int(np.searchsorted(block.offsets, text_from)), last), 0)
            began = clock()
            try:
                before += self._look(block, start, last + 1, in_front=True)
            except TooManyRowsError:
                self._piece.was_too_much()
                continue
            self._piece.took(clock() - began)
            self._begin = block.first + start
            if is_over():
                break
        return Shift(before=before)

    def follow(self) -> Shift:
        """Look at rows that were added behind, forget those that the store dropped."""
        gone = 0
        while self._chunks and self._chunks[0].block.first < self._store.first:
            dropped = self._chunks.popleft()
            gone += len(dropped.places)
            self._counts = self._counts - dropped.counts
            self._sums = None
        self._begin = max(self._begin, self._store.first)
        behind = 0
        self._end = max(self._end, self._store.first)
        while self._end < self._store.end:
            place = self._store.place(self._end)
            if place is None:
                break
            block, start = place
            behind += self._look(block, start, len(block), in_front=False)
            self._end = block.first + len(block)
        return Shift(gone=gone, behind=behind)

    def place_of(self, shown: int) -> tuple[LogBlock, int]:
        """Return the block of a shown row and its place there. Raises ``IndexError`` beyond the last."""
        totals = self.totals()
        if not 0 <= shown < totals[-1]:
            raise IndexError(shown)
        at = bisect_right(totals, shown) - 1
        chunk = self._chunks[at]
        return chunk.block, int(chunk.places[shown - totals[at]])

    def number(self, shown: int) -> int:
        """Return the number in the store of a shown row."""
        block, place = self.place_of(shown)
        return block.first + place

    def nearest(self, number: int) -> int:
        """Return the shown row with this number, or else the next shown behind it; ``len`` when there is none."""
        totals = self.totals()
        at = bisect_right(self._chunks, number, key=lambda chunk: chunk.block.first) - 1
        if at < 0:
            return 0
        chunk = self._chunks[at]
        return totals[at] + int(np.searchsorted(chunk.places, number - chunk.block.first))

    def at_time(self, ts: float) -> int:
        """Return the first shown row that is not older than ``ts``; ``len`` when all are."""
        totals = self.totals()
        at = bisect_left(self._chunks, ts, key=lambda chunk: float(chunk.block.ts[-1]))
        if at >= len(self._chunks):
            return totals[-1]
        chunk = self._chunks[at]
        times = np.maximum.accumulate(chunk.block.ts[chunk.places])
        return totals[at] + int(np.searchsorted(times, ts))

    def marks_before(self, shown: int) -> int:
        """Return how many marks stand among the rows before a shown row."""
        totals = self.totals()
        if shown >= totals[-1]:
            return self._mark_sums[-1]
        at = bisect_right(totals, shown) - 1
        within = int(np.searchsorted(self._chunks[at].marks, shown - totals[at]))
        return self._mark_sums[at] + within

    def next_of_levels(self, shown: int, codes: Collection[int], step: int) -> int | None:
        """Return the next row (``step`` 1) or the one before (-1) whose level code is one of these, or ``None``."""
        totals = self.totals()
        wanted = list(codes)
        at = min(max(bisect_right(totals, shown) - 1, 0), len(self._chunks) - 1)
        while 0 <= at < len(self._chunks):
            chunk = self._chunks[at]
            hits = np.flatnonzero(np.isin(chunk.block.level[chunk.places], wanted)) + totals[at]
            hits = hits[hits > shown] if step > 0 else hits[hits < shown]
            if len(hits):
                return int(hits[0] if step > 0 else hits[-1])
            at += step
        return None

    def totals(self) -> list[int]:
        """Return how many rows are shown before each chunk, and at last of all."""
        if self._sums is None:
            self._sums = list(accumulate((len(chunk.places) for chunk in self._chunks), initial=0))
            self._mark_sums = list(accumulate((len(chunk.marks) for chunk in self._chunks), initial=0))
        return self._sums

    def _look(self, block: LogBlock, start: int, stop: int, *, in_front: bool) -> int:
        """Look at the rows of a block from ``start`` to ``stop``; return how many of them are wanted."""
        places, counts = self._wanted(block, start, stop, at_once=not in_front)
        chunk = self._chunks[0 if in_front else -1] if self._chunks else None
        if chunk is None or chunk.block is not block:
            chunk = Chunk(block)
            (self._chunks.appendleft if in_front else self._chunks.append)(chunk)
        chunk.add(places, counts, in_front=in_front)
        self._counts = self._counts + counts
        self._sums = None
        return len(places)

    def _wanted(self, block: LogBlock, start: int, stop: int, *, at_once: bool) -> tuple[Places, Counts]:
        rows = slice(start, stop)
        ts, level = block.ts[rows], block.level[rows]
        since, until = self.wanted.span
        marks = level == MARK
        scope = (ts >= since) & (ts <= until)
        if self.wanted.port is not None:
            own = np.array([source.port == self.wanted.port for source in self._store.sources], np.bool_)
            scope &= own[block.source[rows]] | marks
        counts = np.bincount(level[scope], minlength=NO_LEVEL + 1).astype(np.int64)
        wanted = scope & self._levels[level]
        texts = wanted & ~marks
        if self.wanted.thread is not None:
            texts &= block.thread[rows] == self._store.code_of_thread(self.wanted.thread)
        found = self.matcher.matching(LogPiece(block, start, stop), texts, at_once=at_once) | (wanted & marks)
        return np.flatnonzero(found) + start, counts
