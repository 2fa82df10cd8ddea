# SPDX-License-Identifier: GPL-3.0-only
"""Telemetry rows of a window to samples: the device's own rows and those made from its log, each with its source."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from mtleak_gui.core.leakhunt.evidence import Request
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.evidence_columns import Column
from mtleak_gui.storage.evidence_rows import TelemetryRow
from mtleak_gui.storage.own_nodes import likely_own, node_id
from mtleak_gui.storage.telemetry_fields import NOT_REPORTED, canonical_field

_UPTIME = canonical_field("uptime_seconds")
_TOTAL = canonical_field("heap_total_bytes")
_MINIMUM = canonical_field("heap_min_free_bytes")
_BLOCK = canonical_field("heap_largest_block_bytes")
_STATED_BY_BOARD = ("device", "local", "host")
"""Variants whose rows state the board's own uptime."""


class Readings:
    """Columns that grow while rows are read; all in row order, times in epoch seconds."""

    def __init__(self) -> None:
        self.samples = Column()
        self.source: list[str] = []
        self.uptime = array("d")
        """The uptime that the sample's own row states, NaN where it states none."""
        self.from_log: list[bool] = []
        self.uptimes = Column()
        self.minimum = Column()
        self.block = Column()
        self.total: float | None = None
        self.newest: float | None = None
        self.not_reported = 0
        self.foreign = 0
        self.no_numbers = 0
        self.fields: set[tuple[str, str]] = set()
        """(variant, field) of every row of the port, whosever node it is."""


def rows_of(rows: Iterable[TelemetryRow], window: TimeWindow, port: str | None) -> list[TelemetryRow]:
    """Return the rows of the window that the port heard."""
    return [row for row in rows if row.port == port and window.start <= row.ts <= window.end]


def own_node(rows: Sequence[TelemetryRow]) -> str | None:
    """Return the id of the node that the port is most likely connected to, ``None`` when no row names one."""
    counts: Counter[tuple[str, str | None]] = Counter()
    for row in rows:
        name = node_id(row.from_node)
        if name is not None:
            counts[name.lower(), row.variant] += 1
    return likely_own(counts)


def read_telemetry(
    rows: Sequence[TelemetryRow],
    request: Request,
    node: str | None,
    *,
    with_log: bool,
    polled: Sequence[tuple[float, float]] = (),
) -> Readings:
    """Return what the rows of one port say of the field asked for.

    ``node``: whose rows count; ``with_log``: whether rows made from log lines are the node's own.
    ``polled``: stretches of time in which the board was asked for LocalStats.
    """
    found = Readings()
    shapes: dict[tuple[str, ...], _Shape] = {}
    owners: dict[str | int | None, bool] = {}
    for row in rows:
        fields = row.fields or {}
        names = tuple(fields)
        shape = shapes.get(names)
        if shape is None:
            shape = shapes[names] = _shape(names, request.field)
        found.fields.update((row.variant or "", name) for name in names if (row.variant, name) not in found.fields)
        sender = row.from_node
        own = owners.get(sender)
        if own is None:
            name = node_id(sender)
            own = owners[sender] = with_log if name is None else name.lower() == node
        if own:
            _own_row(found, row, fields, shape, request)
        else:
            found.foreign += row.variant == request.variant
    found.newest = max((row.ts for row in rows), default=None)
    if polled:
        times = found.samples.ts.tolist()
        found.source = [_with_polls(source, ts, polled) for source, ts in zip(found.source, times, strict=True)]
    return found


class _Shape(NamedTuple):
    """Under which of a row's names stand the field asked for, the uptime and the heap figures."""

    wanted: str | None
    uptime: str | None
    total: str | None
    minimum: str | None
    block: str | None


def _shape(names: Sequence[str], wanted: str) -> _Shape:
    by_field = {canonical_field(name): name for name in names}
    fields = (canonical_field(wanted), _UPTIME, _TOTAL, _MINIMUM, _BLOCK)
    return _Shape(*(by_field.get(field) for field in fields))


def _own_row(found: Readings, row: TelemetryRow, fields: Mapping[str, object], shape: _Shape, request: Request) -> None:
    stated = None
    if shape.uptime is not None and row.from_node is not None and row.variant in _STATED_BY_BOARD:
        stated = _number(fields[shape.uptime])
        if stated is not None:
            found.uptimes.append(row.ts, stated)
    if shape.total is not None:
        found.total = _heap_figure(fields[shape.total]) or found.total
    if shape.minimum is not None or shape.block is not None:
        _low_points(found, row.ts, fields, shape)
    if row.variant != request.variant:
        return
    if shape.wanted is not None:
        _sample(found, row, fields[shape.wanted], stated, is_heap=request.is_heap)
    elif request.is_heap and row.from_node is not None:
        # LocalStats without the heap fields: how builds without heap functions say "not reported".
        found.not_reported += 1


def _sample(found: Readings, row: TelemetryRow, value: object, uptime: float | None, *, is_heap: bool) -> None:
    number = _number(value)
    if number is None:
        found.no_numbers += 1
    elif is_heap and not 0 < number < NOT_REPORTED:
        found.not_reported += 1
    else:
        found.samples.append(row.ts, number)
        found.source.append(_source(row))
        found.uptime.append(math.nan if uptime is None else uptime)
        found.from_log.append(row.from_node is None)


def _low_points(found: Readings, ts: float, fields: Mapping[str, object], shape: _Shape) -> None:
    for name, column in ((shape.minimum, found.minimum), (shape.block, found.block)):
        figure = None if name is None else _heap_figure(fields[name])
        if figure is not None:
            column.append(ts, figure)


def _heap_figure(value: object) -> float | None:
    figure = _number(value)
    return figure if figure is not None and 0 < figure < NOT_REPORTED else None


def _source(row: TelemetryRow) -> str:
    if row.from_node is None:
        return row.source or "debug_heap"
    return "local_stats" if row.variant == "local" else "telemetry"


def _with_polls(source: str, ts: float, polled: Sequence[tuple[float, float]]) -> str:
    if source == "local_stats" and any(start <= ts <= end for start, end in polled):
        return "local_stats_polled"
    return source


def _number(value: object) -> float | None:
    if type(value) is not int and type(value) is not float:
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
