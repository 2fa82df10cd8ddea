# SPDX-License-Identifier: GPL-3.0-only
"""The window cut into boots, each with its samples on the board's own clock."""

from __future__ import annotations

import numpy as np

from mtleak_gui.core.leakhunt.boots import Boots
from mtleak_gui.core.leakhunt.device_clock import place
from mtleak_gui.core.leakhunt.evidence import Samples
from mtleak_gui.core.leakhunt.facts import Trend
from mtleak_gui.core.leakhunt.thresholds import AGREEING_TIME_SHARE, BIN_LIMIT
from mtleak_gui.core.leakhunt.trend import SegmentSamples, trend_of

_FEWEST_SAMPLES = 3
_FEWEST_BINS = 24
_BINS_IN_ALL = 5 * BIN_LIMIT


def segments_of(samples: Samples, boots: Boots) -> list[SegmentSamples]:
    """Return the samples of each boot, in the order of the boots, ascending in device time."""
    if not samples.ts.size:
        return []
    unseen = np.sort([boot.ts for boot in boots.found if not boot.on_clock])
    turn = np.searchsorted(unseen, samples.ts, side="right")
    if boots.pieces:
        piece = place(samples.ts, samples.uptime_s, boots.pieces)
        boot = np.array([piece.boot for piece in boots.pieces])[piece]
        x = samples.ts - np.array([piece.offset for piece in boots.pieces])[piece]
    else:
        boot, x = np.zeros(samples.ts.size, np.intp), samples.ts - samples.ts[0]
    key = boot * (unseen.size + 1) + turn
    segments = []
    for number in np.unique(key):
        chosen = np.nonzero(key == number)[0]
        chosen = chosen[np.argsort(x[chosen], kind="stable")]
        known = bool(boots.pieces) and x[chosen[0]] >= 0
        segments.append(SegmentSamples(x[chosen], samples.ts[chosen], samples.value[chosen], uptime_known=known))
    return segments


def trends_of(segments: list[SegmentSamples], *, is_heap: bool) -> tuple[Trend, ...]:
    """Return the trend of each boot that has enough samples; many boots share the bins, so that the cost stays."""
    enough = [segment for segment in segments if segment.x.size >= _FEWEST_SAMPLES]
    limit = max(_FEWEST_BINS, min(BIN_LIMIT, _BINS_IN_ALL // max(len(enough), 1)))
    trends = [trend_of(segment, is_heap=is_heap, bin_limit=limit) for segment in enough]
    return tuple(trend for trend in trends if trend is not None)


def leaks(trends: tuple[Trend, ...]) -> bool:
    """Return the leak flag: that of the only boot, or that of the boots which hold more than half of the time."""
    lengths = [trend.end - trend.start for trend in trends]
    leaking = sum(length for trend, length in zip(trends, lengths, strict=True) if trend.leaking)
    return leaking > AGREEING_TIME_SHARE * sum(lengths)
