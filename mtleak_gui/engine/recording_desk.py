# SPDX-License-Identifier: GPL-3.0-only
"""The recording that is open, and what the tester may have done to it. Runs in: recorder thread."""

from __future__ import annotations

import logging
import shutil
from collections import deque
from collections.abc import Callable, Iterable

from mtleak_gui.core.notice import Notice
from mtleak_gui.core.recorder_state import RecorderState, StreamState
from mtleak_gui.core.records import RawEvent, RawMark, StreamName
from mtleak_gui.core.rows import Row
from mtleak_gui.engine.recording_plan import RecordingOpened, RecordingPlan
from mtleak_gui.storage.archive_format import is_demo
from mtleak_gui.storage.faults import OnTrouble, advice
from mtleak_gui.storage.folder_adoption import UnknownFormatError
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.recording_errors import RecordingPausedError, RecordingStoppedError
from mtleak_gui.storage.recording_lock import RecordingLockedError
from mtleak_gui.storage.recording_status import RecordingStatus

RecorderAnswer = Notice | RecordingOpened | None
RecorderOrder = Callable[["RecordingDesk"], RecorderAnswer]
"""Something to be done on the recorder thread, in its turn among the rows."""

log = logging.getLogger(__name__)


class RecordingDesk:
    """Holds at most one recording. What cannot be done is answered with a notice, never raised."""

    def __init__(self, on_trouble: OnTrouble) -> None:
        self._on_trouble = on_trouble
        self._plan: RecordingPlan | None = None
        self._recording: Recording | None = None
        self._told: deque[RawEvent] = deque()

    def hold(self, recording: Recording) -> None:
        """Take a recording that somebody else has opened and closes again."""
        self._recording = recording

    def open(self, plan: RecordingPlan) -> RecordingOpened:
        """Let go of the recording before and open another; one that cannot be written is read only."""
        self.close()
        self._plan = plan
        if plan.for_reading:
            # A folder that was opened says itself whether it is a demo's.
            self._plan = plan._replace(demo=is_demo(plan.folder))
            return RecordingOpened(plan)
        try:
            self._recording = Recording.open(
                plan.folder,
                limits=plan.limits,
                clock=plan.clock,
                demo=plan.demo,
                on_trouble=self._on_trouble,
                on_event=self._told.append,
            )
        except (RecordingLockedError, UnknownFormatError) as trouble:
            return RecordingOpened(plan, notice=_only_read(str(trouble)))
        except OSError as trouble:
            sentence = f"{plan.folder} cannot be recorded into. {advice(trouble)}."
            return RecordingOpened(plan, notice=_only_read(sentence))
        return RecordingOpened(plan, writable=True)

    def close(self) -> RecordingOpened:
        """Let go of the recording; a temporary one is removed."""
        recording, self._recording = self._recording, None
        plan, self._plan = self._plan, None
        if recording is not None:
            recording.close()
        self._told.clear()
        if plan is not None and plan.temporary:
            shutil.rmtree(plan.folder, ignore_errors=True)
        return RecordingOpened(None)

    def start(self) -> Notice | None:
        """Begin to record."""
        if self._recording is None:
            return Notice("recorder", "warn", "There is no recording to write to.", self._why_not())
        try:
            self._recording.start()
        except (RecordingLockedError, RecordingStoppedError) as trouble:
            return Notice("recorder", "danger", "Recording cannot begin.", str(trouble), "record", sticky=True)
        return None

    def stop(self, reason: str | None) -> None:
        """End the session."""
        if self._recording is not None:
            self._recording.stop(reason)

    def pause(self, reason: str | None) -> None:
        """Refuse rows until ``resume``."""
        if self._recording is not None:
            self._recording.pause(reason)

    def resume(self) -> None:
        """Take rows again."""
        if self._recording is not None:
            self._recording.resume()

    def rotate(self) -> Notice | None:
        """Roll over all streams."""
        if self._recording is None:
            return Notice("recorder", "warn", "There is no recording to roll over.", self._why_not())
        self._recording.force_rotate()
        return None

    def append(self, rows: Iterable[tuple[StreamName, Row]]) -> bool:
        """Record rows; return whether they were taken."""
        return self._recording is not None and self._recording.append(rows)

    def mark(self, mark: RawMark) -> RawMark | Notice:
        """Set a mark; return it as it stands in the file, or why it was not set."""
        if self._recording is None:
            return _not_marked(mark, "nothing is being recorded", self._why_not(), "record")
        try:
            return self._recording.place_mark(mark.label, mark.note, mark.data, mark.ts)
        except RecordingPausedError as refusal:
            return _not_marked(mark, "the recorder is paused", str(refusal), "resume_and_mark")
        except RecordingStoppedError as refusal:
            return _not_marked(mark, "nothing is being recorded", str(refusal), "record")

    def refuses_edits(self) -> Notice | None:
        """Return why a mark cannot be changed now, ``None`` when it can."""
        state = self.state()
        if state.running and not state.paused:
            return None
        return Notice("mark_edit", "warn", "Marks can only be changed while recording.", self._why_not(), "record")

    def take_told(self) -> list[RawEvent]:
        """Return and forget the events that the recording wrote about itself."""
        return [self._told.popleft() for _ in range(len(self._told))]

    def state(self, dropped: int = 0) -> RecorderState:
        """Return how it stands; ``dropped`` rows were lost before they came here."""
        plan = self._plan
        if self._recording is None:
            if plan is None:
                return RecorderState(rows_lost=dropped)
            return RecorderState(
                folder=str(plan.folder), title=plan.title, demo=plan.demo, read_only=True, rows_lost=dropped
            )
        return _state(self._recording.status(), plan, dropped)

    def _why_not(self) -> str:
        if self._plan is not None and self._recording is None:
            return f"The recording {self._plan.title!r} is open for reading only."
        return "No recording is open." if self._recording is None else "The recording is stopped or paused."


def _state(status: RecordingStatus, plan: RecordingPlan | None, dropped: int) -> RecorderState:
    free = status.free_bytes
    return RecorderState(
        running=status.running,
        paused=status.paused,
        pause_reason=status.pause_reason,
        started_at=status.started_at if status.running else None,
        folder=str(status.folder),
        title=plan.title if plan is not None else status.folder.name,
        demo=plan is not None and plan.demo,
        streams={
            stream: StreamState(one.rows_on_disk, one.rows_this_session, one.bytes_on_disk, one.last_ts, one.rotations)
            for stream, one in status.streams.items()
        },
        write_errors=status.write_errors,
        rows_lost=status.rows_dropped + dropped,
        trouble=status.trouble,
        bytes_per_hour=status.bytes_per_hour,
        days_left=status.days_left,
        free_bytes=free,
        free_above_reserve=None if free is None else max(0, free - status.reserve_bytes),
    )


def _only_read(detail: str) -> Notice:
    text = "This recording is open for reading only: nothing is recorded."
    return Notice("recording", "warn", text, detail, sticky=True)


def _not_marked(mark: RawMark, why: str, detail: str, action: str) -> Notice:
    return Notice("mark_refused", "warn", f"“{mark.label}” was not marked: {why}.", detail, action)
