# SPDX-License-Identifier: GPL-3.0-only
"""Telemetry rows of a window to samples: the device's own rows and those made from its log, each with its source.

Rows of one sender, variant and set of fields are looked at together, as columns: a tenth of the time of row by row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.leakhunt.evidence import Floats, Request
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.evidence_columns import Gathered
from mtleak_gui.storage.evidence_rows import TelemetryRow
from mtleak_gui.storage.own_nodes import likely_own, node_id
from mtleak_gui.storage.telemetry_fields import NOT_REPORTED, canonical_field

_UPTIME = canonical_field("uptime_seconds")
_TOTAL = canonical_field("heap_total_bytes")
_MINIMUM = canonical_field("heap_min_free_bytes")
_BLOCK = canonical_field("heap_largest_block_bytes")
_STATED_BY_BOARD = ("device", "local", "host")
"""Variants whose rows state the board's own uptime."""


class Whose(NamedTuple):
    """Which rows count: those of ``node``, and with ``log`` those made from the device's log lines."""

    node: str | None
    log: bool


class Readings:
    """What the rows of one port say of a field. Columns are in row order, times in epoch seconds."""

    def __init__(self) -> None:
        self.samples = Gathered()
        """With the uptime that each sample's own row states, NaN where it states none."""
        self.uptimes = Gathered()
        self.minimum = Gathered()
        self.block = Gathered()
        self.totals = Gathered()
        self.newest: float | None = None
        self.not_reported = 0
        self.foreign = 0
        self.no_numbers = 0
        self.fields: set[tuple[str, str]] = set()
        """(variant, field) of every row of the port, whosever node it is."""

    @property
    def total(self) -> float | None:
        """The newest heap total."""
        totals = self.totals.columns().value
        return float(totals[-1]) if totals.size else None


class _Kind(NamedTuple):
    """What rows that are looked at together have in common."""

    from_node: str | int | None
    variant: str | None
    source: str | None
    names: tuple[str, ...]


def rows_of(rows: Iterable[TelemetryRow], window: TimeWindow, port: str | None) -> list[TelemetryRow]:
    """Return the rows of the window that the port heard."""
    return [row for row in rows if row.port == port and window.start <= row.ts <= window.end]


def own_node(rows: Sequence[TelemetryRow], heard_over_air: Container[str] = ()) -> str | None:
    """Return the id of the node that the port is most likely connected to, ``None`` when no row names one.

    What was heard over the air is of another node.
    """
    counts: Counter[tuple[str, str | None]] = Counter()
    for (sender, variant), many in Counter((row.from_node, row.variant) for row in rows).items():
        name = node_id(sender)
        if name is not None and name.lower() not in heard_over_air:
            counts[name.lower(), variant] += many
    return likely_own(counts)


def read_telemetry(rows: Sequence[TelemetryRow], request: Request, whose: Whose) -> Readings:
    """Return what the rows of one port say of the field asked for."""
    found = Readings()
    groups: defaultdict[_Kind, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        groups[_Kind(row.from_node, row.variant, row.source, tuple(row.fields or ()))].append(number)
    for kind, numbers in groups.items():
        found.fields.update((kind.variant or "", name) for name in kind.names)
        name = node_id(kind.from_node)
        if whose.log if name is None else name.lower() == whose.node:
            _read_group(found, [rows[number] for number in numbers], np.array(numbers), kind, request)
        else:
            found.foreign += len(numbers) if kind.variant == request.variant else 0
    found.newest = max((row.ts for row in rows), default=None)
    return found


def _read_group(
    found: Readings, rows: list[TelemetryRow], order: npt.NDArray[np.intp], kind: _Kind, request: Request
) -> None:
    named = {canonical_field(name): name for name in kind.names}
    ts = np.array([row.ts for row in rows])
    uptime = np.full(ts.size, np.nan)
    if kind.from_node is not None and kind.variant in _STATED_BY_BOARD:
        uptime = _numbers(rows, named.get(_UPTIME))
        found.uptimes.take(order, ts, uptime, np.isfinite(uptime))
    for field, column in ((_TOTAL, found.totals), (_MINIMUM, found.minimum), (_BLOCK, found.block)):
        if field in named:
            figures = _numbers(rows, named[field])
            column.take(order, ts, figures, _reported(figures))
    if kind.variant != request.variant:
        return
    wanted = named.get(canonical_field(request.field))
    if wanted is not None:
        _samples(found, kind, order, (ts, _numbers(rows, wanted), uptime), is_heap=request.is_heap)
    elif request.is_heap and kind.from_node is not None:
        # LocalStats without the heap fields: how builds without heap functions say "not reported".
        found.not_reported += len(rows)


def _samples(
    found: Readings,
    kind: _Kind,
    order: npt.NDArray[np.intp],
    columns: tuple[Floats, Floats, Floats],
    *,
    is_heap: bool,
) -> None:
    ts, value, uptime = columns
    good = np.isfinite(value)
    found.no_numbers += int(np.count_nonzero(~good))
    if is_heap:
        reported = _reported(value)
        found.not_reported += int(np.count_nonzero(good & ~reported))
        good = reported
    found.samples.take(order, ts, value, good, uptime=uptime, source=_source(kind))


def _numbers(rows: Sequence[TelemetryRow], name: str | None) -> Floats:
    """Return the values of a field, NaN for what is no number."""
    values = [None if row.fields is None or name is None else row.fields[name] for row in rows]
    if set(map(type, values)) == {float}:
        return np.array(values, np.float64)
    return np.array([_number(value) for value in values], np.float64)


def _number(value: object) -> float:
    if type(value) is not int and type(value) is not float:
        return float("nan")
    try:
        return float(value)
    except OverflowError:
        return float("nan")


def _reported(figures: Floats) -> npt.NDArray[np.bool_]:
    with np.errstate(invalid="ignore"):
        reported: npt.NDArray[np.bool_] = (figures > 0) & (figures < NOT_REPORTED)
    return reported


def _source(kind: _Kind) -> str:
    if kind.from_node is None:
        return kind.source or "debug_heap"
    return "local_stats" if kind.variant == "local" else "telemetry"
