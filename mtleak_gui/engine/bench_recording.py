# SPDX-License-Identifier: GPL-3.0-only
"""What the tester does to the recording and its marks. Lives on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from mtleak_gui.core.contracts import Clock
from mtleak_gui.core.markers import Marker
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.recording_options import RecordingOptions
from mtleak_gui.core.records import RawMark
from mtleak_gui.engine.bench_view import BenchView
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.engine.recording_plan import RecordingPlan
from mtleak_gui.storage.places import Places
from mtleak_gui.storage.rotation_limits import RotationLimits

DEFAULT_TITLE = "Default recording"


class RecordingBench(BenchView):
    """Adds to the view what changes recording and marks. What is refused comes as ``told``."""

    def __init__(
        self, places: Places, queries: QueryRunner, clock: Clock, options: RecordingOptions, parent: QObject | None
    ) -> None:
        super().__init__(queries, clock, parent)
        self._places = places
        self._options = options

    def set_options(self, options: RecordingOptions) -> None:
        """Take other options; those of the files hold from the next opening on."""
        self._options = options

    def start_recording(self) -> None:
        """Record; into the usual recording unless another one was made."""
        plan = self._switch.coming
        if plan is None or plan.for_reading:
            self._switch.to(self._default_plan(), self._control.record)
        elif self._switch.is_busy or self._switch.is_writable:
            self._switch.when_ready(self._control.record)
        else:
            # Somebody else was writing it: perhaps no more.
            self._switch.to(plan, self._control.record, keep_links=True)

    def stop_recording(self, reason: str | None = None) -> None:
        """Stop to record; what is heard is still shown."""
        self._control.stop(reason)

    def pause(self, reason: str | None = None) -> None:
        """Refuse rows until ``resume``."""
        self._control.pause(reason)

    def resume(self) -> None:
        """Take rows again."""
        self._control.record()

    def force_rotate(self) -> None:
        """Roll over all streams now."""
        self._control.rotate()

    def open_recording(self, folder: Path) -> None:
        """Show another recording, for reading only; refused while one is being written."""
        if self._may_leave_recording():
            plan = RecordingPlan(folder, folder.name, self._clock, for_reading=True)
            self._switch.to(plan)

    def close_recording(self) -> None:
        """Show no recording; the usual one is opened again when it is needed. Refused while it is being written."""
        if self._may_leave_recording():
            self._switch.to(None)

    def mark(self, label: str, note: str | None = None, ts: float | None = None) -> None:
        """Set a mark at ``ts`` (epoch s), now when not given. Refused with a notice unless rows are being recorded."""
        self._control.mark(RawMark(self.now() if ts is None else ts, label, note))

    def resume_and_mark(self) -> None:
        """Record, or resume, and set the mark that was refused last."""
        self._when_writable(self._control.mark_refused_one)

    def edit_mark(self, ts: float, label: str, note: str | None = None) -> None:
        """Say what the mark at ``ts`` is called from now on."""
        self._correct(ts, lambda mark: mark._replace(label=label, note=note))

    def remove_mark(self, ts: float) -> None:
        """Take a mark away; the row that set it stays."""
        self._correct(ts, lambda mark: mark._replace(removed=True))

    def restore_mark(self, ts: float) -> None:
        """Take back that a mark was removed."""
        self._correct(ts, lambda mark: mark._replace(removed=False))

    def _correct(self, ts: float, change: Callable[[Marker], Marker]) -> None:
        marker = self._marks.get(ts)
        if marker is not None:
            self._control.correct(change(marker), self.now())

    def _default_plan(self) -> RecordingPlan:
        return RecordingPlan(self._places.default_recording, DEFAULT_TITLE, self._clock, self._limits())

    def _limits(self) -> RotationLimits:
        options = self._options
        return RotationLimits(options.part_bytes, options.archives_kept, options.reserve_bytes)

    def _when_writable(self, then: Callable[[], None]) -> None:
        """Call ``then`` when a recording of boards is open for writing: the one that is shown, else the usual one."""
        plan = self._switch.coming
        if plan is None or plan.for_reading:
            self._switch.to(self._default_plan(), then)
        else:
            self._switch.when_ready(then)

    def _may_leave_recording(self) -> bool:
        """Return whether another recording may be shown; say so when rows of real boards would end with that."""
        if not self.recorder.running or self.recorder.demo:
            return True
        text = "Stop the recording first: another one can be shown when nothing is being recorded."
        self.told.emit(Notice("recording", "warn", text, action="stop_recording"))
        return False
