# SPDX-License-Identifier: GPL-3.0-only
"""Where a curve must be broken: at gaps, and at what bands tell (restarts, pauses, host sleep, lost links)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.bands import Band
from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.thresholds import CADENCES_OF_GAP

_BLOCK = 64
_USUAL = 60
"""Which of the 64 steps, in order of size, is the cadence."""
_FEW = 20
"""Below so many steps their median is the cadence."""
_SHORTEST_GAP_S = 1.0
"""Lines that were read at once have one time: beside them every step is wider than three cadences of nothing."""

Indices = npt.NDArray[np.int64]


class GapCuts:
    """Knows where in a growing column of times the steps are wider than three cadences.

    The cadence is that of the 64 steps around: what 19 of 20 of them do not exceed, because log lines come in bursts
    and their median step would break the curve at every pause for breath. A pause of less than a second is never a
    gap. Cost in proportion to what was appended.
    """

    def __init__(self) -> None:
        self._found: Indices = np.empty(0, np.int64)
        self._known = 1

    def update(self, ts: Floats) -> None:
        """Take in whole blocks of new steps."""
        blocks = (ts.size - self._known) // _BLOCK
        if blocks <= 0:
            return
        stop = self._known + blocks * _BLOCK
        steps = np.diff(ts[self._known - 1 : stop]).reshape(blocks, _BLOCK)
        usual = np.partition(steps, _USUAL, axis=1)[:, _USUAL]
        found = self._known + np.flatnonzero(steps > _widest(usual)[:, None])
        self._found, self._known = np.concatenate((self._found, found)), stop

    def all(self, ts: Floats) -> Indices:
        """Return every index ``i`` such that the curve is broken between samples ``i - 1`` and ``i``."""
        around = np.sort(np.diff(ts[max(ts.size - _BLOCK - 1, 0) :]))
        if around.size < 2 or ts.size <= self._known:
            return self._found
        usual = around[_USUAL * around.size // _BLOCK] if around.size >= _FEW else np.median(around)
        tail = self._known + np.flatnonzero(np.diff(ts[self._known - 1 :]) > _widest(usual))
        return np.concatenate((self._found, tail))


def _widest(usual: Floats | np.float64) -> Floats:
    """Return the widest step that is no gap."""
    widest: Floats = np.maximum(CADENCES_OF_GAP * usual, _SHORTEST_GAP_S)
    return widest


def pieces(ts: Floats, cuts: Indices, bands: Iterable[Band], inside: slice) -> list[slice]:
    """Return the samples of ``inside`` as runs to be drawn without a break; ``cuts`` as ``GapCuts`` gives them."""
    of_bands = [int(np.searchsorted(ts, band.start, "right")) for band in bands]
    ends = [int(np.searchsorted(ts, band.end, "left")) for band in bands if band.end is not None]
    every = np.concatenate((cuts, np.array(of_bands + ends, np.int64)))
    within = np.unique(every[(every > inside.start) & (every < inside.stop)])
    edges = [inside.start, *within.tolist(), inside.stop]
    return [slice(first, last) for first, last in pairwise(edges) if last > first]
