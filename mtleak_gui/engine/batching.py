# SPDX-License-Identifier: GPL-3.0-only
"""What waits to be shown: a late GUI gets bigger batches, to a limit, and past a cap less than everything."""

from __future__ import annotations

import math
import threading
from typing import TypeVar

from mtleak_gui.core.records import Batch, HeardLine, HeardTelemetry, RawEvent, RawMark
from mtleak_gui.engine.row_maker import Made

INTERVAL_S = 0.1
AT_ONCE = 1_000
"""Lines in one batch: some 10 ms of the GUI thread. Of more that wait, the next ones come ``SOON_S`` later."""
SOON_S = 0.02
CAP = 20_000
"""Lines, and readings, that may wait for the GUI; the files have them all."""

_Value = TypeVar("_Value")


class Batching:
    """Gathers for one receiver. ``add`` and ``take`` on the recorder thread, ``give_credit`` from any."""

    def __init__(self, cap: int = CAP, at_once: int = AT_ONCE) -> None:
        self._cap, self._at_once = cap, at_once
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

        When more lines wait than it takes at once, it has the oldest, what belongs between them, and the next one comes
        sooner. ``now`` is monotonic seconds.
        """
        if not self._holds_anything() or now < self._next_at or not self._credit.is_set():
            return None
        self._credit.clear()
        lines, rest = self._lines[: self._at_once], self._lines[self._at_once :]
        before = rest[0].heard.ts if rest else math.inf
        self._next_at = now + (SOON_S if rest else INTERVAL_S)
        telemetry, later_telemetry = _cut([(packet.ts, packet) for packet in self._telemetry], before)
        events, later_events = _cut([(event.ts, event) for event in self._events], before)
        marks, later_marks = _cut([(mark.ts, mark) for mark in self._marks], before)
        batch = Batch(
            tuple(lines), tuple(telemetry), tuple(events), tuple(marks), self._packets, self._rows, self._withheld
        )
        self.clear()
        self._lines, self._telemetry, self._events, self._marks = rest, later_telemetry, later_events, later_marks
        return batch

    def _holds_anything(self) -> bool:
        return bool(self._lines or self._telemetry or self._events or self._marks or self._packets or self._withheld)


def _cut(timed: list[tuple[float, _Value]], before: float) -> tuple[list[_Value], list[_Value]]:
    """Return what came before a time, and what did not."""
    return [value for ts, value in timed if ts < before], [value for ts, value in timed if ts >= before]
