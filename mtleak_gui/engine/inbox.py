# SPDX-License-Identifier: GPL-3.0-only
"""Where links and the GUI drop what is to be recorded. ``put`` from any thread, ``drain`` in the recorder thread."""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from mtleak_gui.core.records import RawItem

if TYPE_CHECKING:
    from mtleak_gui.engine.recording_desk import RecorderOrder

LIMIT = 1_000_000
"""Items that may wait: hours of the busiest board. Beyond it the memory of the machine is worth more than the rest."""


class RecorderWish(NamedTuple):
    """Something that the recorder is to do, in its turn among the items."""

    order: RecorderOrder


class Inbox:
    """Raw items and wishes in order of arrival. No item is dropped below ``limit``; those beyond it are counted."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._items: deque[RawItem | RecorderWish] = deque()
        self._arrived = threading.Event()
        self._counting = threading.Lock()
        self._dropped = 0

    def put(self, item: RawItem | RecorderWish) -> None:
        """Take an item. Never blocks, never raises. A wish is never dropped."""
        if len(self._items) >= self._limit and not isinstance(item, RecorderWish):
            with self._counting:
                self._dropped += 1
            return
        self._items.append(item)
        if not self._arrived.is_set():
            self._arrived.set()

    def drain(self, timeout_s: float) -> list[RawItem | RecorderWish]:
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
