# SPDX-License-Identifier: GPL-3.0-only
"""Whether LocalStats can be of the board whose log was heard: both tell of one heap."""

from __future__ import annotations

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Floats

_NEAR_S = 600.0
_FEWEST = 3
"""A single line may tell of a short dip."""
_APART_SHARE, _APART_BYTES = 0.15, 8_192.0
"""A client or a thread takes less than this between two readings of one heap."""


def of_another_heap(log_ts: Floats, log_free: Floats, ts: Floats, free: Floats) -> bool:
    """Return whether free heap ``free`` at ``ts`` is not that which the log told at about the same times.

    Times in epoch seconds, bytes; ``log_ts`` ascending. With hardly any near each other nothing is told.
    """
    if not log_ts.size or not ts.size:
        return False
    after = np.clip(np.searchsorted(log_ts, ts), 1, max(log_ts.size - 1, 1))
    before = after - 1
    after = np.minimum(after, log_ts.size - 1)
    nearest = np.where(ts - log_ts[before] < log_ts[after] - ts, before, after)
    close = np.abs(log_ts[nearest] - ts) <= _NEAR_S
    if np.unique(nearest[close]).size < _FEWEST:
        return False
    told = log_free[nearest][close]
    apart = float(np.median(np.abs(free[close] - told)))
    return apart > max(_APART_SHARE * float(np.median(told)), _APART_BYTES)
