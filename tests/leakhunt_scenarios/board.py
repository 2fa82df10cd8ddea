# SPDX-License-Identifier: GPL-3.0-only
"""A board whose heap is known: makes a window's evidence from building blocks, and all that reality does to it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from mtleak_gui.core.leakhunt.evidence import (
    DebugHeapSigns,
    Device,
    Evidence,
    Recorder,
    Request,
    Samples,
    SeenEvent,
    SeenLine,
    ThreadDelta,
)
from tests.leakhunt_scenarios.curves import Block, Floats

END = 1_790_000_000.0
PLATFORMS = {
    "esp32": (295_000, 118_000),
    "esp32-s3": (328_000, 160_000),
    "nrf52": (118_000, 52_000),
    "rp2040": (204_000, 120_000),
}
"""Heap total and the free heap after boot, bytes."""


@dataclass
class Board:
    """The recipe of one window. Times are true seconds before the window's end; restarts ascending in time."""

    rng: np.random.Generator
    platform: str = "esp32"
    cadence_s: float = 60.0
    window_s: float = 21_600.0
    uptime_at_start: float = 200_000.0
    blocks: list[Block] = field(default_factory=list)
    """Functions of the device time since the (first) boot of the window."""
    boots: list[float] = field(default_factory=list)
    """True times of restarts, seconds after the window's start."""
    restart_blocks: list[Block] = field(default_factory=list)
    """Functions of the uptime that start again at every boot: leak, warm-up."""
    gaps: list[tuple[float, float]] = field(default_factory=list)
    clock_jump: tuple[float, float] | None = None
    """(when, by how many seconds the host's clock was set)."""
    quantum: int = 1
    text_uptime: bool = False
    lines: list[tuple[float, str, str]] = field(default_factory=list)
    """(seconds after the window's start, signature, text)."""
    events: list[SeenEvent] = field(default_factory=list)
    deltas: list[ThreadDelta] = field(default_factory=list)
    foreign_rows: int = 0
    silent_tail_s: float = 0.0
    block_slope: float | None = None

    @property
    def base(self) -> float:
        """Free heap after a boot, bytes."""
        return PLATFORMS[self.platform][1]

    def times(self) -> Floats:
        """Return the true times of the samples, seconds after the window's start."""
        count = max(int(self.window_s / self.cadence_s), 1)
        t = (np.arange(count) + self.rng.uniform(0.05, 0.95)) * self.cadence_s
        t += self.rng.normal(0, min(0.02 * self.cadence_s, 0.5), count)
        t = t[(t >= 0) & (t <= self.window_s - self.silent_tail_s)]
        for start, end in self.gaps:
            t = t[(t < start) | (t > end)]
        return np.sort(t)

    def uptime(self, t: Floats) -> Floats:
        """Return the device's uptime at true times."""
        uptime = self.uptime_at_start + t
        for boot in self.boots:
            uptime = np.where(t >= boot, t - boot, uptime)
        return uptime

    def free(self, t: Floats) -> Floats:
        """Return the free heap at true times, as the board prints it."""
        uptime = self.uptime(t)
        value = np.full(t.size, float(self.base))
        for block in self.blocks:
            value += block(t)
        for block in self.restart_blocks:
            value += block(uptime)
        value = np.floor(value / self.quantum) * self.quantum
        clipped: Floats = np.clip(value, 64, PLATFORMS[self.platform][0])
        return clipped

    def evidence(self) -> Evidence:
        """Return the evidence of the window."""
        t = self.times()
        start = END - self.window_s
        value, host = self.free(t), self._host(t)
        stated_t, stated, source = self._uptimes(t)
        kept = host >= start
        order = np.argsort(host[kept], kind="stable")
        newest = float(host.max()) if host.size else None
        own = np.full(t.size, np.nan) if self.text_uptime else self._stale(t)
        block_ts, block = self._largest_block(t)
        return Evidence(
            request=Request(start, END, f"{self.window_s / 3600:g}h", "/dev/ttyUSB0"),
            now=END,
            recorder=Recorder("from_disk", newest, newest),
            device=Device("/dev/ttyUSB0", "Test board"),
            samples=Samples(
                host[kept][order],
                value[kept][order],
                ("debug_heap" if self.text_uptime else "local_stats",),
                np.zeros(int(kept.sum()), np.int8),
                own[kept][order],
            ),
            total_heap=float(PLATFORMS[self.platform][0]),
            uptime_ts=self._host(stated_t),
            uptime_s=stated,
            uptime_source=np.full(stated.size, source, np.int8),
            block_ts=block_ts,
            largest_block=block,
            lines=tuple(SeenLine(start + at, None, "ERROR", None, text, kind) for at, kind, text in self.lines),
            thread_deltas=tuple(self.deltas),
            events=tuple(sorted(self.events, key=lambda event: event.ts)),
            debug_heap=DebugHeapSigns(log_lines=t.size, prefix=t.size) if self.text_uptime else DebugHeapSigns(),
            foreign_rows=self.foreign_rows,
        )

    def _host(self, t: Floats) -> Floats:
        host = END - self.window_s + t
        if self.clock_jump is None:
            return host
        at, by = self.clock_jump
        # The window is cut by the clock after the jump, so that rows before it moved.
        return np.where(t < at, host - by, host)

    def _stale(self, t: Floats) -> Floats:
        uptime = self.uptime(t)
        ticks = np.floor(uptime / 60) * 60
        return np.where(uptime < 75, np.nan, ticks)

    def _uptimes(self, t: Floats) -> tuple[Floats, Floats, int]:
        if self.text_uptime:
            return t, np.floor(self.uptime(t)), 0
        # DeviceMetrics come every minute whatever the heap's cadence.
        minutes = np.arange(30.0, self.window_s - self.silent_tail_s, 60.0)
        for start, end in self.gaps:
            minutes = minutes[(minutes < start) | (minutes > end)]
        at = np.sort(np.concatenate((t, minutes)))
        stated = self._stale(at)
        known = np.isfinite(stated)
        return at[known], stated[known], 1

    def _largest_block(self, t: Floats) -> tuple[Floats, Floats]:
        if self.block_slope is None:
            return np.empty(0), np.empty(0)
        value = 0.6 * self.base + self.block_slope / 60 * t + self.rng.normal(0, 150, t.size)
        return self._host(t), np.floor(np.maximum(value, 512) / 4) * 4
