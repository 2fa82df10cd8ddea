# SPDX-License-Identifier: GPL-3.0-only
"""The newest rows that a query has met so far, in bounded memory, whatever the order in which they come."""

from __future__ import annotations

import heapq
import math
from typing import NamedTuple


class Place(NamedTuple):
    """Where a row stands in time order; rows of equal time stand in the order of files and of lines in them."""

    ts: float
    file: int
    position: int


class LastRows:
    """Keeps the raw bytes of the ``limit`` rows with the greatest places."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._heap: list[tuple[Place, bytes]] = []

    @property
    def floor(self) -> float:
        """Rows older than this epoch time would not be kept: minus infinity while there is room."""
        if not self._limit:
            return math.inf
        return self._heap[0][0].ts if len(self._heap) == self._limit else -math.inf

    def keep(self, place: Place, raw: bytes) -> None:
        """Keep the row when it is among the newest."""
        if len(self._heap) < self._limit:
            heapq.heappush(self._heap, (place, raw))
        elif self._limit and place > self._heap[0][0]:
            heapq.heapreplace(self._heap, (place, raw))

    def keep_all(self, others: LastRows) -> None:
        """Keep those of the others that are among the newest."""
        for place, raw in others._heap:
            self.keep(place, raw)

    def in_order(self) -> list[bytes]:
        """Return the raw rows kept, oldest first."""
        return [raw for _, raw in sorted(self._heap)]
