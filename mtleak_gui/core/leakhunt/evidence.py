# SPDX-License-Identifier: GPL-3.0-only
"""What a verdict is made from: one window of one device, cut from a recording or a live snapshot once.

Everything after this is a pure function of these frozen values. Arrays are float64 of shape (n,), ascending in time
unless said otherwise, and must not be written to. Times are epoch seconds, sizes bytes, uptimes seconds since boot.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
HEAP_FIELDS = frozenset({"free_heap", "heap_free_bytes", "freeHeap", "heapFreeBytes"})


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked: one field of one device in one window, and by which rule set to judge."""

    start: float
    end: float
    window: str = "1h"
    """The window as the tester wrote it, for the first line of the report."""
    port: str | None = None
    node: str | None = None
    field: str = "free_heap"
    variant: str = "local"
    rules: Literal["standard", "strict"] = "standard"

    @property
    def is_heap(self) -> bool:
        """Return whether the byte thresholds of the rules apply."""
        return self.field in HEAP_FIELDS


@dataclass(frozen=True, slots=True)
class Samples:
    """The field's values in the window, in row order made ascending in ``ts``."""

    ts: Floats
    value: Floats
    source: tuple[str, ...] = ()
    """The names that ``source_code`` points into: local_stats, local_stats_polled, debug_heap, heap_line ..."""
    source_code: npt.NDArray[np.int8] = field(default_factory=lambda: np.empty(0, np.int8))
    uptime_s: Floats = field(default_factory=lambda: np.empty(0))
    """The uptime that the sample's own row states (telemetry's may be 75 s stale), NaN where it states none; may be
    empty. It keeps samples in their right place when the host's clock went back."""


class SeenLine(NamedTuple):
    """A log line worth keeping: a signature, a restart sign, a thread delta, a citation."""

    ts: float
    uptime_s: float | None
    level: str | None
    thread: str | None
    text: str
    signature: str | None = None
    routing_error: str | None = None


class ThreadDelta(NamedTuple):
    """One leaked/freed line. ``delta`` is negative for leaked."""

    ts: float
    uptime_s: float | None
    kind: Literal["leaked", "freed"]
    thread: str
    before: int
    after: int
    delta: int


class SiteAlloc(NamedTuple):
    """One ``Alloc in <site>`` line."""

    ts: float
    site: str
    size: int | None
    free: int | None


class AuditTable(NamedTuple):
    """One MemAudit line: bytes held by each subsystem."""

    ts: float
    phase: str
    subsystems: Mapping[str, int]
    total: int | None


class SeenEvent(NamedTuple):
    """One row of the events stream: link, recorder, host, board, mark."""

    ts: float
    kind: str
    label: str | None
    note: str | None
    port: str | None
    data: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Recorder:
    """How the recording stands: ``live`` while somebody writes it, else it was opened from disk."""

    state: Literal["running", "paused", "stopped", "from_disk"]
    newest_row_ts: float | None
    """Newest row of any kind from this device."""
    newest_sample_ts: float | None
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Device:
    """What is known of the board from ``device_info`` events and boot banners."""

    port: str | None
    name: str | None = None
    node: str | None = None
    hardware: str | None = None
    firmware: str | None = None
    environment: str | None = None


@dataclass(frozen=True, slots=True)
class DebugHeapSigns:
    """Counts of the lines that prove a DEBUG_HEAP build, and of all log lines in the window."""

    log_lines: int = 0
    prefix: int = 0
    heap_status: int = 0
    thread_delta: int = 0
    alloc_site: int = 0


@dataclass(frozen=True, slots=True)
class Evidence:
    """One window of one device."""

    request: Request
    now: float
    """The time against which ages are told: the window's end for a recording from disk."""
    recorder: Recorder
    device: Device
    samples: Samples
    total_heap: float | None = None
    """The newest heap total in or before the window."""
    uptime_ts: Floats = field(default_factory=lambda: np.empty(0))
    uptime_s: Floats = field(default_factory=lambda: np.empty(0))
    """Uptimes as rows state them (text lines, telemetry), in row order: input of the restart rules."""
    uptime_source: npt.NDArray[np.int8] = field(default_factory=lambda: np.empty(0, np.int8))
    """0 text line; from 1 on telemetry (up to 75 s stale), a number for each variant, as they are not equally old."""
    block_ts: Floats = field(default_factory=lambda: np.empty(0))
    largest_block: Floats = field(default_factory=lambda: np.empty(0))
    min_free_ts: Floats = field(default_factory=lambda: np.empty(0))
    min_free: Floats = field(default_factory=lambda: np.empty(0))
    lines: tuple[SeenLine, ...] = ()
    """Lines with a signature or a restart sign, chat left out, newest 2,000 at most of each class."""
    signature_counts: Mapping[str, int] = field(default_factory=dict)
    thread_deltas: tuple[ThreadDelta, ...] = ()
    sites: tuple[SiteAlloc, ...] = ()
    audits: tuple[AuditTable, ...] = ()
    events: tuple[SeenEvent, ...] = ()
    debug_heap: DebugHeapSigns = field(default_factory=DebugHeapSigns)
    not_reported: int = 0
    """Readings of 4294967295, negative or zero: not samples."""
    foreign_rows: int = 0
    """Rows of other mesh nodes that were left out."""
    notes: tuple[str, ...] = ()
    """What the reader read around: torn archives, bad rows."""
    wider_window: str | None = None
    """When the window holds fewer than 5 samples: the smallest window that holds them, as the tester would write it."""
