# SPDX-License-Identifier: GPL-3.0-only
"""All samples of one field of one device, in growing columns. Owner: the thread that shows them (GUI)."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.curve_cuts import GapCuts, Indices
from mtleak_gui.core.fit_moments import FitMoments
from mtleak_gui.core.growing_columns import GrowingColumn
from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.minmax_pyramid import MinMaxPyramid, Outline

Int8s = npt.NDArray[np.int8]


class SeriesHistory:
    """Samples ascending in time: ``ts`` (epoch s), ``value``, ``uptime`` (s, NaN where not stated), ``source`` (code).

    The views are read-only and valid until the next change. A value that is not finite is left out; a time before the
    newest one is lifted to it (recordings never go back, but two sources may be handed over out of order). ``version``
    goes up at each change.
    """

    def __init__(self) -> None:
        self._ts, self._value, self._uptime = (GrowingColumn(np.float64) for _ in range(3))
        self._source = GrowingColumn(np.int8)
        self._pyramid, self._moments, self._cuts = MinMaxPyramid(), FitMoments(), GapCuts()
        self.version = 0

    @property
    def ts(self) -> Floats:
        """Return the times."""
        return self._ts.filled

    @property
    def value(self) -> Floats:
        """Return the values."""
        return self._value.filled

    @property
    def uptime(self) -> Floats:
        """Return the uptimes, NaN where the row stated none."""
        return self._uptime.filled

    @property
    def source(self) -> Int8s:
        """Return the codes of the sources."""
        return self._source.filled

    def __len__(self) -> int:
        return len(self._ts)

    def append(self, ts: float, value: float, *, source: int = 0, uptime: float = math.nan) -> None:
        """Add the newest sample."""
        if not (math.isfinite(value) and math.isfinite(ts)):
            return
        newest = self._ts.filled[-1] if len(self._ts) else ts
        self._ts.append(max(ts, float(newest)))
        self._value.append(value)
        self._uptime.append(uptime)
        self._source.append(source)
        self.version += 1

    def extend(self, ts: Floats, value: Floats, source: Int8s | None = None, uptime: Floats | None = None) -> None:
        """Add newer samples, arrays of shape (n,); within the block they may be in any order."""
        block = _in_order(ts, value, source, uptime)
        if block.ts.size:
            times = np.maximum(block.ts, self.ts[-1]) if len(self) else block.ts
            self._fill(block._replace(ts=times))

    def put_before(self, ts: Floats, value: Floats, source: Int8s | None = None, uptime: Floats | None = None) -> None:
        """Put older samples (loaded from disk) before what is there; what is not older than that is cut off."""
        block = _in_order(ts, value, source, uptime)
        older = int(np.searchsorted(block.ts, self.ts[0], "left")) if len(self) else block.ts.size
        if not older:
            return
        self._begin_with(block.first(older), self._block())

    def prepend(self, older: SeriesHistory) -> None:
        """Put all of another history before what is there, without copying it; the other is not to be used any more.

        What is not older than what is there is cut off. The other may have been filled on another thread.
        """
        if not len(older):
            return
        newer = self._block()
        kept = int(np.searchsorted(older.ts, newer.ts[0], "left")) if len(self) else len(older)
        if kept < len(older):
            block = older._block()
            self._begin_with(block.first(kept), newer)
            return
        self._ts, self._value, self._uptime, self._source = older._ts, older._value, older._uptime, older._source
        self._pyramid, self._moments, self._cuts = older._pyramid, older._moments, older._cuts
        self._fill(newer)

    def reserve(self, many: int) -> None:
        """Make room for so many more samples now, so that adding them does not have to."""
        for column in (self._ts, self._value, self._uptime):
            column.reserve(many)
        self._source.reserve(many)

    def between(self, start: float, end: float) -> slice:
        """Return the samples of ``start <= ts <= end``."""
        first, last = self.ts.searchsorted(start, "left"), self.ts.searchsorted(end, "right")
        return slice(int(first), max(int(last), int(first)))

    def outline(self, start: int, end: int, columns: int) -> Outline:
        """Return samples ``start`` to ``end`` in at most about ``2 * columns`` blocks with exact extremes."""
        return self.pyramid.query(self.value, start, end, columns)

    @property
    def pyramid(self) -> MinMaxPyramid:
        """Return the pyramid of extremes, brought up to date."""
        self._pyramid.update(self.value)
        return self._pyramid

    @property
    def moments(self) -> FitMoments:
        """Return the block moments that fits are made of, brought up to date."""
        self._moments.update(self.ts, self.value)
        return self._moments

    @property
    def gaps(self) -> Indices:
        """Return every index before which there is a gap of more than three cadences."""
        self._cuts.update(self.ts)
        return self._cuts.all(self.ts)

    def _block(self) -> _Block:
        return _Block(self.ts, self.value, self.source, self.uptime)

    def _begin_with(self, older: _Block, newer: _Block) -> None:
        self._ts, self._value, self._uptime = (GrowingColumn(np.float64) for _ in range(3))
        self._source = GrowingColumn(np.int8)
        self._pyramid, self._moments, self._cuts = MinMaxPyramid(), FitMoments(), GapCuts()
        self._fill(older)
        self._fill(newer)

    def _fill(self, block: _Block) -> None:
        self._ts.extend(block.ts)
        self._value.extend(block.value)
        self._source.extend(block.source)
        self._uptime.extend(block.uptime)
        self.version += 1


class _Block(NamedTuple):
    """Samples as they are handed over, arrays of shape (n,)."""

    ts: Floats
    value: Floats
    source: Int8s
    uptime: Floats

    def first(self, many: int) -> _Block:
        """Return the first samples."""
        return _Block(self.ts[:many], self.value[:many], self.source[:many], self.uptime[:many])


def _in_order(ts: Floats, value: Floats, source: Int8s | None, uptime: Floats | None) -> _Block:
    """Return the block ascending in time, without what is not finite."""
    block = _Block(
        np.asarray(ts, np.float64),
        np.asarray(value, np.float64),
        np.zeros(len(ts), np.int8) if source is None else source,
        np.full(len(ts), np.nan) if uptime is None else uptime,
    )
    keep = np.flatnonzero(np.isfinite(block.ts) & np.isfinite(block.value))
    if (np.diff(block.ts[keep]) < 0).any():
        keep = keep[np.argsort(block.ts[keep], kind="stable")]
    elif keep.size == block.ts.size:
        return block
    return _Block(block.ts[keep], block.value[keep], block.source[keep], block.uptime[keep])
