# SPDX-License-Identifier: GPL-3.0-only
"""The board's own clock: host times of samples turned into seconds since the boot.

A host that sleeps, is set forward or back does not bend a curve that is drawn over the board's uptime. Uptimes of text
lines start again after 2^32 ms; those of telemetry are up to 75 s old.
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.row_order import order_heard
from mtleak_gui.core.leakhunt.thresholds import (
    CADENCES_OF_GAP,
    CLOCK_STEP_S,
    LATE_BOOT_S,
    SAME_BOOT_S,
    STALE_UPTIME_S,
    UPTIME_WRAP_S,
)

TEXT, TELEMETRY = 0, 1
_PIECE_LIMIT = 500
_HARDLY_ANY = 0.03
"""Share of a gap in which the board's uptime may go on for the gap to be a step of the host's clock."""


class Anchors(NamedTuple):
    """Places where a row states the uptime, in the order heard; arrays of shape (n,)."""

    ts: Floats
    uptime: Floats
    """Seconds, the wrap undone."""
    stale: Floats
    """How old the uptime may be, seconds."""
    source: npt.NDArray[np.int8]
    """Which kind of row states it: only uptimes of one kind are equally old."""


class Piece(NamedTuple):
    """A stretch of rows with one boot and one setting of the host's clock: device time = ts - offset."""

    boot: int
    first_ts: float
    last_ts: float
    offset: float
    """Host time of the boot."""


def anchors_of(ts: Floats, uptime: Floats, source: npt.NDArray[np.int8]) -> Anchors:
    """Return the usable anchors: finite, wraps undone, single garbled uptimes left out."""
    if source.size != ts.size:
        source = np.full(ts.size, TELEMETRY, np.int8)
    good = np.isfinite(ts) & np.isfinite(uptime) & (uptime >= 0) & (uptime < 1e10)
    ts, uptime, source = ts[good], uptime[good], source[good]
    order = order_heard(ts, uptime, np.where(source == TEXT, 1.0, STALE_UPTIME_S))
    ts, uptime, source = ts[order], uptime[order], source[order]
    text = np.nonzero(source == TEXT)[0]
    uptime[text] = _unwrapped(ts[text], uptime[text])
    uptime = _text_beside_telemetry(ts, uptime, source)
    stale = np.where(source == TEXT, 1.0, STALE_UPTIME_S)
    kept = ~_garbled(ts - uptime)
    return Anchors(ts[kept], uptime[kept], stale[kept], source[kept])


def shorter_than_gap(ts: Floats, uptime: Floats, stale: Floats) -> npt.NDArray[np.bool_]:
    """Return, for each uptime but the first, whether it tells of a boot within the gap before it.

    It does when it is shorter than the gap and less than expected by more than two minutes; unless the board ran on as
    if hardly any time had passed, for then it was the host's clock that was set forward.
    """
    if ts.size < 2:
        return np.zeros(0, bool)
    gap = np.diff(ts)
    youngest, latest = uptime[1:], uptime[1:] + stale[1:]
    late = (youngest < gap) & (latest < uptime[:-1] + gap - LATE_BOOT_S)
    usual = float(np.median(gap))
    ran = youngest - uptime[:-1]
    hardly_any = np.maximum(1.5 * usual + stale[1:], _HARDLY_ANY * gap)
    told: npt.NDArray[np.bool_] = late & ~((gap > CADENCES_OF_GAP * usual) & (ran >= 0) & (ran <= hardly_any))
    return told


def pieces_of(anchors: Anchors, boot_starts: list[int]) -> tuple[Piece, ...]:
    """Return the pieces in row order; ``boot_starts`` are the indexes of the anchors at which a new boot begins.

    None at all when the clocks do not make sense together.
    """
    edges = [0, *boot_starts, anchors.ts.size]
    pieces: list[Piece] = []
    for boot, (first, last) in enumerate(itertools.pairwise(edges)):
        start = first
        while start < last:
            end = _end_of_piece(anchors, start, last)
            pieces.append(_piece(anchors, boot, start, end))
            start = end
            if len(pieces) > _PIECE_LIMIT + len(boot_starts):
                return ()
    return tuple(pieces)


