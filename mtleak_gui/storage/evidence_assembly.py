# SPDX-License-Identifier: GPL-3.0-only
"""The parts that were read from the streams put together as evidence: columns as arrays, in their order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

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
from mtleak_gui.core.records import BootBanner
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.evidence_events import EventReading
from mtleak_gui.storage.evidence_logs import LogReading
from mtleak_gui.storage.evidence_telemetry import Readings
from mtleak_gui.storage.evidence_window import Span

_TEXT, _TELEMETRY = 0, 1
_MOST_SOURCES = 127


class Parts(NamedTuple):
    """What was read. ``node`` is the node whose rows were taken, ``wider`` a window that would hold enough samples."""

    telemetry: Readings
    logs: LogReading
    events: EventReading
    device: Device
    node: str | None
    total_heap: float | None
    newest_packet: float | None
    notes: tuple[str, ...]
    wider: TimeWindow | None = None
    demo: bool = False

    @property
    def sample_count(self) -> int:
        """How many samples were found, those in the log included."""
        return len(self.telemetry.ts) + len(self.logs.readings)


def assembled(request: Request, parts: Parts, span: Span, now: float) -> Evidence:
    """Return the evidence. ``now`` counts only while somebody records."""
    telemetry, logs, window = parts.telemetry, parts.logs, span.window
    samples = _samples(request, telemetry, logs)
    uptime_ts, uptime_s, uptime_source = _uptimes(logs.uptimes, telemetry.uptimes)
    block_ts, block = _columns(telemetry.block, logs.block)
    minimum_ts, minimum = _columns(telemetry.minimum, logs.minimum)
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
        wider_window=None if parts.wider is None else wording.span(parts.wider.end - parts.wider.start),
    )


def _samples(request: Request, telemetry: Readings, logs: LogReading) -> Samples:
    ts, value = list(telemetry.ts), list(telemetry.value)
    source, uptime = list(telemetry.source), list(telemetry.uptime)
    of_line = dict(logs.uptimes) if any(telemetry.from_log) else {}
    for place, from_log in enumerate(telemetry.from_log):
        if from_log:
            uptime[place] = of_line.get(ts[place], math.nan)
    if request.is_heap and request.variant == "local":
        for at, free, name in logs.readings:
            ts.append(at)
            value.append(free)
            source.append(name)
            uptime.append(math.nan)
    names = tuple(dict.fromkeys(source))[:_MOST_SOURCES]
    codes = {name: code for code, name in enumerate(names)}
    order = np.argsort(np.array(ts), kind="stable")
    return Samples(
        np.array(ts, np.float64)[order],
        np.array(value, np.float64)[order],
        names,
        np.array([codes.get(name, 0) for name in source], np.int8)[order],
        np.array(uptime, np.float64)[order],
    )


def _uptimes(
    text: Sequence[tuple[float, float]], telemetry: Sequence[tuple[float, float]]
) -> tuple[Floats, Floats, np.ndarray[tuple[int], np.dtype[np.int8]]]:
    """Return all uptimes in row order: each stream in its own, both together by how much time went by in each."""
    (text_ts, text_s), (telemetry_ts, telemetry_s) = _columns(text), _columns(telemetry)
    clock = np.concatenate((_never_back(text_ts), _never_back(telemetry_ts)))
    order = np.argsort(clock, kind="stable")
    source = np.concatenate((np.full(text_ts.size, _TEXT, np.int8), np.full(telemetry_ts.size, _TELEMETRY, np.int8)))
    return (
        np.concatenate((text_ts, telemetry_ts))[order],
        np.concatenate((text_s, telemetry_s))[order],
        source[order],
    )


def _never_back(ts: Floats) -> Floats:
    """Return times in which a step back of the host's clock is no time at all."""
    if not ts.size:
        return ts
    return np.concatenate((ts[:1], ts[0] + np.cumsum(np.maximum(np.diff(ts), 0.0))))


def _columns(*pairs: Sequence[tuple[float, float]]) -> tuple[Floats, Floats]:
    joined = np.array([pair for column in pairs for pair in column], np.float64).reshape(-1, 2)
    return joined[:, 0].copy(), joined[:, 1].copy()


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
    device = parts.device if parts.device.node is not None else replace(parts.device, node=parts.node)
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
    if parts.device.node is None and parts.node is not None and request.node is None and parts.telemetry.foreign:
        notes.append(f"the recording does not say which node the port was connected to: {parts.node} is taken for it")
    return tuple(notes)
