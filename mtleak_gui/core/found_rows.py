# SPDX-License-Identifier: GPL-3.0-only
"""Where, among the rows that are shown, a second pattern stands: find, which hides nothing. Owner: GUI thread."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from itertools import accumulate

import numpy as np

from mtleak_gui.core.filtered_log import Chunk, FilteredLog, Places
from mtleak_gui.core.log_matching import LogPiece, TextMatcher, TooManyRowsError
from mtleak_gui.core.piece_size import PieceSize

_NONE: Places = np.empty(0, np.intp)


def _standing() -> float:
    return 0.0


class FoundRows:
    """Hits of ``matcher`` in a filtered log; ``advance`` it until it is done, and again whenever rows came or went."""

    def __init__(self, shown: FilteredLog, matcher: TextMatcher) -> None:
        self._shown = shown
        self.matcher = matcher
        self._piece = PieceSize(matcher.first_piece)
        self._hits: dict[Chunk, tuple[int, Places]] = {}
        """Of each chunk how many of its rows were looked at, and which of them are hits."""

    def __len__(self) -> int:
        return sum(len(hits) for _, hits in self._hits.values())

    @property
    def is_done(self) -> bool:
        """Whether each shown row was looked at."""
        return len(self._hits) == len(self._shown.chunks) and all(
            self._looked_at(chunk) == len(chunk.places) for chunk in self._shown.chunks
        )

    def advance(self, is_over: Callable[[], bool], clock: Callable[[], float] = _standing) -> None:
        """Look at rows, newest first, until all are done or ``is_over``. Only for a filter that is done itself."""
        shown = set(self._shown.chunks)
        for gone in [chunk for chunk in self._hits if chunk not in shown]:
            del self._hits[gone]
        for chunk in reversed(self._shown.chunks):
            while self._looked_at(chunk) < len(chunk.places) or chunk not in self._hits:
                began = clock()
                try:
                    self._look(chunk)
                except TooManyRowsError:
                    self._piece.was_too_much()
                    continue
                self._piece.took(clock() - began)
                if is_over():
                    return

    def places(self) -> Places:
        """Return the hits found so far as places from the top, ascending."""
        totals = self._shown.totals()
        found = [self._of(chunk) + total for chunk, total in zip(self._shown.chunks, totals, strict=False)]
        return np.concatenate(found) if found else _NONE

    def next(self, shown: int, step: int) -> int | None:
        """Return the hit after (``step`` 1) or before (-1) a shown row, going round at the ends; ``None``: no hits."""
        totals = self._shown.totals()
        sums = list(accumulate((len(self._of(chunk)) for chunk in self._shown.chunks), initial=0))
        if not sums[-1]:
            return None
        rank = self.rank(shown)
        is_hit = self.holds(shown)
        wanted = (rank + (1 if is_hit else 0) if step > 0 else rank - 1) % sums[-1]
        at = bisect_right(sums, wanted) - 1
        return totals[at] + int(self._of(self._shown.chunks[at])[wanted - sums[at]])

    def rank(self, shown: int) -> int:
        """Return how many hits stand before a shown row."""
        totals = self._shown.totals()
        at = min(max(bisect_right(totals, shown) - 1, 0), max(len(self._shown.chunks) - 1, 0))
        before = sum(len(self._of(chunk)) for chunk, _ in zip(self._shown.chunks, range(at), strict=False))
        if at >= len(self._shown.chunks):
            return before
        return before + bisect_left(self._of(self._shown.chunks[at]), shown - totals[at])

    def holds(self, shown: int) -> bool:
        """Return whether a shown row is a hit."""
        totals = self._shown.totals()
        at = bisect_right(totals, shown) - 1
        if not 0 <= at < len(self._shown.chunks):
            return False
        hits = self._of(self._shown.chunks[at])
        place = bisect_left(hits, shown - totals[at])
        return place < len(hits) and int(hits[place]) == shown - totals[at]

    def _of(self, chunk: Chunk) -> Places:
        return self._hits.get(chunk, (0, _NONE))[1]

    def _looked_at(self, chunk: Chunk) -> int:
        return self._hits.get(chunk, (0, _NONE))[0]

    def _look(self, chunk: Chunk) -> None:
        looked_at, hits = self._hits.get(chunk, (0, _NONE))
        places = chunk.places[looked_at:]
        if len(places):
            start = int(places[0])
            places = places[: int(np.searchsorted(places, start + self._piece.rows))]
            stop = int(places[-1]) + 1
            candidates = np.zeros(stop - start, np.bool_)
            candidates[places - start] = True
            found = self.matcher.matching(LogPiece(chunk.block, start, stop), candidates)
            hits = np.concatenate((hits, np.flatnonzero(found[places - start]) + looked_at))
        self._hits[chunk] = (looked_at + len(places), hits)
