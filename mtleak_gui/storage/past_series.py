# SPDX-License-Identifier: GPL-3.0-only
"""The telemetry of a recording as series of each port: those of its own node and those made from its log lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.past import PastSeries
from mtleak_gui.core.series_key import SeriesKey, series_key, source_code
from mtleak_gui.storage.own_nodes import node_id
from mtleak_gui.storage.recording_pieces import ALWAYS
from mtleak_gui.storage.telemetry_cache import FileColumns
from mtleak_gui.storage.telemetry_columns import SeriesKey as StoredKey
from mtleak_gui.storage.telemetry_fields import canonical_field, reported
from mtleak_gui.storage.telemetry_selection import Intervals, of_node
from mtleak_gui.storage.timeline import Stretch

MOST_SAMPLES = 10_000_000
_UPTIME = canonical_field("uptime_seconds")
_STATED_BY_BOARD = ("device", "local", "host")
"""Variants whose rows state the board's own uptime, in the order of their codes from 1 on."""

Polled = Mapping[str, Sequence[tuple[float, float]]]
"""By port: the stretches in which its board was asked for LocalStats."""


class PortSeries(NamedTuple):
    """The series of one port. Uptimes as telemetry states them: times, seconds, and from which variant (from 1 on)."""

    series: dict[SeriesKey, PastSeries]
    uptime_ts: Floats
    uptime_s: Floats
    uptime_source: npt.NDArray[np.int8]

    @classmethod
    def empty(cls) -> PortSeries:
        """Return those of a port that no telemetry row names."""
        return cls({}, np.empty(0), np.empty(0), np.empty(0, np.int8))


class _Piece(NamedTuple):
    stretch: Stretch
    node: str | None
    variant: str
    stored: str
    """The field as spelled in the row."""


def series_of_ports(
    files: Sequence[FileColumns], own: Intervals, polled: Polled, log_sources: Mapping[str, str]
) -> dict[str, PortSeries]:
    """Return the series of each port; rows of other nodes of the mesh and values not reported are left out.

    ``log_sources``: the source of the samples that were made from log lines, by port.
    """
    found: defaultdict[str, defaultdict[SeriesKey, list[_Piece]]] = defaultdict(lambda: defaultdict(list))
    for file in files:
        for stored in file.series():
            port, node, variant, field = stored
            if port is None or variant is None:
                continue
            stretch = _own_samples(file, stored, own)
            if len(stretch.times):
                piece = _Piece(stretch, node_id(node), variant, field)
                found[port][series_key(variant, field)].append(piece)
    share = MOST_SAMPLES // max(len(found), 1)
    return {
        port: _port_series(pieces, share, polled.get(port, ()), log_sources.get(port, "debug_heap"))
        for port, pieces in found.items()
    }


def _own_samples(file: FileColumns, stored: StoredKey, own: Intervals) -> Stretch:
    stretch = of_node(file.samples(stored, ALWAYS), stored, None, own)
    kept = reported(stored[3], stretch.values)
    return stretch if kept is None else Stretch(stretch.times[kept], stretch.values[kept])


def _port_series(
    fields: Mapping[SeriesKey, list[_Piece]], most: int, polled: Sequence[tuple[float, float]], log_source: str
) -> PortSeries:
    uptimes = _uptimes(fields)
    series = {}
    for key, pieces in fields.items():
        sources = [_source(piece, log_source) for piece in pieces]
        uptime = [_uptime_beside(piece, uptimes) for piece in pieces]
        series[key] = _joined(pieces, sources, uptime, most, polled)
    ts, seconds, source = (
        (np.concatenate(column) for column in zip(*uptimes.values(), strict=True))
        if uptimes
        else (np.empty(0), np.empty(0), np.empty(0, np.int8))
    )
    order = np.argsort(ts, kind="stable")
    return PortSeries(series, ts[order], seconds[order], source[order].astype(np.int8))


_Uptimes = dict[str, tuple[Floats, Floats, npt.NDArray[np.int8]]]


def _uptimes(fields: Mapping[SeriesKey, list[_Piece]]) -> _Uptimes:
    """Return by variant the uptimes that rows of the board itself state, ascending in time."""
    found: _Uptimes = {}
    for pieces in fields.values():
        for piece in pieces:
            if piece.node is None or piece.variant not in _STATED_BY_BOARD or canonical_field(piece.stored) != _UPTIME:
                continue
            code = np.full(len(piece.stretch.times), 1 + _STATED_BY_BOARD.index(piece.variant), np.int8)
            ts, seconds, codes = found.get(piece.variant, (np.empty(0), np.empty(0), np.empty(0, np.int8)))
            ts, seconds = np.concatenate((ts, piece.stretch.times)), np.concatenate((seconds, piece.stretch.values))
            order = np.argsort(ts, kind="stable")
            found[piece.variant] = ts[order], seconds[order], np.concatenate((codes, code))
    return found


def _uptime_beside(piece: _Piece, uptimes: _Uptimes) -> Floats:
    """Return the uptimes that the same rows state, NaN where they state none."""
    times = piece.stretch.times
    found = np.full(times.size, np.nan)
    known = uptimes.get(piece.variant)
    if piece.node is None or known is None:
        return found
    place = np.minimum(np.searchsorted(known[0], times), known[0].size - 1)
    same = known[0][place] == times
    found[same] = known[1][place[same]]
    return found


def _source(piece: _Piece, log_source: str) -> int:
    if piece.node is None:
        return source_code(log_source)
    return source_code("local_stats" if piece.variant == "local" else "telemetry")


def _joined(
    pieces: Sequence[_Piece],
    sources: Sequence[int],
    uptimes: Sequence[Floats],
    most: int,
    polled: Sequence[tuple[float, float]],
) -> PastSeries:
    """Return the newest samples of all pieces, ascending in time."""
    ts = np.concatenate([piece.stretch.times for piece in pieces])
    value = np.concatenate([piece.stretch.values for piece in pieces])
    source = np.repeat(np.array(sources, np.int8), [piece.stretch.times.size for piece in pieces])
    uptime = np.concatenate(uptimes)
    if np.any(ts[1:] < ts[:-1]):
        order = np.argsort(ts, kind="stable")
        ts, value, source, uptime = ts[order], value[order], source[order], uptime[order]
    newest = slice(max(0, ts.size - most), None)
    ts, value, source, uptime = ts[newest].copy(), value[newest].copy(), source[newest].copy(), uptime[newest].copy()
    for start, end in polled:
        asked = (source == source_code("local_stats")) & (ts >= start) & (ts <= end)
        source[asked] = source_code("local_stats_polled")
    return PastSeries(ts, value, source, uptime)
