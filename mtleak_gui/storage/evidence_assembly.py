# SPDX-License-Identifier: GPL-3.0-only
"""The parts that were read from the streams put together as evidence: columns as arrays, in their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.evidence import (
    DebugHeapSigns,
    Device,
    Evidence,
    Floats,
    Recorder,
    Request,
    Samples,
)
from mtleak_gui.core.leakhunt.thresholds import CLOCK_STEP_S
from mtleak_gui.core.records import BootBanner
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.evidence_columns import Column, Columns, Gathered, uptimes_beside
from mtleak_gui.storage.evidence_events import EventReading
from mtleak_gui.storage.evidence_logs import LogReading
from mtleak_gui.storage.evidence_telemetry import Readings, Whose
from mtleak_gui.storage.evidence_window import Span

_TEXT, _TELEMETRY = 0, 1
_PUSHED, _POLLED = "local_stats", "local_stats_polled"
_LAG_S = 100.0


class Parts(NamedTuple):
    """What was read of one port; ``whose`` rows were taken."""

    telemetry: Readings
    logs: LogReading
    events: EventReading
    device: Device
    whose: Whose
    total_heap: float | None
    newest_packet: float | None
    notes: tuple[str, ...]
    demo: bool

    @property
    def sample_count(self) -> int:
        """How many samples were found, those in the log included."""
        return len(self.telemetry.samples) + sum(len(column) for column in self.logs.readings.values())


def assembled(request: Request, parts: Parts, span: Span, now: float, wider: TimeWindow | None) -> Evidence:
    """Return the evidence.

    ``now`` counts only while somebody records; ``wider`` is a window that would hold enough samples.
    """
    telemetry, logs, window = parts.telemetry, parts.logs, span.window
    samples = _samples(request, parts)
    uptime_ts, uptime_s, uptime_source = _uptimes(logs.uptimes, telemetry.uptimes.columns())
    block_ts, block = _figures(telemetry.block, logs.block)
    minimum_ts, minimum = _figures(telemetry.minimum, logs.minimum)
    return Evidence(
        request=request,
        now=now if span.live else window.end,
        recorder=_recorder(parts, span, samples),
        device=_device(parts, logs.banner),
        samples=samples,
        total_heap=parts.total_heap,
        uptime_ts=uptime_ts,
        uptime_s=uptime_s,
        uptime_source=uptime_source,
        block_ts=block_ts,
        largest_block=block,
        min_free_ts=minimum_ts,
        min_free=minimum,
        lines=logs.lines,
        signature_counts=dict(logs.signature_counts),
        thread_deltas=tuple(logs.deltas),
        sites=tuple(logs.sites),
        audits=tuple(logs.audits),
        events=parts.events.of_window(window, request.port),
        debug_heap=DebugHeapSigns(logs.log_lines, logs.prefixes, logs.heap_status, len(logs.deltas), len(logs.sites)),
        not_reported=telemetry.not_reported + (logs.not_reported if request.is_heap else 0),
        foreign_rows=telemetry.foreign,
        notes=_notes(request, parts),
        wider_window=None if wider is None else wording.span(wider.end - wider.start),
    )


def _samples(request: Request, parts: Parts) -> Samples:
    gathered, logs = parts.telemetry.samples, parts.logs
    told = gathered.columns()
    names = [*gathered.sources, _POLLED]
    source = _with_polls(told, names, parts.events.polled(request.port))
    # Rows made from a log line state no uptime of their own: the line does.
    unstated = np.isnan(told.uptime)
    told.uptime[unstated] = _uptimes_at(told.ts[unstated], logs.uptimes)
    if np.any(np.diff(told.ts) < -CLOCK_STEP_S):
        unstated = np.isnan(told.uptime)
        told.uptime[unstated] = uptimes_beside(gathered, parts.telemetry.uptimes)[unstated]
    pieces = [Columns(told.ts, told.value, told.uptime, source)]
    if request.is_heap and request.variant == "local":
        for name, column in logs.readings.items():
            if name not in names:
                names.append(name)
            code = np.full(len(column), names.index(name), np.int8)
            pieces.append(Columns(column.ts, column.value, np.full(len(column), np.nan), code))
    joined = Columns(*(np.concatenate(column) for column in zip(*pieces, strict=True)))
    order = np.argsort(joined.ts, kind="stable")
    return Samples(joined.ts[order], joined.value[order], tuple(names), joined.source[order], joined.uptime[order])


def _figures(telemetry: Gathered, log: Column) -> tuple[Floats, Floats]:
    """Return figures that stand in rows made from a line and, for the peer's rows, in the line alone, each once."""
    told = telemetry.columns()
    fresh = ~np.isin(log.ts, told.ts)
    ts = np.concatenate((told.ts, log.ts[fresh]))
    order = np.argsort(ts, kind="stable")
    return ts[order], np.concatenate((told.value, log.value[fresh]))[order]


