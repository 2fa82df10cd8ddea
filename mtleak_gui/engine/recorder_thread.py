# SPDX-License-Identifier: GPL-3.0-only
"""Drain, parse, write, batch. Runs in: recorder thread."""

from __future__ import annotations

import logging
import threading
import time

from PySide6.QtCore import QObject, QThread, Signal

from mtleak_gui.core.contracts import Clock
from mtleak_gui.core.records import Batch, RawEvent, RawMark
from mtleak_gui.engine.batching import Batching
from mtleak_gui.engine.inbox import Inbox
from mtleak_gui.engine.row_maker import RowMaker
from mtleak_gui.storage.recording import Recording, RecordingPausedError, RecordingStoppedError

GATHER_S = 0.02
"""Rows are gathered this long, so that one write takes many: a row waits 50 ms at most."""

IDLE_S = 0.05
JOIN_MS = 15_000

log = logging.getLogger(__name__)


class RecorderThread(QThread):
    """Writes what the inbox holds into one recording and hands it to the GUI in batches, at most 10 a second."""

    batch_ready = Signal(Batch)
    recording_failed = Signal(str)
    """A sentence when writing fails, an empty text when it works again."""

    def __init__(self, inbox: Inbox, row_maker: RowMaker, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inbox = inbox
        self._row_maker = row_maker
        self._clock = clock
        self._batching = Batching()
        self._stopping = threading.Event()
        self._recording: Recording | None = None
        self._has_failed = False

    def begin(self, recording: Recording) -> None:
        """Start the thread with the recording that it writes, whose ``on_trouble`` is ``tell_trouble``."""
        self._recording = recording
        self.start()

    def tell_trouble(self, sentence: str | None) -> None:
        """Pass on what keeps the recording from being written, ``None`` when that is over. From any thread."""
        self.recording_failed.emit(sentence or "")

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

    def _turn(self, recording: Recording, wait_s: float) -> None:
        items = self._inbox.drain(wait_s)
        if dropped := self._inbox.take_dropped():
            note = "more arrived than could be written"
            items.append(RawEvent(self._clock.wall(), "dropped", None, note, data={"items": dropped}))
        if items:
            made = self._row_maker.make(items)
            recording.append(made.rows)
            for mark in made.marks:
                self._set_mark(recording, mark)
            self._batching.add(made)
        if (batch := self._batching.take(time.monotonic())) is not None:
            self.batch_ready.emit(batch)

    def _set_mark(self, recording: Recording, mark: RawMark) -> None:
        try:
            recording.mark(mark.label, mark.note, mark.data, mark.ts)
        except (RecordingPausedError, RecordingStoppedError) as refusal:
            self.recording_failed.emit(str(refusal))

    def run(self) -> None:
        """Record until ``stop``, then what is left in the inbox."""
        recording = self._recording
        if recording is None:
            raise RuntimeError("a recorder begins with a recording")
        while not self._stopping.is_set():
            self._guarded_turn(recording, IDLE_S)
            self._stopping.wait(GATHER_S)
        self._guarded_turn(recording, 0)

    def _guarded_turn(self, recording: Recording, wait_s: float) -> None:
        """Take a turn; a fault in this program costs the rows of one turn and is told, but never ends recording."""
        try:
            self._turn(recording, wait_s)
        except Exception as fault:
            if not self._has_failed:
                self._has_failed = True
                log.exception("Rows could not be recorded")
                self.recording_failed.emit(f"Rows were not recorded because of a fault in this program: {fault!r}")
