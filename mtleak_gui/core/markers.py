# SPDX-License-Identifier: GPL-3.0-only
"""The tester's marks: the rows that set them, the rows that correct them, and the ranges that pairs of them name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mtleak_gui.core.records import RawEvent

MARK, MARK_EDIT = "mark", "mark_edit"
_START, _END = "-start", "-end"


class Marker(NamedTuple):
    """A mark as it stands after all corrections. ``ts`` (epoch s) is when it was made: a correction never moves it.

    ``written`` is the ``ts`` of the row that set it, where rows had come before its words were typed.
    """

    ts: float
    label: str
    note: str | None = None
    removed: bool = False
    written: float | None = None

    @property
    def row_ts(self) -> float:
        """The ``ts`` of the row that set it, by which corrections name it."""
        return self.ts if self.written is None else self.written


class RangeMark(NamedTuple):
    """What lies between the marks ``<name>-start`` and ``<name>-end``; ``end`` is ``None`` while it goes on."""

    name: str
    start: float
    end: float | None = None


def edit_event(ts: float, marker: Marker) -> RawEvent:
    """Return the event, made at ``ts``, that says how the mark at ``marker.ts`` stands from now on."""
    data = {"mark_ts": marker.row_ts, "label": marker.label, "note": marker.note, "removed": marker.removed}
    return RawEvent(ts, MARK_EDIT, marker.label, marker.note, data=data)


def markers_of(events: Iterable[RawEvent]) -> tuple[Marker, ...]:
    """Return the marks that events set and correct, ascending in time, removed ones too. Other events are passed by."""
    found: dict[float, Marker] = {}
    for event in events:
        if event.kind == MARK:
            found[event.ts] = marker_of(event.ts, event.label, event.note, event.data)
        elif event.kind == MARK_EDIT and event.data is not None:
            correct(found, event.data)
    return tuple(sorted(found.values()))


def marker_of(ts: float, label: str | None, note: str | None, data: object) -> Marker:
    """Return the mark that a row sets: it was made at the ``true_ts`` in ``data``, where there is one."""
    made = data.get("true_ts") if isinstance(data, Mapping) else None
    if isinstance(made, int | float) and 0 <= made < ts:
        return Marker(float(made), label or "", note, written=ts)
    return Marker(ts, label or "", note)


def correct(marks: dict[float, Marker], data: Mapping[str, object]) -> None:
    """Apply the ``data`` of a ``mark_edit`` event to the mark that it names; one that is not there stays so.

    ``marks`` are by the ``ts`` of the rows that set them.
    """
    ts = data.get("mark_ts")
    marker = marks.get(ts) if isinstance(ts, float | int) else None
    if marker is None:
        return
    label, note = data.get("label"), data.get("note")
    marks[marker.row_ts] = marker._replace(
        label=label if isinstance(label, str) and label else marker.label,
        note=note if isinstance(note, str) else None,
        removed=data.get("removed") is True,
    )


def pair_ranges(markers: Iterable[Marker]) -> tuple[RangeMark, ...]:
    """Return the ranges that standing marks name, ascending by start.

    An end closes the newest open start of its name; a second start of a name leaves the first one open.
    """
    ranges: list[RangeMark] = []
    open_at: dict[str, list[int]] = {}
    for marker in sorted(mark for mark in markers if not mark.removed):
        name = marker.label.removesuffix(_START).removesuffix(_END)
        if marker.label.endswith(_START) and name:
            open_at.setdefault(name, []).append(len(ranges))
            ranges.append(RangeMark(name, marker.ts))
        elif marker.label.endswith(_END) and open_at.get(name):
            place = open_at[name].pop()
            ranges[place] = ranges[place]._replace(end=marker.ts)
    return tuple(ranges)
