# SPDX-License-Identifier: GPL-3.0-only
"""What the tester may do to the recorder, as orders to its thread. Lives on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from mtleak_gui.core.contracts import Clock
from mtleak_gui.core.markers import Marker, edit_event
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.recorder_state import RecorderState, StreamState
from mtleak_gui.core.records import Batch, RawItem, RawMark, StreamName
from mtleak_gui.engine.inbox import Inbox
from mtleak_gui.engine.recorder_thread import RecorderThread
from mtleak_gui.engine.recording_desk import RecordingDesk
from mtleak_gui.engine.recording_plan import RecordingOpened, RecordingPlan
from mtleak_gui.engine.row_maker import RowMaker

_TROUBLE = "recording_trouble"


class RecorderControl(QObject):
    """Owns inbox and recorder thread. Every method returns at once; what came of it comes by signal."""

    batch_came = Signal(Batch)
    opened = Signal(RecordingOpened)
    state_changed = Signal()
    told = Signal(Notice)

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        """``clock`` is the host's."""
        super().__init__(parent)
        self._clock = clock
        self._inbox = Inbox()
        self._thread = RecorderThread(self._inbox, RowMaker(), clock, self)
        self._refused: RawMark | None = None
        self._counted: Mapping[StreamName, StreamState] = {}
        self.state = RecorderState()
        self._thread.batch_ready.connect(self._take)
        self._thread.opened.connect(self._opened)
        self._thread.state_changed.connect(self._take_state)
        self._thread.told.connect(self._tell)
        self._thread.recording_failed.connect(self._tell_trouble)

    def start(self) -> None:
        """Begin to take what is heard."""
        self._thread.begin()

    def end(self) -> None:
        """Close the recording and end the thread; waits for it, some seconds at most. From any thread but its own."""
        self._thread.order(RecordingDesk.close)
        self._thread.stop()

    def hear(self, item: RawItem) -> None:
        """Take one item. From any thread."""
        self._inbox.put(item)

    def open(self, plan: RecordingPlan | None) -> None:
        """Turn to a recording, or to none."""
        self._thread.order(RecordingDesk.close if plan is None else partial(RecordingDesk.open, plan=plan))

    def record(self) -> None:
        """Begin to record, or go on after a pause."""
        self._thread.order(RecordingDesk.start)
        self._thread.order(RecordingDesk.resume)

    def stop(self, reason: str | None) -> None:
        """Stop to record."""
        self._thread.order(partial(RecordingDesk.stop, reason=reason))

    def pause(self, reason: str | None) -> None:
        """Refuse rows."""
        self._thread.order(partial(RecordingDesk.pause, reason=reason))

    def rotate(self) -> None:
        """Roll over all streams."""
        self._thread.order(RecordingDesk.rotate)

    def afterwards(self, act: Callable[[], None]) -> None:
        """Have something done on the recorder thread when all that was ordered before is done."""
        self._thread.order(lambda _desk: act())

    def show_streams(self, streams: Mapping[StreamName, StreamState]) -> None:
        """Take what a recording holds that is only read: its recorder counts nothing."""
        self._counted = streams
        self._take_state(self.state)

    def mark(self, mark: RawMark) -> None:
        """Set a mark."""
        self._refused = mark
        self._inbox.put(mark)

    def mark_refused_one(self) -> None:
        """Record, and set the mark that was asked for last: it is offered only when that was refused."""
        self.record()
        if self._refused is not None:
            self.mark(self._refused)

    def correct(self, marker: Marker, now: float) -> None:
        """Say how a mark stands from now on."""
        self._inbox.put(edit_event(now, marker))

    @Slot(Batch)
    def _take(self, batch: Batch) -> None:
        try:
            self.batch_came.emit(batch)
        finally:
            self._thread.give_credit()

    @Slot(RecordingOpened)
    def _opened(self, opened: RecordingOpened) -> None:
        self._thread.give_credit()
        # Nobody may take what the recorder before did for what this one does.
        self._counted = {}
        self.state = opened.state
        self.opened.emit(opened)

    @Slot(RecorderState)
    def _take_state(self, state: RecorderState) -> None:
        self.state = state._replace(streams=self._counted) if state.read_only else state
        self.state_changed.emit()

    @Slot(Notice)
    def _tell(self, notice: Notice) -> None:
        self.told.emit(notice)

    @Slot(str)
    def _tell_trouble(self, sentence: str) -> None:
        if sentence:
            text = "Rows are not being recorded as they should."
            self.told.emit(Notice(_TROUBLE, "danger", text, sentence, "open_folder", sticky=True))
        else:
            self.told.emit(Notice(_TROUBLE, "ok", "Recording works again."))
