# SPDX-License-Identifier: GPL-3.0-only
"""Where links and the GUI drop what is to be recorded. ``put`` from any thread, ``drain`` in the recorder thread."""

from __future__ import annotations

import threading
from collections import deque

from mtleak_gui.core.records import RawItem

LIMIT = 1_000_000
"""Items that may wait: hours of the busiest board. Beyond it the memory of the machine is worth more than the rest."""


class Inbox:
    """Raw items in order of arrival. Nothing is dropped below ``limit``; what is dropped beyond it is counted."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._items: deque[RawItem] = deque()
        self._arrived = threading.Event()
        self._counting = threading.Lock()
        self._dropped = 0

    def put(self, item: RawItem) -> None:
        """Take an item. Never blocks, never raises."""
        if len(self._items) >= self._limit:
            with self._counting:
                self._dropped += 1
            return
        self._items.append(item)
        if not self._arrived.is_set():
            self._arrived.set()

    def drain(self, timeout_s: float) -> list[RawItem]:
        """Return all items, after waiting for the first one at most this long; empty when none came."""
        self._arrived.wait(timeout_s)
        # Cleared before taking: an item that comes from here on sets it again.
        self._arrived.clear()
        return [self._items.popleft() for _ in range(len(self._items))]

    def wake(self) -> None:
        """End the present wait of ``drain``."""
        self._arrived.set()

    def take_dropped(self) -> int:
        """Return how many items were dropped since the last call."""
        with self._counting:
            dropped, self._dropped = self._dropped, 0
        return dropped
