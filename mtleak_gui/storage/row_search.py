# SPDX-License-Identifier: GPL-3.0-only
"""Searching blocks for the rows that a filter wants: literals in the raw bytes first, decoding only what they hit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.last_rows import LastRows, Place
from mtleak_gui.storage.regex_literals import Clause
from mtleak_gui.storage.row_blocks import RowBlock, readable_pieces
from mtleak_gui.storage.row_decoding import SeenRow, seen_row, seen_rows
from mtleak_gui.storage.row_filter import RowFilter

_Piece = TypeVar("_Piece")

_WORTH_A_THREAD = 4
"""Blocks from which on the next one is inflated while this one is searched."""
_TOO_COMMON = 0.4
"""A literal in more than this share of the lines saves nothing: decoding whole blocks is faster then."""


class RowSearch:
    """One query over blocks, newest first: counts all rows that match and keeps the newest of them."""

    def __init__(self, wanted: RowFilter, window: TimeWindow, kept: LastRows) -> None:
        self._wanted = wanted
        self._accepts = wanted.acceptor()
        self._window = window
        self._kept = kept
        self._clauses = wanted.clauses()
        self._driver: Clause | None = None
        self._driver_chosen = False
        self.troubles: list[str] = []
        """Sentences about blocks that could not be read."""

    def run(self, blocks: list[RowBlock]) -> int:
        """Search all blocks; return how many rows match."""
        total = 0
        pieces = self._pieces(blocks)
        for block, position, piece in _read_ahead(pieces) if len(blocks) >= _WORTH_A_THREAD else pieces:
            if piece is None:
                total += block.member.rows
            else:
                total += self._search(block, position, piece)
        return total

    def _pieces(self, blocks: Iterable[RowBlock]) -> Iterator[tuple[RowBlock, int, bytes | None]]:
        """Yield what is to be searched; ``None`` for a block whose rows all match and none of which will be kept."""
        for block in blocks:
            newest = block.member.max_ts
            if newest is None:
                continue
            if self._wanted.wants_all and newest < self._kept.floor and block.lies_within(self._window):
                yield block, 0, None
                continue
            for position, piece in readable_pieces(block, self.troubles):
                yield block, position, piece

    def _search(self, block: RowBlock, position: int, piece: bytes) -> int:
        if not self._driver_chosen:
            self._driver = _rarest(self._clauses, piece)
            self._driver_chosen = True
        inside = block.lies_within(self._window)
        if self._driver is None:
            return self._search_all(block.file, position, piece, inside=inside)
        matched = 0
        for start, end in _hit_lines(piece, self._driver):
            row = seen_row(piece[start:end])
            if row is None or not (inside or self._window.start <= row.ts <= self._window.end):
                continue
            if self._accepts(row):
                matched += 1
                if row.ts >= self._kept.floor:
                    self._kept.keep(Place(row.ts, block.file, position + start), piece[start:end])
        return matched

    def _search_all(self, file: int, position: int, piece: bytes, *, inside: bool) -> int:
        rows = seen_rows(piece)
        lines: list[bytes] | None = None
        if rows is None or len(rows) != piece.count(b"\n") + (not piece.endswith(b"\n")):
            lines, rows = _decoded_lines(piece)  # blank or bad lines among them
        accepted = _accepted(rows, self._accepts, None if inside else self._window)
        for number in accepted:
            if rows[number].ts >= self._kept.floor:
                lines = lines or piece.split(b"\n")
                self._kept.keep(Place(rows[number].ts, file, position + number), lines[number])
        return len(accepted)


def _accepted(rows: list[SeenRow], accepts: Callable[[SeenRow], bool], window: TimeWindow | None) -> list[int]:
    if window is None:
        return [number for number, row in enumerate(rows) if accepts(row)]
    start, end = window
    return [number for number, row in enumerate(rows) if start <= row.ts <= end and accepts(row)]


def _decoded_lines(piece: bytes) -> tuple[list[bytes], list[SeenRow]]:
    pairs = [(line, row) for line in piece.split(b"\n") if (row := seen_row(line)) is not None]
    return [line for line, _ in pairs], [row for _, row in pairs]


def _rarest(clauses: list[Clause], piece: bytes) -> Clause | None:
    """Return the clause that hits the fewest lines of a sample, ``None`` when even that hits too many."""
    if not clauses:
        return None
    counts = {clause: sum(_folded(piece, clause).count(one) for one in clause.literals) for clause in clauses}
    best = min(clauses, key=lambda clause: counts[clause])
    return best if counts[best] <= _TOO_COMMON * piece.count(b"\n") + 1 else None


def _hit_lines(piece: bytes, clause: Clause) -> Iterable[tuple[int, int]]:
    """Return start and end of each line that holds a literal of the clause, in order."""
    haystack = _folded(piece, clause)
    if len(clause.literals) == 1:
        return _lines_with(haystack, clause.literals[0])
    # Each literal by itself: an alternation in one regular expression is fifteen times slower.
    return sorted({line for literal in clause.literals for line in _lines_with(haystack, literal)})


def _lines_with(haystack: bytes, literal: bytes) -> Iterator[tuple[int, int]]:
    at = haystack.find(literal)
    while at >= 0:
        start = haystack.rfind(b"\n", 0, at) + 1
        end = haystack.find(b"\n", at)
        if end < 0:
            end = len(haystack)
        yield start, end
        at = haystack.find(literal, end)


def _folded(piece: bytes, clause: Clause) -> bytes:
    return piece.lower() if clause.folded else piece


def _read_ahead(pieces: Iterator[_Piece]) -> Iterator[_Piece]:
    """Yield the same pieces, each read on another thread while the one before is used; the thread ends with it."""
    with ThreadPoolExecutor(1, "read-ahead") as pool:
        pending = pool.submit(next, pieces, None)
        while (piece := pending.result()) is not None:
            pending = pool.submit(next, pieces, None)
            yield piece
