# SPDX-License-Identifier: GPL-3.0-only
"""What telemetry, log lines and events say of one port put together."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.leakhunt.evidence import (
    DebugHeapSigns,
    Device,
    Evidence,
    Floats,
    Recorder,
    Request,
    Samples,
)
from mtleak_gui.core.past import PastPort, PastSeries
from mtleak_gui.core.records import DeviceInfo
from mtleak_gui.core.series_key import (
    FREE_HEAP,
    LARGEST_BLOCK,
    MIN_FREE_HEAP,
    TOTAL_HEAP,
    SeriesKey,
    source_code,
)
from mtleak_gui.storage.evidence_columns import Column
from mtleak_gui.storage.evidence_logs import LogReading
from mtleak_gui.storage.past_events import PastEvents
from mtleak_gui.storage.past_series import PortSeries
from mtleak_gui.storage.recording_pieces import ALWAYS

MOST_DELTAS = 20_000


class _Uptimes(NamedTuple):
    """Uptimes that rows state, ascending in time: epoch s, s, and 0 for text or the code of a telemetry variant."""

    ts: Floats
    seconds: Floats
    source: npt.NDArray[np.int8]


def past_port(
    port: str, role: str, device: DeviceInfo | None, *, events: PastEvents, logs: LogReading, found: PortSeries
) -> PastPort:
    """Return what is known of a port; ``logs`` has read its newest log rows."""
    text = _ascending(logs.uptimes)
    series = {key: _with_uptimes(one, text) for key, one in _with_log_figures(found.series, logs).items()}
    uptimes = _uptimes(text, found)
    totals = series.get(TOTAL_HEAP, PastSeries.empty()).value
    first, last = _extent(port, events, logs, series)
    heap = series.get(FREE_HEAP, PastSeries.empty())
    return PastPort(
        port=port,
        role=role,
        device=device,
        series=series,
        total_heap=float(totals[-1]) if totals.size else logs.total,
        thread_deltas=tuple(logs.deltas[-MOST_DELTAS:]),
        restarts=events.restarts(port, _evidence(port, heap, uptimes, events)),
        first_ts=first,
        first_uptime=_first_uptime(uptimes, first),
        last_ts=last,
        last_uptime=(float(uptimes.ts[-1]), float(uptimes.seconds[-1])) if uptimes.ts.size else None,
        debug_heap=DebugHeapSigns(logs.log_lines, logs.prefixes, logs.heap_status, len(logs.deltas), len(logs.sites)),
    )


def _ascending(column: Column) -> tuple[Floats, Floats]:
    ts, value = column.ts, column.value
    order = np.argsort(ts, kind="stable")
    return ts[order], value[order]


def _with_log_figures(series: dict[SeriesKey, PastSeries], logs: LogReading) -> dict[SeriesKey, PastSeries]:
    """Add the figures of log lines for which no telemetry row was made: the peer makes fewer."""
    joined = dict(series)
    for name, column in logs.readings.items():
        joined[FREE_HEAP] = _merged(joined.get(FREE_HEAP, PastSeries.empty()), column, name)
    for key, column in ((LARGEST_BLOCK, logs.block), (MIN_FREE_HEAP, logs.minimum)):
        if len(column):
            joined[key] = _merged(joined.get(key, PastSeries.empty()), column, "heap_line")
    return joined


def _merged(series: PastSeries, column: Column, source: str) -> PastSeries:
    ts, value = _ascending(column)
    fresh = ~np.isin(ts, series.ts)
    ts, value = ts[fresh], value[fresh]
    if not ts.size:
        return series
    joined = PastSeries(
        np.concatenate((series.ts, ts)),
        np.concatenate((series.value, value)),
        np.concatenate((series.source, np.full(ts.size, source_code(source), np.int8))),
        np.concatenate((series.uptime, np.full(ts.size, np.nan))),
    )
    order = np.argsort(joined.ts, kind="stable")
    return PastSeries(joined.ts[order], joined.value[order], joined.source[order], joined.uptime[order])


def _with_uptimes(series: PastSeries, text: tuple[Floats, Floats]) -> PastSeries:
    """Return the series with the uptimes that log lines of exactly its times state, where its rows state none."""
    ts, seconds = text
    unstated = np.nonzero(np.isnan(series.uptime))[0]
    if not ts.size or not unstated.size:
        return series
    place = np.minimum(np.searchsorted(ts, series.ts[unstated]), ts.size - 1)
    same = ts[place] == series.ts[unstated]
    uptime = series.uptime.copy()
    uptime[unstated[same]] = seconds[place[same]]
    return series._replace(uptime=uptime)


def _uptimes(text: tuple[Floats, Floats], found: PortSeries) -> _Uptimes:
    ts = np.concatenate((text[0], found.uptime_ts))
    seconds = np.concatenate((text[1], found.uptime_s))
    source = np.concatenate((np.zeros(text[0].size, np.int8), found.uptime_source))
    order = np.argsort(ts, kind="stable")
    return _Uptimes(ts[order], seconds[order], source[order])


def _evidence(port: str, heap: PastSeries, uptimes: _Uptimes, events: PastEvents) -> Evidence:
    """Return as much evidence as telling boots apart needs."""
    end = float(uptimes.ts[-1]) if uptimes.ts.size else 0.0
    return Evidence(
        request=Request(0.0, end, port=port),
        now=end,
        recorder=Recorder("from_disk", None, None),
        device=Device(port),
        samples=Samples(heap.ts, heap.value),
        uptime_ts=uptimes.ts,
        uptime_s=uptimes.seconds,
        uptime_source=uptimes.source,
        events=events.reading.of_window(ALWAYS, port),
    )


def _extent(
    port: str, events: PastEvents, logs: LogReading, series: dict[SeriesKey, PastSeries]
) -> tuple[float | None, float | None]:
    """Return when the port was first and last heard, as far as it was read."""
    told = [event.ts for event in events.of_port(port)]
    told += [float(ts) for one in series.values() if one.ts.size for ts in (one.ts[0], one.ts[-1])]
    told += [ts for ts in (logs.first, logs.newest) if ts is not None]
    return min(told, default=None), max(told, default=None)


def _first_uptime(uptimes: _Uptimes, first: float | None) -> float | None:
    """Return the uptime at ``first``, by the first that was stated; ``None`` when the board had not started then."""
    if first is None or not uptimes.ts.size:
        return None
    uptime = float(uptimes.seconds[0] - (uptimes.ts[0] - first))
    return uptime if uptime >= 0 else None
