# SPDX-License-Identifier: GPL-3.0-only
"""The tester's marks: the rows that set them, the rows that correct them, and the ranges that pairs of them name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from mtleak_gui.core.records import RawEvent

MARK, MARK_EDIT = "mark", "mark_edit"
_START, _END = "-start", "-end"


class Marker(NamedTuple):
    """A mark as it stands after all corrections. ``ts`` (epoch s) is its identity: a correction never moves it."""

    ts: float
    label: str
    note: str | None = None
    removed: bool = False


class RangeMark(NamedTuple):
    """What lies between the marks ``<name>-start`` and ``<name>-end``; ``end`` is ``None`` while it goes on."""

    name: str
    start: float
    end: float | None = None


def edit_event(ts: float, marker: Marker) -> RawEvent:
    """Return the event, made at ``ts``, that says how the mark at ``marker.ts`` stands from now on."""
    data = {"mark_ts": marker.ts, "label": marker.label, "note": marker.note, "removed": marker.removed}
    return RawEvent(ts, MARK_EDIT, marker.label, marker.note, data=data)


def markers_of(events: Iterable[RawEvent]) -> tuple[Marker, ...]:
    """Return the marks that events set and correct, ascending in time, removed ones too. Other events are passed by."""
    found: dict[float, Marker] = {}
    for event in events:
        if event.kind == MARK:
            found[event.ts] = Marker(event.ts, event.label or "", event.note)
        elif event.kind == MARK_EDIT and event.data is not None:
            correct(found, event.data)
    return tuple(found[ts] for ts in sorted(found))


def correct(marks: dict[float, Marker], data: Mapping[str, object]) -> None:
    """Apply the ``data`` of a ``mark_edit`` event to the mark that it names; one that is not there stays so."""
    ts = data.get("mark_ts")
    marker = marks.get(ts) if isinstance(ts, float | int) else None
    if marker is None:
        return
    label, note = data.get("label"), data.get("note")
    marks[marker.ts] = Marker(
        marker.ts,
        label if isinstance(label, str) and label else marker.label,
        note if isinstance(note, str) else None,
        data.get("removed") is True,
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
