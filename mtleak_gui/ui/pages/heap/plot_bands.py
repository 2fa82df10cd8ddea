# SPDX-License-Identifier: GPL-3.0-only
"""The bands that the plot shows: which of them are in view, how far restarts reach, what they explain. No widgets."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from mtleak_gui.core.axis_ticks import span_text
from mtleak_gui.core.bands import Band
from mtleak_gui.core.boot import Boot
from mtleak_gui.core.leakhunt.evidence import Floats

_TOLD_OFF_S = 20.0
_BESIDE_S = 60.0


def segment_start(boots: Iterable[Boot], bands: Iterable[Band], start: float, end: float) -> float:
    """Return where the board's last boot in ``start`` to ``end`` begins: a line through a restart means nothing."""
    ends = [band.end for band in bands if band.kind == "restart" and band.end is not None]
    starts = [boot.start for boot in boots if boot.number > 1]
    return max([start, *(edge for edge in ends + starts if start < edge < end)])


def bands_in_view(bands: Iterable[Band], ts: Floats, start: float, end: float) -> tuple[Band, ...]:
    """Return the bands in view, restarts first; one reaches from the last sample before it to the first after it."""
    seen = [band for band in bands if band.start <= end and (band.end is None or band.end >= start)]
    restarts = [_restart(band, ts) for band in seen if band.kind == "restart"]
    others = [
        band for band in seen if band.kind != "restart" and not any(_explains(restart, band) for restart in restarts)
    ]
    return (*restarts, *others)


def _explains(restart: Band, other: Band) -> bool:
    """Return whether a lost link or a gap is but the other side of a restart."""
    if other.kind not in ("link_lost", "gap") or other.end is None or restart.end is None:
        return False
    return other.start <= restart.end + _BESIDE_S and other.end >= restart.start - _BESIDE_S


def _restart(band: Band, ts: Floats) -> Band:
    after = int(np.searchsorted(ts, band.start, "right"))
    if not 0 < after < ts.size:
        return band._replace(text="restart")
    start, end = float(ts[after - 1]), float(ts[after])
    off = f", off {span_text(end - start)}" if end - start >= _TOLD_OFF_S else ""
    return Band("restart", start, end, f"restart{off}")
