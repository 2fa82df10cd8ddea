# SPDX-License-Identifier: GPL-3.0-only
"""What waits to be shown: a late GUI gets bigger batches, never a longer queue, and past a cap less than everything."""

from __future__ import annotations

import threading

from mtleak_gui.core.records import Batch, HeardLine, HeardTelemetry, RawEvent, RawMark
from mtleak_gui.engine.row_maker import Made

INTERVAL_S = 0.1
CAP = 20_000
"""Lines, and readings, that may wait for the GUI; the files have them all."""


class Batching:
    """Gathers for one receiver. ``add`` and ``take`` on the recorder thread, ``give_credit`` from any."""

    def __init__(self, cap: int = CAP) -> None:
        self._cap = cap
        self._credit = threading.Event()
        self._credit.set()
        self._next_at = float("-inf")
        self._lines: list[HeardLine] = []
        self._telemetry: list[HeardTelemetry] = []
        self._events: list[RawEvent] = []
        self._marks: list[RawMark] = []
        self._packets = self._rows = self._withheld = 0

    def give_credit(self) -> None:
        """Allow one more batch."""
        self._credit.set()

    def clear(self) -> None:
        """Forget what was gathered: it belongs to a recording that is not shown any more."""
        self._lines, self._telemetry, self._events, self._marks = [], [], [], []
        self._packets = self._rows = self._withheld = 0

    def add(self, made: Made, *, recorded: bool = True) -> None:
        """Gather what was made; of what is too much the oldest is withheld and counted.

        ``recorded``: whether its rows went to the files.
        """
        self._lines += made.lines
        self._telemetry += made.telemetry
        self._events += made.events
        self._marks += made.marks
        self._packets += made.packets
        self._rows += len(made.rows) if recorded else 0
        for gathered in (self._lines, self._telemetry, self._events):
            excess = max(0, len(gathered) - self._cap)
            del gathered[:excess]
            self._withheld += excess

    def take(self, now: float) -> Batch | None:
        """Return a batch when there is something to show, the receiver is ready and the last one is 0.1 s ago.

        ``now`` is monotonic seconds.
        """
        if not self._holds_anything() or now < self._next_at or not self._credit.is_set():
            return None
        self._credit.clear()
        self._next_at = now + INTERVAL_S
        batch = Batch(
            tuple(self._lines),
            tuple(self._telemetry),
            tuple(self._events),
            tuple(self._marks),
            self._packets,
            self._rows,
            self._withheld,
        )
        self.clear()
        return batch

    def _holds_anything(self) -> bool:
        return bool(self._lines or self._telemetry or self._events or self._marks or self._packets or self._withheld)
