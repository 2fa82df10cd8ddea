# SPDX-License-Identifier: GPL-3.0-only
"""Whether the build of one device has DEBUG_HEAP, told by its lines since the last restart. Runs in: GUI thread."""

from __future__ import annotations

from collections.abc import Iterable

from mtleak_gui.core.leakhunt.checks import DebugHeap, debug_heap_of
from mtleak_gui.core.leakhunt.evidence import DebugHeapSigns
from mtleak_gui.core.leakhunt.source_words import signs_words
from mtleak_gui.core.records import HeardLine

ENOUGH_LINES = 100
"""Log records carry no prefix, so a build shows itself by its other lines only: fewer lines do not say OFF."""


class DebugHeapWatch:
    """Counts the lines that prove a DEBUG_HEAP build."""

    def __init__(self) -> None:
        self._signs = DebugHeapSigns()

    def take(self, lines: Iterable[HeardLine]) -> None:
        """Count the signs in lines."""
        count = prefix = status = delta = site = 0
        for _, line in lines:
            count += 1
            heap = line.heap
            if heap is not None:
                prefix += heap.source == "prefix"
                status += heap.source == "heap_status"
            delta += line.heap_event is not None
            site += line.alloc_site is not None
        self.add(DebugHeapSigns(count, prefix, status, delta, site))

    def add(self, signs: DebugHeapSigns) -> None:
        """Add signs that were counted elsewhere."""
        mine = self._signs
        self._signs = DebugHeapSigns(
            mine.log_lines + signs.log_lines,
            mine.prefix + signs.prefix,
            mine.heap_status + signs.heap_status,
            mine.thread_delta + signs.thread_delta,
            mine.alloc_site + signs.alloc_site,
        )

    def restarted(self) -> None:
        """Forget the signs: another build may have been flashed."""
        self._signs = DebugHeapSigns()

    @property
    def state(self) -> DebugHeap:
        """ON, OFF, or NOT SEEN while too few lines were heard to say OFF."""
        state, _ = debug_heap_of(self._signs)
        return "NOT SEEN" if state == "OFF" and self._signs.log_lines < ENOUGH_LINES else state

    @property
    def reason(self) -> str:
        """By which kind of line it is known, or why it is not."""
        return signs_words(self._signs)
