# SPDX-License-Identifier: GPL-3.0-only
"""Drain, parse, write, batch. Runs in: recorder thread."""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, QThread, Signal

from mtleak_gui.core.contracts import Clock
from mtleak_gui.core.markers import MARK_EDIT
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.recorder_state import RecorderState
from mtleak_gui.core.records import Batch, RawEvent, RawItem
from mtleak_gui.engine.batching import Batching
from mtleak_gui.engine.inbox import Inbox, RecorderWish
from mtleak_gui.engine.recording_desk import RecorderAnswer, RecorderOrder, RecordingDesk
from mtleak_gui.engine.recording_plan import RecordingOpened
from mtleak_gui.engine.row_maker import Made, RowMaker
from mtleak_gui.storage.recording import Recording

GATHER_S = 0.02
"""Rows are gathered this long, so that one write takes many: a row waits 50 ms at most."""

IDLE_S = 0.05
STATE_EVERY_S = 1.0
JOIN_MS = 15_000

log = logging.getLogger(__name__)


class RecorderThread(QThread):
    """Writes what the inbox holds into the open recording and hands it to the GUI in batches, at most 10 a second.

    What is heard while nothing is recorded goes to the GUI all the same.
    """

    batch_ready = Signal(Batch)
    recording_failed = Signal(str)
    """A sentence when writing fails, an empty text when it works again."""
    opened = Signal(RecordingOpened)
    """Another recording was turned to; what batches bring from now on belongs to it."""
    told = Signal(Notice)
    """Why something was not done."""
    state_changed = Signal(RecorderState)
    """Each second, and after each order."""

    def __init__(self, inbox: Inbox, row_maker: RowMaker, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inbox = inbox
        self._row_maker = row_maker
        self._clock = clock
        self._batching = Batching()
        self._stopping = threading.Event()
        self._desk = RecordingDesk(self.tell_trouble)
        self._next_state_at = float("-inf")
        self._dropped = 0
        self._has_failed = False

    def begin(self, recording: Recording | None = None) -> None:
        """Start the thread, with the recording that it writes, whose ``on_trouble`` is ``tell_trouble``, or with none.

        It is never closed by this thread; those that are opened by orders are.
        """
        if recording is not None:
            self._desk.hold(recording)
        self.start()

    def order(self, order: RecorderOrder) -> None:
        """Have something done to the recording after everything that came before. Returns at once. From any thread."""
        self._inbox.put(RecorderWish(order))

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

    def run(self) -> None:
        """Record until ``stop``, then what is left in the inbox."""
        while not self._stopping.is_set():
            self._guarded_turn(IDLE_S)
            self._stopping.wait(GATHER_S)
        self._guarded_turn(0)

    def _guarded_turn(self, wait_s: float) -> None:
        """Take a turn; a fault in this program costs the rows of one turn and is told, but never ends recording."""
        try:
            self._turn(wait_s)
        except Exception as fault:
            if not self._has_failed:
                self._has_failed = True
                log.exception("Rows could not be recorded")
                self.recording_failed.emit(f"Rows were not recorded because of a fault in this program: {fault!r}")

    def _turn(self, wait_s: float) -> None:
        wishes = self._inbox.drain(wait_s)
        if dropped := self._inbox.take_dropped():
            self._dropped += dropped
            note = "more arrived than could be written"
            wishes.append(RawEvent(self._clock.wall(), "dropped", None, note, data={"items": dropped}))
        for are_orders, run in itertools.groupby(wishes, lambda wish: isinstance(wish, RecorderWish)):
            if are_orders:
                for wish in run:
                    if isinstance(wish, RecorderWish):
                        self._obey(wish.order)
            else:
                self._record([item for item in run if not isinstance(item, RecorderWish)])
        self._take_told()
        if (batch := self._batching.take(time.monotonic())) is not None:
            self.batch_ready.emit(batch)
        if time.monotonic() >= self._next_state_at:
            self._tell_state()

    def _record(self, items: Sequence[RawItem]) -> None:
        made = self._row_maker.make(self._allowed(items))
        recorded = self._desk.append(made.rows)
        asked, made.marks = made.marks, []
        for mark in asked:
            placed = self._desk.mark(mark)
            if isinstance(placed, Notice):
                self.told.emit(placed)
            else:
                made.marks.append(placed)
        self._batching.add(made, recorded=recorded)

    def _allowed(self, items: Sequence[RawItem]) -> Sequence[RawItem]:
        """Return the items without corrections of marks that cannot be written, which would be shown for nothing."""
        if not any(isinstance(item, RawEvent) and item.kind == MARK_EDIT for item in items):
            return items
        refusal = self._desk.refuses_edits()
        if refusal is None:
            return items
        self.told.emit(refusal)
        return [item for item in items if not (isinstance(item, RawEvent) and item.kind == MARK_EDIT)]

    def _obey(self, order: RecorderOrder) -> None:
        answer: RecorderAnswer = order(self._desk)
        if isinstance(answer, RecordingOpened):
            self._batching.clear()
            self._dropped = 0
            self.opened.emit(answer._replace(state=self._desk.state()))
        elif answer is not None:
            self.told.emit(answer)
        self._tell_state()

    def _take_told(self) -> None:
        if events := self._desk.take_told():
            self._batching.add(Made(events=events), recorded=True)

    def _tell_state(self) -> None:
        self._next_state_at = time.monotonic() + STATE_EVERY_S
        self.state_changed.emit(self._desk.state(self._dropped))