def _with_polls(told: Columns, names: Sequence[str], polled: Sequence[tuple[float, float]]) -> npt.NDArray[np.int8]:
    """Return the sources, those of LocalStats that were asked for told apart."""
    source = told.source.copy()
    if _PUSHED in names:
        for start, end in polled:
            asked = (source == names.index(_PUSHED)) & (told.ts >= start) & (told.ts <= end)
            source[asked] = names.index(_POLLED)
    return source


def _uptimes_at(ts: Floats, text: Column) -> Floats:
    """Return the uptimes that log lines of exactly these times state, NaN where there is none."""
    found = np.full(ts.size, np.nan)
    line_ts, line_s = text.ts, text.value
    if line_ts.size and ts.size:
        order = np.argsort(line_ts, kind="stable")
        place = np.minimum(np.searchsorted(line_ts[order], ts), line_ts.size - 1)
        same = line_ts[order][place] == ts
        found[same] = line_s[order][place[same]]
    return found


def _uptimes(text: Column, telemetry: Columns) -> tuple[Floats, Floats, npt.NDArray[np.int8]]:
    """Return all uptimes in row order: each stream in its own, both together by how much time went by in each.

    In a file whose rows were put together out of order, row order means nothing: then they are in the order of time.
    """
    ts, uptime = np.concatenate((text.ts, telemetry.ts)), np.concatenate((text.value, telemetry.value))
    by_row = np.argsort(np.concatenate((_never_back(text.ts), _never_back(telemetry.ts))), kind="stable")
    by_time = np.argsort(ts, kind="stable")
    order = by_time if _falls(uptime[by_time]) < _falls(uptime[by_row]) else by_row
    source = np.concatenate((np.full(len(text), _TEXT, np.int8), _TELEMETRY + telemetry.source))
    return ts[order], uptime[order], source[order]


def _falls(uptime: Floats) -> int:
    """Return how often the uptime falls by more than telemetry's may lag behind that of text."""
    return int(np.count_nonzero(np.diff(uptime) < -_LAG_S))


def _never_back(ts: Floats) -> Floats:
    """Return times in which a step back of the host's clock is no time at all."""
    if not ts.size:
        return ts
    return np.concatenate((ts[:1], ts[0] + np.cumsum(np.maximum(np.diff(ts), 0.0))))


def _recorder(parts: Parts, span: Span, samples: Samples) -> Recorder:
    rows = [parts.telemetry.newest, parts.logs.newest, parts.newest_packet]
    newest = max((ts for ts in rows if ts is not None), default=None)
    newest_sample = float(samples.ts[-1]) if samples.ts.size else None
    demo = parts.demo
    if not span.live:
        return Recorder("from_disk", newest, newest_sample, demo)
    paused = parts.events.is_paused(span.window.end)
    return Recorder("paused" if paused else "running", newest, newest_sample, demo)


def _device(parts: Parts, banner: BootBanner | None) -> Device:
    device = parts.device if parts.device.node is not None else replace(parts.device, node=parts.whose.node)
    if banner is None:
        return device
    return replace(
        device,
        hardware=device.hardware or banner.hardware,
        firmware=device.firmware or banner.version,
        environment=device.environment or banner.environment or None,
    )


def _notes(request: Request, parts: Parts) -> tuple[str, ...]:
    notes = list(parts.notes)
    if parts.telemetry.no_numbers:
        many = wording.count(parts.telemetry.no_numbers, "value")
        notes.append(f"{many} of {request.field} left out: no numbers")
    node = parts.whose.node
    if parts.device.node is None and node is not None and request.node is None and parts.telemetry.foreign:
        notes.append(f"the recording does not say which node the port was connected to: {node} is taken for it")
    return tuple(notes)
