# SPDX-License-Identifier: GPL-3.0-only
"""What a link was heard saying, to be waited for; and the clock that links are given in tests."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from mtleak_gui.core.records import RawEvent, RawItem, RawLine, RawPacket

WAIT_S = 20.0


class HostClock:
    """The clock of this machine."""

    def wall(self) -> float:
        """Return the epoch time."""
        return time.time()

    def monotonic(self) -> float:
        """Return seconds that never go backwards."""
        return time.monotonic()


class Listener:
    """Collects what it is handed from any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._items: list[RawItem] = []

    def hear(self, item: RawItem) -> None:
        """Take one item."""
        with self._changed:
            self._items.append(item)
            self._changed.notify_all()

    def wait_until(self, enough: Callable[[Listener], bool]) -> None:
        """Wait until enough was heard, or fail."""
        with self._changed:
            assert self._changed.wait_for(lambda: enough(self), WAIT_S), f"heard only {self._items[-5:]}"

    def wait_for_packets(self, count: int) -> None:
        """Wait until so many packets were heard, or fail."""
        self.wait_until(lambda heard: len(heard.packets) >= count)

    @property
    def lines(self) -> list[RawLine]:
        """The lines so far."""
        return [item for item in self._items if isinstance(item, RawLine)]

    @property
    def packets(self) -> list[RawPacket]:
        """The packets so far."""
        return [item for item in self._items if isinstance(item, RawPacket)]

    def events(self, kind: str) -> list[RawEvent]:
        """The events of a kind so far."""
        return [item for item in self._items if isinstance(item, RawEvent) and item.kind == kind]
