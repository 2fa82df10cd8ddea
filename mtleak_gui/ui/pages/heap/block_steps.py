# SPDX-License-Identifier: GPL-3.0-only
"""The largest free block in view as stairs, and whether it needs a strip of its own. No widgets."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from mtleak_gui.core.bands import Band
from mtleak_gui.core.series_history import SeriesHistory
from mtleak_gui.ui.pages.heap.plot.picture import Steps

_SQUEEZE = 2.6
"""The largest block shares the axis while that does not stretch it to more than so many times the curve's own reach."""


def block_steps(history: SeriesHistory, bands: Iterable[Band], view: tuple[float, float], end: float) -> Steps | None:
    """Return the stairs in ``view``, broken at restarts; the last one lasts until ``end``. ``None`` for no sample."""
    inside = history.between(*view)
    first = max(inside.start - 1, 0)
    if inside.stop <= first:
        return None
    ts, value = history.ts[first : inside.stop], history.value[first : inside.stop]
    breaks = tuple(band.start for band in bands if band.kind == "restart" and ts[0] <= band.start < view[1])
    after = np.searchsorted(ts, np.array(breaks), "right")
    kept = np.union1d(np.flatnonzero(np.diff(value, prepend=np.nan)), after[after < ts.size])
    return Steps(ts[kept], value[kept], breaks, end)


def own_strip(blocks: Steps | None, low: float, high: float) -> tuple[float, float] | None:
    """Return the reach of the largest block's own strip, where sharing the axis would flatten the curve."""
    if blocks is None:
        return None
    block_low, block_high = float(blocks.value.min()), float(blocks.value.max())
    joined = max(high, block_high) - min(low, block_low)
    return (block_low, block_high) if joined > _SQUEEZE * max(high - low, 1.0) else None
