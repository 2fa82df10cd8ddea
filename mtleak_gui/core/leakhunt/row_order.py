# SPDX-License-Identifier: GPL-3.0-only
"""Rows that stand in a file in another order than they were heard: recordings that were merged, doubled or turned."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.leakhunt.evidence import Floats


def order_heard(ts: Floats, uptime: Floats, stale: Floats) -> npt.NDArray[np.intp]:
    """Return the places of the rows in the order in which they were heard, as both clocks tell.

    Where the host's clock was set back, the board's goes on; where the board restarted, the host's goes on. Where both
    fall by as much (``stale``: how old an uptime may be, seconds), the row is an earlier one that stands later. When
    most of the way back is of that kind, rows are taken by time; else the file's order stands.
    """
    back, ran = np.diff(ts), np.diff(uptime)
    falls = back < 0
    alike = np.abs(ran - back) <= np.maximum(stale[1:], stale[:-1])
    misplaced = -back[falls & (ran < 0) & alike].sum()
    # An uptime that stays the same is an old one: it tells nothing.
    set_back = -back[falls & ((ran > 0) | ~alike)].sum()
    if misplaced > set_back:
        return np.argsort(ts, kind="stable")
    return np.arange(ts.size)
