# SPDX-License-Identifier: GPL-3.0-only
"""Searching blocks for the rows that a filter wants: literals in the raw bytes first, decoding only what they hit."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from mtleak_gui.core.regex_literals import Clause
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.last_rows import LastRows, Place
from mtleak_gui.storage.literal_search import LiteralSearch
from mtleak_gui.storage.row_blocks import RowBlock, readable_pieces
from mtleak_gui.storage.row_decoding import SeenRow, seen_row, seen_rows
from mtleak_gui.storage.row_filter import RowFilter
from mtleak_gui.storage.row_times import line_count

_COMPACT = re.compile(rb'\{"ts":[0-9.]+,"')
_THREADS = 2
"""Inflating leaves the interpreter free, the rest of the work does not: a third thread would only wait."""
_MANY_BLOCKS = 8
"""Blocks from which on it pays to start threads and to prepare the search."""
_SAMPLE_BYTES = 1 << 16
_TOO_COMMON = 0.4
"""A literal in more than this share of the lines saves nothing: decoding whole blocks is faster then."""


class RowSearch:
    """One query over blocks, newest first: counts all rows that match and keeps the newest ``limit`` of them."""

    def __init__(self, wanted: RowFilter, window: TimeWindow, limit: int) -> None:
        self._wanted = wanted
        self._accepts = wanted.acceptor()
        self._window = window
        self._limit = limit
        self._literals: dict[bool, LiteralSearch] | None = None
        self.kept = LastRows(limit)
        self.troubles: list[str] = []
        """Sentences about blocks that could not be read."""

    def run(self, blocks: list[RowBlock]) -> int:
        """Search all blocks; return how many rows match."""
        blocks = [block for block in blocks if block.member.rows]
        if not blocks:
            return 0
        self._literals = self._rarest_literals(blocks)
        total = 0
        for matched, kept in self._results(blocks):
            total += matched
            self.kept.keep_all(kept)
        return total

    def _results(self, blocks: list[RowBlock]) -> Iterator[tuple[int, LastRows]]:
        if len(blocks) < _MANY_BLOCKS:
            yield from map(self._search_block, blocks)
            return
        with ThreadPoolExecutor(_THREADS, "row-search") as pool:
            waiting: deque[Future[tuple[int, LastRows]]] = deque()
            for block in blocks:
                waiting.append(pool.submit(self._search_block, block))
                if len(waiting) > 2 * _THREADS:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _search_block(self, block: RowBlock) -> tuple[int, LastRows]:
        """Return how many rows of a block match, and the newest of them. Runs in a thread of the pool."""
        kept = LastRows(self._limit)
        inside = block.lies_within(self._window)
        floor = self.kept.floor
        newest = block.member.max_ts
        if inside and self._wanted.wants_all and newest is not None and newest < floor:
            return block.member.rows, kept
        matched = 0
        for position, piece in readable_pieces(block, self.troubles):
            lines, rows = self._candidates(piece)
            accepted = self._accepted(rows, inside=inside)
            matched += len(accepted)
            for number in accepted:
                ts = rows[number].ts
                if ts >= floor and ts >= kept.floor:
                    lines = lines or piece.split(b"\n")
                    kept.keep(Place(ts, block.file, position + number), lines[number])
        return matched, kept

    def _candidates(self, piece: bytes) -> tuple[list[bytes] | None, list[SeenRow]]:
        """Return the rows that may match, and their lines, ``None`` when they are just the lines of the piece."""
        lines = None if self._literals is None else self._literals[_is_compact(piece)].lines(piece)
        text = piece if lines is None else b"\n".join(lines)
        rows = seen_rows(text)
        expected = line_count(text) if lines is None else len(lines)
        if rows is not None and len(rows) == expected:
            return lines, rows
        # Bad or blank lines among them.
        pairs = [(line, row) for line in text.split(b"\n") if (row := seen_row(line)) is not None]
        return [line for line, _ in pairs], [row for _, row in pairs]

    def _accepted(self, rows: list[SeenRow], *, inside: bool) -> list[int]:
        accepts = self._accepts
        if inside:
            return [number for number, row in enumerate(rows) if accepts(row)]
        start, end = self._window
        return [number for number, row in enumerate(rows) if start <= row.ts <= end and accepts(row)]

    def _rarest_literals(self, blocks: list[RowBlock]) -> dict[bool, LiteralSearch] | None:
        """Return the search, for compact rows and others, for the clause that hits the fewest lines of the first block.

        ``None`` when even that hits too many.
        """
        clauses = {compact: self._wanted.clauses(compact=compact) for compact in (True, False)}
        pieces = readable_pieces(blocks[0], []) if clauses[True] else iter(())
        piece = next((piece[:_SAMPLE_BYTES] for _, piece in pieces), b"")
        counts = [_hits(piece, clause) for clause in clauses[_is_compact(piece)]]
        if not counts or min(counts) > _TOO_COMMON * piece.count(b"\n") + 1:
            return None
        rarest = counts.index(min(counts))
        sample = piece if len(blocks) >= _MANY_BLOCKS else b""
        return {compact: LiteralSearch(found[rarest], sample) for compact, found in clauses.items()}


def _is_compact(piece: bytes) -> bool:
    """Return whether rows stand as both recorders write them, without spaces; else, say, someone reformatted them."""
    return _COMPACT.match(piece) is not None and _COMPACT.match(piece, piece.rfind(b"\n", 0, -1) + 1) is not None


def _hits(piece: bytes, clause: Clause) -> int:
    haystack = piece.lower() if clause.folded else piece
    return sum(haystack.count(literal) for literal in clause.literals)
