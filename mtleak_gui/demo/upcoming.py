# SPDX-License-Identifier: GPL-3.0-only
"""What a board will do by itself in this boot, one thing after the other."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf, nextafter

from mtleak_gui.demo.boot_timeline import Abort, BootTimeline, Happening
from mtleak_gui.demo.lifeline import Boot


class Upcoming:
    """Foresees a boot from an uptime (s) on; everything up to it has happened. Used under the board's lock."""

    def __init__(self, timeline: BootTimeline, boot: Boot, after: float) -> None:
        self._timeline = timeline
        self._boot = boot
        self._coming: Iterator[Happening] = timeline.between(after)
        self._next: Happening = next(self._coming, Abort(inf))

    @property
    def due(self) -> float:
        """The epoch time of the next happening; infinite when nothing will happen any more."""
        return self._boot.wall(self._next.at)

    def take(self) -> Happening:
        """Return the next happening and foresee the one after it."""
        happening = self._next
        self._next = next(self._coming, Abort(inf))
        return happening

    def foresee_with(self, held: int) -> None:
        """Foresee the same anew, now that clients hold so many bytes of heap."""
        self._coming = self._timeline.between(nextafter(self._next.at, -inf), held=held)
        self._next = next(self._coming, Abort(inf))
