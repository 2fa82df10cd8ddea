# SPDX-License-Identifier: GPL-3.0-only
"""What the window sees of devices, recording and marks, and how it gets there. Lives on the GUI thread."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from mtleak_gui.core.activity import Activity, activity_of
from mtleak_gui.core.contracts import Clock
from mtleak_gui.core.markers import MARK, Marker
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.past import Past
from mtleak_gui.core.recorder_state import RecorderState
from mtleak_gui.core.records import Batch, LinkState, RawEvent
from mtleak_gui.engine.acts_desk import ActsDesk, Bystanders
from mtleak_gui.engine.board_keepers import BoardKeepers
from mtleak_gui.engine.mark_book import MarkBook
from mtleak_gui.engine.past_histories import FilledPast
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.engine.recorder_control import RecorderControl
from mtleak_gui.engine.recording_switch import RecordingSwitch
from mtleak_gui.engine.session import Session
from mtleak_gui.engine.session_shelf import SessionShelf

ACTIVITY_KEPT = 500


class BenchView(QObject):
    """Takes what the recorder and the disk bring, in one order, and tells the views."""

    session_added = Signal(Session)
    session_removed = Signal(str)
    """The port of a session that is gone."""
    current_changed = Signal()
    recorder_changed = Signal()
    """``recorder`` is new: about once a second, and at once after what the tester did."""
    batch_taken = Signal(Batch)
    """What was heard, after the sessions took it."""
    past_loaded = Signal(Past)
    """What the recording held already, after the sessions took it; its rows are older than any that were heard."""
    markers_changed = Signal()
    activity_changed = Signal()
    told = Signal(Notice)
    candidates_found = Signal(object)
    """``Candidates``: a board could be on any of several ports, to be answered by ``choose_candidate``. One without
    offers takes the question back."""
    recording_switched = Signal()
    """Another recording is shown: forget everything; sessions and marks are gone already."""

    def __init__(self, queries: QueryRunner, clock: Clock, parent: QObject | None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._control = RecorderControl(clock, self)
        self.acts = ActsDesk(Bystanders(self._control.hear, self.now, self.session), self)
        """What is asked of boards, and what came of it."""
        self._keepers = BoardKeepers(self._control.hear, clock, self._name_of, self.acts, self)
        self._switch = RecordingSwitch(self._control, self._keepers, queries, self)
        self._shelf = SessionShelf(self)
        self._marks = MarkBook()
        self._first_heard = math.inf
        self.activity: deque[Activity] = deque(maxlen=ACTIVITY_KEPT)
        """What happened, newest last."""
        self._connect()

    def _connect(self) -> None:
        self._shelf.added.connect(self._show_acts)
        self._shelf.added.connect(self.session_added)
        self.acts.told.connect(self.told)
        self._shelf.removed.connect(self.session_removed)
        self._shelf.current_changed.connect(self.current_changed)
        self._control.batch_came.connect(self._take)
        self._control.state_changed.connect(self._tell_acts)
        self._control.state_changed.connect(self.recorder_changed)
        self._control.told.connect(self.told)
        self._keepers.state_changed.connect(self._link_changed)
        self._keepers.told.connect(self.told)
        self._keepers.candidates_found.connect(self.candidates_found)
        self._switch.switched.connect(self._begin_anew)
        self._switch.past_came.connect(self._take_past)
        self._switch.told.connect(self.told)

    @property
    def sessions(self) -> tuple[Session, ...]:
        """All sessions in the order in which they came."""
        return self._shelf.all

    @property
    def current(self) -> Session | None:
        """The session that pages show when they show one."""
        return self._shelf.current

    def session(self, port: str) -> Session | None:
        """Return the session of a port."""
        return self._shelf.get(port)

    @property
    def recorder(self) -> RecorderState:
        """How the recorder stands."""
        return self._control.state

    @property
    def markers(self) -> tuple[Marker, ...]:
        """The marks that stand, ascending in time."""
        return self._marks.standing

    @property
    def folder(self) -> Path | None:
        """The recording that is shown."""
        return None if self._switch.plan is None else self._switch.plan.folder

    def now(self) -> float:
        """Return the epoch time of the recording: the host's, but for virtual boards that live faster."""
        return (self._clock if self._switch.plan is None else self._switch.plan.clock).wall()

    def note(self, line: Activity) -> None:
        """Add to what happened something that the recording does not tell."""
        self.activity.append(line)
        self.activity_changed.emit()

    @Slot(Session)
    def _show_acts(self, session: Session) -> None:
        session.set_acts(self.acts.state(session.port))

    @Slot()
    def _tell_acts(self) -> None:
        state = self._control.state
        self.acts.recorder_stands(writing=state.running and not state.paused)

    @Slot()
    def _begin_anew(self) -> None:
        plan = self._switch.plan
        self.acts.drop_demos()
        self.acts.recorder_stands(writing=False)
        self._first_heard = math.inf
        self._marks.clear()
        self.activity.clear()
        self._shelf.clear(demo=plan is not None and plan.demo, read_only=plan is not None and plan.for_reading)
        self.recording_switched.emit()
        self.markers_changed.emit()
        self.activity_changed.emit()

    @Slot(Batch)
    def _take(self, batch: Batch) -> None:
        if self._switch.plan is not None:
            self._first_heard = min(self._first_heard, _first_ts(batch))
        self._shelf.take(batch)
        marks_changed = self._marks.take(batch)
        marks = [RawEvent(mark.ts, MARK, mark.label, mark.note) for mark in batch.marks]
        told = [line for event in (*batch.events, *marks) if (line := activity_of(event)) is not None]
        self.activity.extend(sorted(told))
        self.batch_taken.emit(batch)
        for event in batch.events:
            if event.kind == "reset_on_open" and event.port is not None:
                key = f"reset_on_open {event.port}"
                text = f"{self._name_of(event.port)}: {event.note}"
                self.told.emit(Notice(key, "warn", text, action="line_settings", sticky=True))
        if marks_changed:
            self.markers_changed.emit()
        if told:
            self.activity_changed.emit()

    @Slot(object)
    def _take_past(self, filled: FilledPast) -> None:
        past = _older_than(filled.past, self._first_heard)
        self._shelf.take_past(past, filled.histories)
        self._marks.take_past(past.marks)
        told = (line for event in reversed(past.events) if (line := activity_of(event)) is not None)
        newest = [*islice(told, ACTIVITY_KEPT)]
        self.activity = deque([*reversed(newest), *self.activity], ACTIVITY_KEPT)
        self.past_loaded.emit(past)
        self.markers_changed.emit()
        self.activity_changed.emit()

    def _name_of(self, port: str) -> str:
        session = self._shelf.get(port)
        return port if session is None else session.name

    @Slot(LinkState)
    def _link_changed(self, state: LinkState) -> None:
        self._shelf.set_link(state)


def _first_ts(batch: Batch) -> float:
    firsts = (
        *(heard.heard.ts for heard in batch.lines[:1]),
        *(packet.ts for packet in batch.telemetry[:1]),
        *(event.ts for event in batch.events[:1]),
        *(mark.ts for mark in batch.marks[:1]),
    )
    return min(firsts, default=math.inf)


def _older_than(past: Past, ts: float) -> Past:
    """Return the past without the rows that were heard live meanwhile."""
    if past.last_ts is None or past.last_ts < ts:
        return past
    logs = past.logs.between(0, int(np.searchsorted(past.logs.ts, ts)))
    return replace(past, logs=logs, events=tuple(event for event in past.events if event.ts < ts))