def place(ts: Floats, stated: Floats, pieces: tuple[Piece, ...]) -> npt.NDArray[np.intp]:
    """Return for each host time the index of its piece. ``stated``: uptimes of the rows themselves, or NaN."""
    starts = np.array([-np.inf] + [_boundary(before, after) for before, after in itertools.pairwise(pieces)])
    found = np.searchsorted(np.maximum.accumulate(starts), ts, side="right") - 1
    offsets = np.array([piece.offset for piece in pieces])
    off = ts - stated - offsets[found]
    lost = np.nonzero(np.isfinite(stated) & ((off < -CLOCK_STEP_S) | (off > STALE_UPTIME_S + CLOCK_STEP_S)))[0]
    nearest = _nearest(ts[lost] - stated[lost] - STALE_UPTIME_S / 2, offsets)
    close = np.abs(ts[lost] - stated[lost] - offsets[nearest]) <= STALE_UPTIME_S + CLOCK_STEP_S
    found[lost[close]] = nearest[close]
    return found


def _nearest(values: Floats, among: Floats) -> npt.NDArray[np.intp]:
    order = np.argsort(among, kind="stable")
    middles = (among[order][1:] + among[order][:-1]) / 2
    return order[np.searchsorted(middles, values)]


def _boundary(before: Piece, after: Piece) -> float:
    if after.boot != before.boot:
        return max(after.offset, min(before.last_ts, after.first_ts))
    return (before.last_ts + after.first_ts) / 2 if after.first_ts > before.last_ts else after.first_ts


def _end_of_piece(anchors: Anchors, start: int, last: int) -> int:
    """Return where the host's clock leaves the setting that it has at ``start``; looked for in growing strides."""
    low, high = np.inf, -np.inf
    at, stride = start, 256
    while at < last:
        stop = min(at + stride, last)
        offset = anchors.ts[at:stop] - anchors.uptime[at:stop]
        lows = np.minimum(np.minimum.accumulate(offset), low)
        highs = np.maximum(np.maximum.accumulate(offset - anchors.stale[at:stop]), high)
        apart = np.nonzero(highs - lows > CLOCK_STEP_S)[0]
        if apart.size:
            return at + int(apart[0])
        low, high = float(lows[-1]), float(highs[-1])
        at, stride = stop, stride * 2
    return last


def _piece(anchors: Anchors, boot: int, start: int, end: int) -> Piece:
    ts, offset = anchors.ts[start:end], anchors.ts[start:end] - anchors.uptime[start:end]
    exact = anchors.stale[start:end] < STALE_UPTIME_S
    # The youngest telemetry is the least stale; text is right to the second.
    origin = float(np.median(offset[exact])) if exact.any() else float(offset.min())
    return Piece(boot, float(ts[0]), float(ts[-1]), origin)


def _unwrapped(ts: Floats, uptime: Floats) -> Floats:
    if uptime.size < 2:
        return uptime
    expected = uptime[:-1] + np.diff(ts) - UPTIME_WRAP_S
    wraps = (np.diff(uptime) < -UPTIME_WRAP_S / 2) & (np.abs(uptime[1:] - expected) < SAME_BOOT_S)
    if not wraps.any():
        return uptime
    turns = np.concatenate(([0.0], np.cumsum(wraps)))
    # A real restart after a wrap starts counting from nothing again.
    anew = (np.diff(uptime) < -SAME_BOOT_S) | shorter_than_gap(ts, uptime, np.ones(ts.size))
    falls = np.concatenate(([False], anew & ~wraps))
    turns = turns - np.maximum.accumulate(np.where(falls, turns, 0.0))
    return uptime + turns * UPTIME_WRAP_S


def _text_beside_telemetry(ts: Floats, uptime: Floats, source: npt.NDArray[np.int8]) -> Floats:
    """Add the wraps that happened before the window: telemetry counts on, text does not."""
    text, telemetry = np.nonzero(source == TEXT)[0], np.nonzero(source != TEXT)[0]
    if not text.size or not telemetry.size:
        return uptime
    nearest = telemetry[np.clip(np.searchsorted(telemetry, text), 0, telemetry.size - 1)]
    ahead = (ts[text] - uptime[text]) - (ts[nearest] - uptime[nearest])
    turns = np.round(ahead / UPTIME_WRAP_S)
    same = (turns >= 1) & (np.abs(ahead - turns * UPTIME_WRAP_S) < SAME_BOOT_S)
    uptime[text] += np.where(same, turns, 0.0) * UPTIME_WRAP_S
    return uptime


def _garbled(offset: Floats) -> npt.NDArray[np.bool_]:
    """Return which boot times stand alone between neighbours that agree with each other."""
    garbled = np.zeros(offset.size, bool)
    if offset.size < 3:
        return garbled
    near = np.abs(offset[2:] - offset[:-2]) < SAME_BOOT_S
    far = np.minimum(np.abs(offset[1:-1] - offset[:-2]), np.abs(offset[1:-1] - offset[2:])) > SAME_BOOT_S
    garbled[1:-1] = near & far
    return garbled
