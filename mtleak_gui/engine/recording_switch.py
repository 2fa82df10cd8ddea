# SPDX-License-Identifier: GPL-3.0-only
"""From one recording to another: leave the links, open, load what it holds. Lives on the GUI thread."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from mtleak_gui.core.notice import Notice
from mtleak_gui.core.past import Past
from mtleak_gui.core.recorder_state import StreamState
from mtleak_gui.engine.answering import Answering
from mtleak_gui.engine.board_keepers import BoardKeepers
from mtleak_gui.engine.past_histories import PastFilling
from mtleak_gui.engine.query_jobs import LoadPastJob, RecordingStatusJob
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.engine.recorder_control import RecorderControl
from mtleak_gui.engine.recording_plan import RecordingOpened, RecordingPlan
from mtleak_gui.storage.query_answers import StatusAnswer

Act = Callable[[], None]


class RecordingSwitch(QObject):
    """Turns to the recording that was asked for last. ``then`` is called when it is open, unless another was asked."""

    switched = Signal()
    """``plan`` is shown from now on, with nothing in it yet."""
    past_came = Signal(object)
    """A ``FilledPast``: what ``plan`` held."""
    told = Signal(Notice)

    def __init__(
        self, control: RecorderControl, keepers: BoardKeepers, queries: QueryRunner, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._control = control
        self._keepers = keepers
        self._queries = queries
        self._wanted: RecordingPlan | None = None
        self._is_leaving = self._is_opening = False
        self._then: list[Act] = []
        self._loading: Answering | None = None
        self._filling = PastFilling(self)
        self._filling.filled.connect(self.past_came)
        self.plan: RecordingPlan | None = None
        """The recording that is shown."""
        self.is_writable = False
        self.opened_at = math.inf
        """From when on (epoch s) rows of it come live; what the disk holds of them is not past. Never, for reading."""
        control.opened.connect(self._opened)
        keepers.all_left.connect(self._left)

    @property
    def is_busy(self) -> bool:
        """Whether another recording is being turned to."""
        return self._is_leaving or self._is_opening

    @property
    def coming(self) -> RecordingPlan | None:
        """The recording that is shown, or that will be."""
        return self._wanted if self.is_busy else self.plan

    def to(self, plan: RecordingPlan | None, then: Act | None = None, *, keep_links: bool = False) -> None:
        """Turn to a recording, or to none."""
        self._wanted = plan
        self._then = [] if then is None else [then]
        self._stop_loading()
        if not keep_links:
            self._keepers.leave_all()
        self._is_leaving = not keep_links and not self._keepers.is_idle
        if not self._is_leaving:
            self._open()

    def when_ready(self, then: Act) -> None:
        """Call when no switch is under way: now, or after it."""
        if self.is_busy:
            self._then.append(then)
        else:
            then()

    def stop(self) -> None:
        """Do not go on with anything."""
        self._stop_loading()
        self._then = []
        self._is_leaving = self._is_opening = False
        self._wanted = None

    @Slot()
    def _left(self) -> None:
        if self._is_leaving:
            self._is_leaving = False
            self._open()

    def _open(self) -> None:
        self._is_opening = True
        self._control.open(self._wanted)

    @Slot(RecordingOpened)
    def _opened(self, opened: RecordingOpened) -> None:
        if not self._is_opening or self._is_leaving or opened.plan != self._wanted:
            return
        self._is_opening = False
        plan = opened.plan
        self.plan = None if plan is None else plan._replace(demo=opened.state.demo)
        self.is_writable = opened.writable
        self.opened_at = plan.clock.wall() if plan is not None and opened.writable else math.inf
        self.switched.emit()
        if opened.notice is not None:
            self.told.emit(opened.notice)
        acts, self._then = self._then, []
        for act in acts:
            act()
        if self.plan is not None:
            self._load(self.plan.folder)
            if not self.is_writable:
                self._count(self.plan.folder)

    def _count(self, folder: Path) -> None:
        counting = self._queries.ask(RecordingStatusJob(folder), self)
        counting.done.connect(self._counted)

    @Slot(object)
    def _counted(self, answer: StatusAnswer) -> None:
        if self.plan is not None and not self.is_writable and answer.folder == self.plan.folder:
            self._control.show_streams(
                {one.stream: StreamState(one.rows, 0, one.bytes, one.last_ts, 0) for one in answer.streams}
            )

    def _load(self, folder: Path) -> None:
        self._loading = self._queries.ask(LoadPastJob(folder), self)
        self._loading.done.connect(self._loaded)
        self._loading.failed.connect(self._not_loaded)

    def _stop_loading(self) -> None:
        loading, self._loading = self._loading, None
        self._filling.cancel()
        if loading is not None:
            loading.cancel()

    @Slot(object)
    def _loaded(self, past: Past) -> None:
        self._loading = None
        self._filling.fill(past)

    @Slot(str)
    def _not_loaded(self, sentence: str) -> None:
        self._loading = None
        if self.plan is not None and self.plan.for_reading:
            text = f"“{self.plan.folder.name}” cannot be opened."
            self.told.emit(Notice("recording", "warn", text, f"{sentence}. Choose a folder that holds a recording."))
            self.to(None)
        else:
            text = "What was recorded before cannot be shown; what comes now is recorded all the same."
            self.told.emit(Notice("past", "warn", text, sentence, sticky=True))
