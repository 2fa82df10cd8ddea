# SPDX-License-Identifier: GPL-3.0-only
"""Restarts: where the board's uptime, or its own count of boots, says that it started anew.

Lost links, banners and panic lines are reasons and evidence, never proof: a link can go while the board runs on.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.leakhunt.device_clock import Anchors, Piece, anchors_of, pieces_of, shorter_than_gap
from mtleak_gui.core.leakhunt.evidence import Evidence, SeenEvent
from mtleak_gui.core.leakhunt.thresholds import SAME_BOOT_S, UPTIME_FALL_S

_MOST_UNSEEN = 20
"""More boots than this between two handshakes are a count that was reset or garbled."""


class Boot(NamedTuple):
    """The board started at ``ts`` (host time); ``signs`` say how it is known. ``after``: last sign before it."""

    ts: float
    after: float
    signs: tuple[str, ...]
    on_clock: bool = True
    """Whether the pieces of the board's clock know this boot."""


@dataclass(frozen=True, slots=True)
class Boots:
    """The boots seen after the first, ascending in row order, and the clock of the board."""

    found: tuple[Boot, ...]
    pieces: tuple[Piece, ...]


class _Count(NamedTuple):
    ts: float
    value: int


def boots_of(evidence: Evidence) -> Boots:
    """Return the restarts in the evidence and the pieces of the board's clock."""
    anchors = anchors_of(evidence.uptime_ts, evidence.uptime_s, evidence.uptime_source)
    jumps = tuple(event.ts for event in evidence.events if event.kind in ("clock_jump", "host_sleep"))
    starts = boot_starts(anchors, jumps)
    pieces = pieces_of(anchors, starts)
    found = [_by_uptime(anchors, pieces, start, number) for number, start in enumerate(starts, 1)]
    found = _one_per_boot_time(found)
    found = _with_earlier_rows(found, pieces, evidence)
    found = _with_counts(found, _reboot_counts(evidence.events), pieces)
    return Boots(tuple(sorted(found)), pieces)


def boot_starts(anchors: Anchors, clock_jumps: tuple[float, ...] = ()) -> list[int]:
    """Return the indexes of the anchors at which a new boot is first seen, by uptime alone."""
    starts: list[int] = []
    first, n = 0, anchors.ts.size
    late, alike = _late_boots(anchors, clock_jumps), _previous_of_same_source(anchors)
    while first < n:
        start = _next_fall(anchors, alike, first)
        between = late[(late > first) & (late < start)]
        start = int(between[0]) if between.size else start
        if start >= n:
            break
        starts.append(start)
        first = start
    return starts


def _previous_of_same_source(anchors: Anchors) -> npt.NDArray[np.intp]:
    """Return for each anchor the index of the one before it of the same source, -1 where it is the first."""
    before = np.full(anchors.ts.size, -1, np.intp)
    for source in np.unique(anchors.source):
        places = np.nonzero(anchors.source == source)[0]
        before[places[1:]] = places[:-1]
    return before


def _next_fall(anchors: Anchors, alike: npt.NDArray[np.intp], first: int) -> int:
    """Return where the uptime first falls by more than 30 s; looked for in growing strides.

    Between uptimes of different sources staleness is granted: DeviceMetrics state the uptime of the moment, LocalStats
    that of the board's last 60 s tick. ``alike``: the anchor of the same source before each.
    """
    highest, at, stride, n = -np.inf, first, 256, anchors.ts.size
    while at < n:
        stop = min(at + stride, n)
        highs = np.maximum(np.maximum.accumulate(anchors.uptime[at:stop]), highest)
        before = np.concatenate(([highest], highs[:-1]))
        latest = anchors.uptime[at:stop] + np.where(anchors.stale[at:stop] > 1, anchors.stale[at:stop], 0.0)
        known = alike[at:stop] >= first
        previous = anchors.uptime[alike[at:stop]]
        falls = (latest < before - UPTIME_FALL_S) | (known & (anchors.uptime[at:stop] < previous - UPTIME_FALL_S))
        falls[0] &= at > first
        found = np.nonzero(falls)[0]
        if found.size:
            return at + int(found[0])
        highest, at, stride = float(highs[-1]), stop, stride * 2
    return n


