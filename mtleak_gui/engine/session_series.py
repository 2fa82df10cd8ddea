# SPDX-License-Identifier: GPL-3.0-only
"""The readings of one device as series, batch by batch. Runs in: GUI thread."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from mtleak_gui.core.records import HeapReading, HeardLine, HeardTelemetry
from mtleak_gui.core.rows import CONSOLE_ROLE
from mtleak_gui.core.series_history import SeriesHistory
from mtleak_gui.core.series_key import (
    FREE_HEAP,
    LARGEST_BLOCK,
    MIN_FREE_HEAP,
    TOTAL_HEAP,
    SeriesKey,
    series_key,
    source_code,
)
from mtleak_gui.core.telemetry import with_zero_fields
from mtleak_gui.engine.session_boots import UptimeSign
from mtleak_gui.engine.session_polls import SessionPolls

NOT_REPORTED_FROM = 0xFFFFFF00
"""Heap figures from here on, and those that are not positive, are stand-ins for "not reported"."""

_STATES_UPTIME = ("device", "local", "host")
_FROM_LINE = {"prefix": "debug_heap", "heap_status": "debug_heap"}
_ASIDE = (MIN_FREE_HEAP, LARGEST_BLOCK)


class _Sample(NamedTuple):
    ts: float
    value: float
    source: int
    uptime: float


class SessionSeries:
    """All series of one device. The watermark and the largest block stand apart from those of ``fields``."""

    def __init__(self) -> None:
        self.histories: dict[SeriesKey, SeriesHistory] = {FREE_HEAP: SeriesHistory()}
        self.min_free = SeriesHistory()
        self.largest_block = SeriesHistory()
        self.polls = SessionPolls()
        """When the board was asked for LocalStats; to be told before the telemetry that answers."""
        self.total: float | None = None
        """The newest heap total, in bytes."""

    def fields(self) -> tuple[SeriesKey, ...]:
        """Return the series there are, the free heap first, then by variant and name."""
        return FREE_HEAP, *sorted(key for key in self.histories if key != FREE_HEAP)

    def history_for(self, key: SeriesKey) -> SeriesHistory:
        """Return the history of a series, a new one when there is none yet."""
        if key in _ASIDE:
            return self.min_free if key == MIN_FREE_HEAP else self.largest_block
        history = self.histories.get(key)
        if history is None:
            history = self.histories[key] = SeriesHistory()
        return history

    def take(self, lines: Iterable[HeardLine], telemetry: Iterable[HeardTelemetry]) -> list[UptimeSign]:
        """Add the readings of a batch; return the uptimes that it states, those of lines before those of packets."""
        gathered: dict[SeriesKey, list[_Sample]] = {}
        signs: list[UptimeSign] = []
        told: tuple[float, float] | None = None
        for heard_line in lines:
            heard, line = heard_line
            # Of lines that were read at once, one tells what all tell.
            if line.uptime_s is not None and told != (heard.ts, line.uptime_s):
                told = heard.ts, line.uptime_s
                signs.append(UptimeSign(*told))
            if line.heap is not None or line.heap_event is not None:
                self._gather_line(heard_line, gathered)
        for packet in telemetry:
            if packet.reading.own is not False:
                self._gather_packet(packet, gathered, signs)
        for key, samples in gathered.items():
            self._extend(key, samples)
        return signs

    def put_before(self, past: Mapping[SeriesKey, SeriesHistory], total: float | None) -> None:
        """Put the readings of the past before those that are there; ``total`` is the newest heap total in them."""
        for key, history in past.items():
            self.history_for(key).prepend(history)
        self.total = total if self.total is None else self.total

    def _gather_line(self, heard_line: HeardLine, gathered: dict[SeriesKey, list[_Sample]]) -> None:
        heard, line = heard_line
        uptime = math.nan if line.uptime_s is None else float(line.uptime_s)
        heap = line.heap
        if heap is None:
            # A log record has no prefix: then what a thread left behind is all that is known of the free heap.
            if line.heap_event is not None:
                sample = _Sample(heard.ts, line.heap_event.after, source_code("thread_delta"), uptime)
                _add(gathered, FREE_HEAP, sample)
            return
        source = source_code(_source_of(heap, heard.role))
        figures = ((FREE_HEAP, heap.free), (MIN_FREE_HEAP, heap.min_free), (LARGEST_BLOCK, heap.largest_block))
        for key, figure in figures:
            if figure is not None:
                _add(gathered, key, _Sample(heard.ts, figure, source, uptime))
        if heap.total is not None and _is_reported(heap.total):
            self.total = float(heap.total)

    def _gather_packet(
        self, packet: HeardTelemetry, gathered: dict[SeriesKey, list[_Sample]], signs: list[UptimeSign]
    ) -> None:
        variant = packet.reading.variant
        fields = {
            series_key(variant, name): float(value)
            for name, value in with_zero_fields(variant, packet.reading.fields).items()
            if isinstance(value, int | float) and not isinstance(value, bool)
        }
        stated = fields.get(SeriesKey(variant, "uptime_seconds")) if variant in _STATES_UPTIME else None
        uptime = math.nan if stated is None else stated
        if stated is not None:
            signs.append(UptimeSign(packet.ts, stated))
        source = source_code(self._source(variant, packet.ts))
        for key, value in fields.items():
            _add(gathered, key, _Sample(packet.ts, value, source, uptime))
        total = fields.get(TOTAL_HEAP)
        if total is not None and _is_reported(total):
            self.total = total

    def _source(self, variant: str, ts: float) -> str:
        if variant != "local":
            return "telemetry"
        return "local_stats_polled" if self.polls.cover(ts) else "local_stats"

    def _extend(self, key: SeriesKey, samples: list[_Sample]) -> None:
        # Lines and packets are each in order, but not among each other.
        ts, value, source, uptime = zip(*sorted(samples, key=itemgetter(0)), strict=True)
        self.history_for(key).extend(np.array(ts), np.array(value, float), np.array(source, np.int8), np.array(uptime))


def _add(gathered: dict[SeriesKey, list[_Sample]], key: SeriesKey, sample: _Sample) -> None:
    if "heap" in key.field or key == LARGEST_BLOCK:
        if not _is_reported(sample.value):
            return
    elif not math.isfinite(sample.value):
        return
    gathered.setdefault(key, []).append(sample)


def _is_reported(figure: float) -> bool:
    return 0 < figure < NOT_REPORTED_FROM


def _source_of(heap: HeapReading, role: str) -> str:
    source = _FROM_LINE.get(heap.source, "heap_line")
    return "debug_heap_serial" if source == "debug_heap" and role == CONSOLE_ROLE else source
