# SPDX-License-Identifier: GPL-3.0-only
"""Drain, parse, write, batch. Runs in: recorder thread."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable
from typing import Protocol

from PySide6.QtCore import QObject, QThread, Signal

from mtleak_gui.core.contracts import Clock
from mtleak_gui.core.records import Batch, RawEvent
from mtleak_gui.engine.batching import Batching
from mtleak_gui.engine.inbox import Inbox
from mtleak_gui.engine.row_maker import RowMaker, StreamRow

GATHER_S = 0.02
"""Rows are gathered this long, so that one write takes many: a row waits 50 ms at most."""

IDLE_S = 0.05
JOIN_MS = 15_000

log = logging.getLogger(__name__)


class RowSink(Protocol):
    """What the recorder needs of a recording."""

    def append(self, rows: Iterable[StreamRow]) -> object:
        """Write rows."""

    def mark(
        self, label: str, note: str | None = None, data: dict[str, object] | None = None, ts: float | None = None
    ) -> float:
        """Write a mark and put it on the disk at once."""


class RecorderThread(QThread):
    """The only writer of a recording. Hands batches to the GUI as fast as it takes them, at most 10 a second."""

    batch_ready = Signal(Batch)
    recording_failed = Signal(str)
    """A sentence when writing fails, an empty text when it works again."""

    def __init__(
        self, recording: RowSink, inbox: Inbox, row_maker: RowMaker, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._recording = recording
        self._inbox = inbox
        self._row_maker = row_maker
        self._clock = clock
        self._batching = Batching()
        self._stopping = threading.Event()
        self._failing = False

    def give_credit(self) -> None:
        """Say that the last batch has been dealt with and another may come. From any thread."""
        self._batching.give_credit()

    def stop(self) -> bool:
        """Write what is left, then end; return whether that was done in time."""
        self._stopping.set()
        self._inbox.wake()
        ended = self.wait(JOIN_MS)
        if not ended:
            log.error("The recorder did not end within %d s", JOIN_MS // 1000)
        return ended

    def _turn(self, wait_s: float) -> None:
        items = self._inbox.drain(wait_s)
        if dropped := self._inbox.take_dropped():
            note = "more arrived than could be written"
            items.append(RawEvent(self._clock.wall(), "dropped", None, note, data={"items": dropped}))
        if items:
            made = self._row_maker.make(items)
            self._batching.add(made)
            self._write(made.rows)
            for mark in made.marks:
                self._mark(mark.label, mark.note, dict(mark.data) if mark.data else None, mark.ts)
        if (batch := self._batching.take(time.monotonic())) is not None:
            self.batch_ready.emit(batch)

    def run(self) -> None:
        """Record until ``stop``, then what is left in the inbox."""
        while not self._stopping.is_set():
            self._turn(IDLE_S)
            self._stopping.wait(GATHER_S)
        self._turn(0)
