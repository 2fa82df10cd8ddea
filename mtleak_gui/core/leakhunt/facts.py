# SPDX-License-Identifier: GPL-3.0-only
"""What was worked out from the evidence, before any rule is asked: the facts that rules and reports read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from mtleak_gui.core.leakhunt.evidence import Evidence, SeenLine


class Restart(NamedTuple):
    """The board started anew at ``ts``. ``out_of_memory`` when the heap was near nothing before an abort."""

    ts: float
    reason: str | None
    signs: tuple[str, ...]
    """Which signs told it, as words: "uptime fell from 86,400 to 12 s", "reboot_count 3 -> 4"."""
    out_of_memory: bool = False


class LinkLoss(NamedTuple):
    """The link went and came back while the board's uptime ran on."""

    ts: float
    seconds: float | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Trend:
    """The shape of one segment (one boot). Slopes are units per minute; intervals are 95 %."""

    start: float
    end: float
    samples: int
    shape: str
    """flat, line, settling, settling_line, flat_line, line_flat, two_lines, daily, daily_line."""
    steps: int
    slope: float
    """Slope now: the line term of the last regime."""
    slope_error: float
    slope_interval: tuple[float, float]
    level_now: float
    """Fitted value at the end of the segment."""
    least_squares: float | None
    theil_sen: float | None
    r_squared: float | None
    residual_sd: float
    tau: float
    """Integrated autocorrelation time of the residual, in bins."""
    regime_start: float
    loss: float
    """What the last regime lost, in units of the field; positive when it fell."""
    ceiling_slope: float | None
    falling_share: float | None
    """Share of steps between bins that fall, 0 to 1."""
    leaking: bool
    failed: tuple[str, ...]
    """The conditions of the leak flag that do not hold, as sentences; empty when ``leaking``."""
    fit_ts: tuple[float, ...] = ()
    fit_value: tuple[float, ...] = ()
    """The fitted curve, for a plot."""


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """Minutes until the heap is gone at the present slope; ``None`` where it cannot be told."""

    to_zero: float
    interval: tuple[float, float | None]
    to_floor: float | None
    simple: float | None
    """min / -slope, as the specification has it."""


class ThreadShare(NamedTuple):
    """What one thread did to the heap, before and after cancelling equal sizes across threads."""

    thread: str
    net: int
    leaked: int
    freed: int
    events: int
    left_over: int
    """What stays after cancelling; negative is lost."""
    per_hour: float
    share: float | None
    """Share of the decline that it explains, 0 to 1."""


class SiteShare(NamedTuple):
    """Allocations at one site."""

    site: str
    allocations: int
    bytes: int


class AuditMove(NamedTuple):
    """How the bytes of one subsystem moved between the first and the last MemAudit table of a boot."""

    subsystem: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Suspects:
    """Who is to blame. ``prime`` is ``None`` when nothing points at a thread."""

    prime: str | None
    threads: tuple[ThreadShare, ...] = ()
    share_explained: float | None = None
    sites: tuple[SiteShare, ...] = ()
    audit_moves: tuple[AuditMove, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch between two marks. Changes in units of the field."""

    name: str
    start: float
    end: float | None
    lowest: float | None
    dip: float | None
    came_back: bool | None
    samples_to_recover: int | None
    net: float | None


@dataclass(frozen=True, slots=True)
class Cycles:
    """Phases of the same name."""

    name: str
    count: int
    mean_net: float
    sd_net: float | None


@dataclass(frozen=True, slots=True)
class MemoryLines:
    """Lines that mean memory trouble, by class, newest last; routing NAKs stand apart and are no trouble."""

    by_class: Mapping[str, tuple[SeenLine, ...]]
    routing_naks: Mapping[str, int]
    """Count per Routing.Error name."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the list before the rules."""

    name: str
    state: Literal["ok", "warning", "failed"]
    text: str
    what_to_do: str | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the rules may ask for."""

    evidence: Evidence
    samples: int
    minimum: float | None
    maximum: float | None
    cadence_s: float | None
    sources: tuple[tuple[str, int], ...]
    """(source, samples), most first."""
    silent_for: float | None
    """Seconds without any row at the window's end when that is too long, else ``None``."""
    heap_unsupported: bool
    debug_heap: Literal["ON", "OFF", "NOT SEEN"]
    debug_heap_reason: str
    restarts: tuple[Restart, ...]
    link_losses: tuple[LinkLoss, ...]
    segments: tuple[Trend, ...]
    """One per boot that has enough samples; the last is the present one."""
    leaking: bool
    """The leak flag: the present segment's, or with restarts that of segments holding most of the time."""
    least_squares: float | None
    """Over the whole window, units per minute."""
    time_left: TimeLeft | None
    memory: MemoryLines
    suspects: Suspects
    phases: tuple[Phase, ...]
    cycles: tuple[Cycles, ...]
    block_slope: float | None
    """Trend of the largest block, bytes per minute, when it was logged and its fall is sure."""
    gaps: tuple[tuple[float, float], ...]
    """(start, end) without samples for longer than three cadences."""
    checks: tuple[Check, ...]

    @property
    def present(self) -> Trend | None:
        """Return the trend of the last boot in the window."""
        return self.segments[-1] if self.segments else None
