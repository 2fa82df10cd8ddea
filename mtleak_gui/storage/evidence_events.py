# SPDX-License-Identifier: GPL-3.0-only
"""Events of a recording to what a verdict needs of them: ports, the device, marks, link and recorder events, polls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

import msgspec

from mtleak_gui.core.leakhunt.evidence import Device, SeenEvent
from mtleak_gui.core.markers import MARK, MARK_EDIT, correct, marker_of
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.evidence_rows import EventRow
from mtleak_gui.storage.own_nodes import node_id

_NOISE = "node_updated"
"""Comes with every packet of the mesh and tells nothing about the board."""

_ENDS_POLLS = ("poll_stopped", "connection_lost", "recorder_start", "recorder_stop", "recorder_pause")


class EventReading:
    """All events of a recording but those about other nodes, in row order; marks stand as they were corrected last."""

    def __init__(self, rows: Iterable[EventRow]) -> None:
        rows = list(rows)
        self.ports = {row.port for row in rows if row.port is not None}
        self._rows = _corrected([row for row in rows if row.kind not in (None, _NOISE)])

    def of_window(self, window: TimeWindow, port: str | None) -> tuple[SeenEvent, ...]:
        """Return the events of the port and those of no port, ascending in time.

        With them the last ``device_info`` before the window: its reboot_count is what the next one is compared with;
        and the start of asking for LocalStats that was under way when the window began.
        """
        own = [row for row in self._rows if row.port in (None, port)]
        before = [row for row in own if row.kind == "device_info" and row.ts < window.start]
        inside = [row for row in own if window.start <= row.ts <= window.end]
        under_way = {start for start, end in self.polled(port) if start < window.start <= end}
        asking = [row for row in own if row.kind == "poll_started" and row.ts in under_way]
        return tuple(_seen(row) for row in sorted([*before[-1:], *asking[:1], *inside], key=lambda row: row.ts))

    def device(self, window: TimeWindow, port: str | None) -> Device:
        """Return what the board said about itself last, up to the window's end; else what it said first after it."""
        told = [row for row in self._rows if row.kind == "device_info" and row.port == port]
        until = [row for row in told if row.ts <= window.end] or told[:1]
        device = Device(port)
        for row in until:
            device = _known(device, row.data if isinstance(row.data, Mapping) else {})
        return device

    def polled(self, port: str | None) -> tuple[tuple[float, float], ...]:
        """Return the stretches in which the board was asked for LocalStats, (start, end).

        A recorder that goes on tells anew who is being asked, so what ends its rows ends a stretch as well.
        """
        stretches: list[tuple[float, float]] = []
        since: float | None = None
        for row in self._rows:
            if row.port in (None, port) and row.kind == "poll_started":
                since = row.ts if since is None else since
            elif row.port in (None, port) and row.kind in _ENDS_POLLS and since is not None:
                stretches.append((since, row.ts))
                since = None
        return (*stretches, (since, float("inf"))) if since is not None else tuple(stretches)

    def is_paused(self, at: float) -> bool:
        """Return whether the recorder was paused at ``at``."""
        kinds = ("recorder_pause", "recorder_resume", "recorder_start")
        last = [row.kind for row in self._rows if row.kind in kinds and row.ts <= at]
        return bool(last) and last[-1] == "recorder_pause"

    def mark(self, label: str, until: float) -> float | None:
        """Return the time of the newest mark of that name up to ``until``."""
        return max((r.ts for r in self._rows if r.kind == "mark" and r.label == label and r.ts <= until), default=None)

    @property
    def mark_names(self) -> tuple[str, ...]:
        """The names of all marks, each once."""
        return tuple(dict.fromkeys(row.label for row in self._rows if row.kind == "mark" and row.label))


def _corrected(rows: list[EventRow]) -> list[EventRow]:
    """Return the rows without the corrections of marks, and the marks as those say, when they were made."""
    edits = [row.data for row in rows if row.kind == MARK_EDIT and isinstance(row.data, Mapping)]
    marks = {row.ts: marker_of(row.ts, row.label, row.note, row.data) for row in rows if row.kind == MARK}
    if not edits and all(mark.written is None for mark in marks.values()):
        return rows
    for data in edits:
        correct(marks, data)
    kept: list[EventRow] = []
    for row in rows:
        mark = marks.get(row.ts) if row.kind == MARK else None
        if row.kind == MARK_EDIT or (mark is not None and mark.removed):
            continue
        if mark is not None:
            row = msgspec.structs.replace(row, ts=mark.ts, label=mark.label, note=mark.note)  # noqa: PLW2901 - as it stands
        kept.append(row)
    return sorted(kept, key=lambda row: row.ts)


def _seen(row: EventRow) -> SeenEvent:
    data = row.data if isinstance(row.data, Mapping) else None
    return SeenEvent(row.ts, row.kind or "", row.label, row.note, row.port, data)


def _known(device: Device, data: Mapping[str, object]) -> Device:
    number = data.get("node_num")
    node = node_id(number if isinstance(number, int) and number else data.get("node_id"))
    told = {
        "name": data.get("long_name") or data.get("short_name"),
        "node": None if node is None else node.lower(),
        "hardware": data.get("hardware"),
        "firmware": data.get("firmware"),
        "environment": data.get("environment"),
    }
    return replace(device, **{key: str(value) for key, value in told.items() if value})