def _late_boots(anchors: Anchors, clock_jumps: tuple[float, ...]) -> npt.NDArray[np.intp]:
    late = shorter_than_gap(anchors.ts, anchors.uptime, anchors.stale)
    for jump in clock_jumps:
        late &= ~((anchors.ts[:-1] - 1 <= jump) & (jump <= anchors.ts[1:] + 1))
    return np.nonzero(late)[0] + 1


def _by_uptime(anchors: Anchors, pieces: tuple[Piece, ...], start: int, number: int) -> Boot:
    before, after = anchors.uptime[start - 1], anchors.uptime[start]
    last_ts, first_ts = float(anchors.ts[start - 1]), float(anchors.ts[start])
    if after < before:
        sign = f"uptime fell from {before:,.0f} to {after:,.0f} s"
    else:
        sign = f"uptime {after:,.0f} s after a gap of {first_ts - last_ts:,.0f} s, when {before:,.0f} s stood before it"
    offset = next((piece.offset for piece in pieces if piece.boot == number), first_ts - float(after))
    low, high = min(last_ts, first_ts), max(last_ts, first_ts)
    return Boot(min(max(offset, low), high), last_ts, (sign,))


def _one_per_boot_time(found: list[Boot]) -> list[Boot]:
    kept: list[Boot] = []
    for boot in found:
        if kept and abs(boot.ts - kept[-1].ts) < SAME_BOOT_S:
            kept[-1] = kept[-1]._replace(signs=kept[-1].signs + boot.signs)
        else:
            kept.append(boot)
    return kept


def _with_earlier_rows(found: list[Boot], pieces: tuple[Piece, ...], evidence: Evidence) -> list[Boot]:
    """Add the boot before the first known uptime when samples of the board stand before it in the window."""
    samples = evidence.samples.ts
    if not pieces or not samples.size:
        return found
    # A host clock that went back puts later rows of the same boot before its own start: take the earliest setting.
    boot_ts = min(piece.offset for piece in pieces if piece.boot == 0)
    if samples[0] >= boot_ts - SAME_BOOT_S:
        return found
    last = float(samples[np.searchsorted(samples, boot_ts) - 1])
    return [
        Boot(boot_ts, last, ("readings stand before the boot that the first uptime tells",), on_clock=False),
        *found,
    ]


def _reboot_counts(events: tuple[SeenEvent, ...]) -> list[_Count]:
    counts = []
    for event in events:
        value = (event.data or {}).get("reboot_count") if event.kind == "device_info" else None
        if isinstance(value, int) and not isinstance(value, bool):
            counts.append(_Count(event.ts, value))
    return counts


def _with_counts(found: list[Boot], counts: list[_Count], pieces: tuple[Piece, ...]) -> list[Boot]:
    """Add the boots that only the board's own count tells; name the count beside those known already."""
    result = list(found)
    for before, after in itertools.pairwise(counts):
        rise = after.value - before.value
        if rise <= 0:
            continue
        sign = f"reboot_count {before.value:,} -> {after.value:,}"
        near = [i for i, boot in enumerate(result) if before.ts - SAME_BOOT_S < boot.ts < after.ts + SAME_BOOT_S]
        for i in near:
            result[i] = result[i]._replace(signs=(*result[i].signs, sign))
        missing = min(rise, _MOST_UNSEEN) - len(near)
        at = _boot_time(pieces, before.ts, after.ts) if not near else before.ts
        result += [Boot(at, before.ts, (sign,), on_clock=False)] * max(missing, 0)
    return result


def _boot_time(pieces: tuple[Piece, ...], after: float, until: float) -> float:
    """Return the boot time that the uptimes tell for the time between two counts, else the later one."""
    known = [piece.offset for piece in pieces if after < piece.offset <= until]
    return known[-1] if known else until
