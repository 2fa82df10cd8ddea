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
from mtleak_gui.storage.evidence_columns import Column, Gathered, Places
from mtleak_gui.storage.evidence_rows import TelemetryRow
from mtleak_gui.storage.heap_agreement import of_another_heap
from mtleak_gui.storage.own_nodes import likely_own, node_id
from mtleak_gui.storage.telemetry_fields import NOT_REPORTED, canonical_field

_UPTIME = canonical_field("uptime_seconds")
_FREE = canonical_field("heap_free_bytes")
_TOTAL = canonical_field("heap_total_bytes")
_MINIMUM = canonical_field("heap_min_free_bytes")
_BLOCK = canonical_field("heap_largest_block_bytes")
_NOTHING = (np.empty(0), np.empty(0))
_DEFAULT_VARIANT = "local"
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

    port: str | None
    from_node: str | int | None
    variant: str | None
    source: str | None
    names: tuple[str, ...]


class _Part(NamedTuple):
    """Rows of one kind out of one piece: their places among all rows, their times, and the fields of interest."""

    order: Places
    ts: Floats
    fields: dict[str, Floats]


class TelemetryReading:
    """The telemetry rows of a window, of all ports, as columns of the fields of interest; grows piece by piece."""

    def __init__(self, window: TimeWindow, field: str) -> None:
        self._window = window
        self._fields = {canonical_field(field), _UPTIME, _FREE, _TOTAL, _MINIMUM, _BLOCK}
        self._parts: defaultdict[_Kind, list[_Part]] = defaultdict(list)
        self._count = 0

    def take(self, rows: Sequence[TelemetryRow]) -> None:
        """Take the rows of one piece, those outside the window left out."""
        start, end = self._window
        groups: defaultdict[_Kind, list[int]] = defaultdict(list)
        for number, row in enumerate(rows):
            if start <= row.ts <= end:
                names = tuple(row.fields or ())
                groups[_Kind(row.port, row.from_node, row.variant, row.source, names)].append(number)
        for kind, numbers in groups.items():
            chosen = [rows[number] for number in numbers]
            named = {canonical_field(name): name for name in kind.names}
            fields = {field: _numbers(chosen, named[field]) for field in named.keys() & self._fields}
            order = np.array(numbers, np.intp) + self._count
            self._parts[kind].append(_Part(order, np.array([row.ts for row in chosen]), fields))
        self._count += len(rows)

    @property
    def ports(self) -> set[str]:
        """The ports that any row names."""
        return {kind.port for kind in self._parts if kind.port is not None}

    def variant_of(self, port: str | None, field: str) -> str:
        """Return the variant that a field is asked in when none is named: ``local``, or the only one that has it."""
        wanted = canonical_field(field)
        variants = {
            kind.variant
            for kind, parts in self._parts.items()
            if kind.port == port and any(wanted in part.fields for part in parts)
        }
        only = next(iter(variants)) if len(variants) == 1 else None
        return only or _DEFAULT_VARIANT

    def own_node(self, port: str | None, heard_over_air: Container[str], log_heap: Iterable[Column]) -> str | None:
        """Return the id of the node that the port is most likely connected to, ``None`` when no row names one.

        What was heard over the air is of another node, and so is a heap that is not the one of the port's log;
        ``log_heap``: free heap of log lines that have no telemetry row.
        """
        counts: Counter[tuple[str, str | None]] = Counter()
        free: defaultdict[str | None, list[tuple[Floats, Floats]]] = defaultdict(list)
        free[None] += [(column.ts, column.value) for column in log_heap]
        for kind, parts in self._parts.items():
            name = node_id(kind.from_node)
            name = None if name is None else name.lower()
            if kind.port == port and (name is None or name not in heard_over_air):
                free[name] += [_reported_heap(part) for part in parts if _FREE in part.fields]
                if name is not None:
                    counts[name, kind.variant] += sum(part.ts.size for part in parts)
        told = {name: _by_time(pairs) for name, pairs in free.items() if pairs}
        others = {name for name in told if name is not None and of_another_heap(*told.get(None, _NOTHING), *told[name])}
        return likely_own(Counter({key: many for key, many in counts.items() if key[0] not in others}))

    def of(self, request: Request, whose: Whose) -> Readings:
        """Return what the rows of the request's port say of its field."""
        found = Readings()
        for kind, parts in self._parts.items():
            if kind.port != request.port:
                continue
            group = _joined(parts)
            newest = float(group.ts.max())
            found.newest = newest if found.newest is None else max(found.newest, newest)
            found.fields.update((kind.variant or "", name) for name in kind.names)
            name = node_id(kind.from_node)
            if whose.log if name is None else name.lower() == whose.node:
                _read_group(found, kind, group, request)
            elif kind.variant == request.variant:
                found.foreign += group.ts.size
        return found


def _reported_heap(part: _Part) -> tuple[Floats, Floats]:
    good = _reported(part.fields[_FREE])
    return part.ts[good], part.fields[_FREE][good]


def _by_time(pairs: list[tuple[Floats, Floats]]) -> tuple[Floats, Floats]:
    ts, value = (np.concatenate(column) for column in zip(*pairs, strict=True))
    order = np.argsort(ts, kind="stable")
    return ts[order], value[order]


def _joined(parts: list[_Part]) -> _Part:
    fields = {field: np.concatenate([part.fields[field] for part in parts]) for field in parts[0].fields}
    return _Part(np.concatenate([part.order for part in parts]), np.concatenate([part.ts for part in parts]), fields)


def _read_group(found: Readings, kind: _Kind, group: _Part, request: Request) -> None:
    uptime = np.full(group.ts.size, np.nan)
    if kind.from_node is not None and kind.variant in _STATED_BY_BOARD and _UPTIME in group.fields:
        uptime = group.fields[_UPTIME]
        found.uptimes.take(group.order, group.ts, uptime, np.isfinite(uptime), source=kind.variant)
    for field, column in ((_TOTAL, found.totals), (_MINIMUM, found.minimum), (_BLOCK, found.block)):
        if field in group.fields:
            column.take(group.order, group.ts, group.fields[field], _reported(group.fields[field]))
    if kind.variant != request.variant:
        return
    values = group.fields.get(canonical_field(request.field))
    if values is not None:
        _samples(found, kind, group, (values, uptime), is_heap=request.is_heap)
    elif request.is_heap and kind.from_node is not None:
        # LocalStats without the heap fields: how builds without heap functions say "not reported".
        found.not_reported += group.ts.size


def _samples(found: Readings, kind: _Kind, group: _Part, columns: tuple[Floats, Floats], *, is_heap: bool) -> None:
    value, uptime = columns
    good = np.isfinite(value)
    found.no_numbers += int(np.count_nonzero(~good))
    if is_heap:
        reported = _reported(value)
        found.not_reported += int(np.count_nonzero(good & ~reported))
        good = reported
    found.samples.take(group.order, group.ts, value, good, uptime=uptime, source=_source(kind))


def _numbers(rows: Sequence[TelemetryRow], name: str) -> Floats:
    """Return the values of a field that each row has, NaN for what is no number."""
    return np.array([_number(row.fields[name]) if row.fields else np.nan for row in rows], np.float64)


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
