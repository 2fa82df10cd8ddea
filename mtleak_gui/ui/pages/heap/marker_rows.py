# SPDX-License-Identifier: GPL-3.0-only
"""What the list of marks says: one row for each range, mark and restart, with what the memory did there. No widgets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import Literal, NamedTuple

from mtleak_gui.core.axis_ticks import clock_text
from mtleak_gui.core.boot import Boot
from mtleak_gui.core.dips import MarkResults
from mtleak_gui.core.markers import Marker, RangeMark, pair_ranges
from mtleak_gui.core.series_history import SeriesHistory


class MarkerRow(NamedTuple):
    """One row. ``ts`` is the mark's time (epoch s), of a range its start; it stands for ``marks``."""

    kind: Literal["range", "mark", "restart", "removed"]
    ts: float
    name: str
    when: str
    result: str
    note: str | None = None
    marks: tuple[Marker, ...] = ()


class ClockWords:
    """Times of day, each worked out once: lists of hundreds of marks are shown again and again."""

    def __init__(self, zone: tzinfo | None = None) -> None:
        self._zone = zone
        self._known: dict[float, str] = {}

    def of(self, ts: float) -> str:
        """Return the time of day of an epoch second."""
        if ts not in self._known:
            self._known[ts] = clock_text(ts, self._zone)
        return self._known[ts]


def marker_rows(
    markers: Iterable[Marker],
    boots: Iterable[Boot],
    history: SeriesHistory | None,
    results: MarkResults,
    clock: ClockWords,
) -> tuple[MarkerRow, ...]:
    """Return the rows, ascending in time; ``results`` says what ``history`` did at the marks."""
    standing = [marker for marker in markers if not marker.removed]
    by_ts = {marker.ts: marker for marker in standing}
    ranges = pair_ranges(standing)
    in_ranges = {edge for mark in ranges for edge in (mark.start, mark.end)}
    rows = [
        _range_row(mark, by_ts, "" if history is None else results.of_range(mark, history), clock) for mark in ranges
    ]
    rows += [
        _mark_row(marker, "" if history is None else results.of_mark(marker.ts, history), clock)
        for marker in standing
        if marker.ts not in in_ranges
    ]
    rows += [
        MarkerRow("restart", boot.start, "restart", clock.of(boot.start), boot.reason or "")
        for boot in boots
        if boot.number > 1
    ]
    return tuple(sorted(rows, key=lambda row: row.ts))


def removed_row(marks: tuple[Marker, ...]) -> MarkerRow:
    """Return the row of a mark, or of both marks of a range, that was taken away just now."""
    name = marks[0].label.removesuffix("-start") if len(marks) > 1 else marks[0].label
    return MarkerRow("removed", marks[0].ts, name, "", "", marks=marks)


def _range_row(mark: RangeMark, by_ts: dict[float, Marker], result: str, clock: ClockWords) -> MarkerRow:
    end = "…" if mark.end is None else clock.of(mark.end)
    marks = tuple(by_ts[edge] for edge in (mark.start, mark.end) if edge is not None)
    when = f"{clock.of(mark.start)} – {end}"
    return MarkerRow("range", mark.start, mark.name, when, result, marks[0].note, marks)


def _mark_row(marker: Marker, result: str, clock: ClockWords) -> MarkerRow:
    when = clock.of(marker.ts)
    return MarkerRow("mark", marker.ts, marker.label, when, result, marker.note, (marker,))
