# SPDX-License-Identifier: GPL-3.0-only
"""The marks of the recording that is shown, as its rows tell them. Runs in: GUI thread."""

from __future__ import annotations

from collections.abc import Iterable

from mtleak_gui.core.markers import MARK_EDIT, Marker, correct, marker_of
from mtleak_gui.core.records import Batch


class MarkBook:
    """Marks by their time, which no correction changes."""

    def __init__(self) -> None:
        self._marks: dict[float, Marker] = {}

    @property
    def standing(self) -> tuple[Marker, ...]:
        """The marks that were not removed, ascending in time."""
        return tuple(sorted(mark for mark in self._marks.values() if not mark.removed))

    def get(self, ts: float) -> Marker | None:
        """Return the mark at ``ts``, also a removed one."""
        return next((mark for mark in self._marks.values() if mark.ts == ts), None)

    def clear(self) -> None:
        """Forget all."""
        self._marks.clear()

    def take(self, batch: Batch) -> bool:
        """Take what a batch says of marks; return whether it says anything."""
        for mark in batch.marks:
            self._marks[mark.ts] = marker_of(*mark)
        edits = [event.data for event in batch.events if event.kind == MARK_EDIT and event.data is not None]
        for data in edits:
            correct(self._marks, data)
        return bool(batch.marks or edits)

    def take_past(self, marks: Iterable[Marker]) -> bool:
        """Take the marks of the past; what was heard of one since wins. Return whether there are any."""
        older = {mark.row_ts: mark for mark in marks}
        self._marks = older | self._marks
        return bool(older)
