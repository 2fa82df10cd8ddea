# SPDX-License-Identifier: GPL-3.0-only
"""Telemetry rows of a window to samples: the device's own rows and those made from its log, each with its source."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from mtleak_gui.core.leakhunt.evidence import Request
from mtleak_gui.core.time_words import TimeWindow
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
        self.ts: list[float] = []
        self.value: list[float] = []
        self.source: list[str] = []
        self.uptime: list[float] = []
        """The uptime that the sample's own row states, NaN where it states none."""
        self.from_log: list[bool] = []
        self.uptimes: list[tuple[float, float]] = []
        self.minimum: list[tuple[float, float]] = []
        self.block: list[tuple[float, float]] = []
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
    wanted = canonical_field(request.field)
    for row in rows:
        found.newest = row.ts if found.newest is None else max(found.newest, row.ts)
        fields = row.fields or {}
        found.fields.update((row.variant or "", name) for name in fields)
        name = node_id(row.from_node)
        own = with_log if name is None else name.lower() == node
        if not own:
            found.foreign += row.variant == request.variant
            continue
        named = {canonical_field(key): value for key, value in fields.items()}
        uptime = _number(named.get(_UPTIME)) if name is not None and row.variant in _STATED_BY_BOARD else None
        if uptime is not None:
            found.uptimes.append((row.ts, uptime))
        _heap_figures(found, row.ts, named)
        if row.variant == request.variant:
            _sample(found, row, named.get(wanted), uptime, is_heap=request.is_heap)
    found.source = [_with_polls(source, ts, polled) for source, ts in zip(found.source, found.ts, strict=True)]
    return found


def _sample(found: Readings, row: TelemetryRow, value: object, uptime: float | None, *, is_heap: bool) -> None:
    if value is None:
        # A LocalStats row without the heap fields is how builds without heap functions say "not reported".
        found.not_reported += is_heap and row.from_node is not None
        return
    number = _number(value)
    if number is None:
        found.no_numbers += 1
    elif is_heap and not 0 < number < NOT_REPORTED:
        found.not_reported += 1
    else:
        found.ts.append(row.ts)
        found.value.append(number)
        found.source.append(_source(row))
        found.uptime.append(math.nan if uptime is None else uptime)
        found.from_log.append(row.from_node is None)


def _heap_figures(found: Readings, ts: float, named: dict[str, object]) -> None:
    total = _number(named.get(_TOTAL))
    if total is not None and 0 < total < NOT_REPORTED:
        found.total = total
    for key, column in ((_MINIMUM, found.minimum), (_BLOCK, found.block)):
        figure = _number(named.get(key))
        if figure is not None and 0 < figure < NOT_REPORTED:
            column.append((ts, figure))


def _source(row: TelemetryRow) -> str:
    if row.from_node is None:
        return row.source or "debug_heap"
    return "local_stats" if row.variant == "local" else "telemetry"


def _with_polls(source: str, ts: float, polled: Sequence[tuple[float, float]]) -> str:
    if source == "local_stats" and any(start <= ts <= end for start, end in polled):
        return "local_stats_polled"
    return source


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None
