# SPDX-License-Identifier: GPL-3.0-only
"""The bands of one device: what happened to it and the recorder, and where samples are missing. Runs in: GUI thread."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from mtleak_gui.core import wording
from mtleak_gui.core.bands import Band, BandKind
from mtleak_gui.core.boot import Boot
from mtleak_gui.core.records import RawEvent
from mtleak_gui.core.series_history import SeriesHistory

_LASTING_GAP_S = 60.0
"""Between lines that come when they like, shorter gaps mean nothing."""

_SHORTEST_PAUSE_S = 5.0
"""Between the end of one session and the beginning of the next nothing is missing."""

_OPENS: dict[str, BandKind] = {"recorder_pause": "pause", "recorder_stop": "pause", "connection_lost": "link_lost"}
_CLOSES: dict[str, BandKind] = {
    "recorder_resume": "pause",
    "recorder_stop": "pause",
    "recorder_start": "pause",
    "connection_established": "link_lost",
}
_OURS = "closed by the recorder"


class SessionBands:
    """Bands that events open and close. One that is closed twice, or was never opened, is left as it is."""

    def __init__(self) -> None:
        self._told: list[Band] = []
        self._open: dict[BandKind, int] = {}
        self._began_closed: dict[BandKind, float] = {}
        """When what had begun before anything was taken came to its end."""

    def take(self, event: RawEvent) -> bool:
        """Take an event of the device or of the recorder; return whether it changed anything."""
        if event.kind == "host_sleep":
            slept = (event.data or {}).get("slept_s")
            span = float(slept) if isinstance(slept, int | float) else 0.0
            self._told.append(Band("sleep", event.ts - span, event.ts, f"Computer slept {wording.span(span)}"))
            return True
        closed = self._close(_CLOSES.get(event.kind), event.ts)
        kind = _OPENS.get(event.kind)
        if kind is None or kind in self._open:
            return closed
        self._open[kind] = len(self._told)
        self._told.append(Band(kind, event.ts, None, _text(event)))
        return True

    @property
    def told(self) -> tuple[Band, ...]:
        """The bands so far, in the order in which they began."""
        return tuple(
            band
            for band in self._told
            if band.kind != "pause" or band.end is None or band.end - band.start >= _SHORTEST_PAUSE_S
        )

    def put_before(self, older: Iterable[RawEvent], until: float | None) -> None:
        """Take the events of the past, ascending; they end before anything that was taken so far.

        What is still open then goes on into the present, or ends at ``until`` where the past is all there is.
        """
        later, still_open, ends = self._told, self._open, self._began_closed
        self._told, self._open, self._began_closed = [], {}, {}
        for event in older:
            self.take(event)
        for kind in tuple(self._open):
            end = ends.get(kind, next((band.start for band in later if band.kind == kind), until))
            if end is not None:
                self._close(kind, end)
        shift = len(self._told)
        self._open |= {kind: place + shift for kind, place in still_open.items()}
        self._told += later

    def _close(self, kind: BandKind | None, ts: float) -> bool:
        if kind is None:
            return False
        place = self._open.pop(kind, None)
        if place is None:
            if not any(band.kind == kind for band in self._told):
                self._began_closed.setdefault(kind, ts)
            return False
        self._told[place] = self._told[place]._replace(end=ts)
        return True


def bands_of(told: Iterable[Band], boots: Iterable[Boot], heap: SeriesHistory) -> list[Band]:
    """Return all bands ascending by start, gaps of the heap among them unless another band explains them."""
    ts, bands = heap.ts, [*told]
    for boot in boots:
        if boot.number > 1:
            after = int(np.searchsorted(ts, boot.start))
            end = float(ts[after]) if after < ts.size else boot.start
            bands.append(Band("restart", boot.start, end, f"Restarted: {boot.reason}" if boot.reason else "Restarted"))
    gaps = [Band("gap", start, end, f"No samples for {wording.span(end - start)}") for start, end in _lasting(heap)]
    unexplained = [gap for gap in gaps if not any(_overlap(band, gap) for band in bands)]
    return sorted([*bands, *unexplained], key=lambda band: band.start)


def _lasting(heap: SeriesHistory) -> Iterable[tuple[float, float]]:
    after = heap.gaps
    starts, ends = heap.ts[after - 1], heap.ts[after]
    lasting = ends - starts >= _LASTING_GAP_S
    return zip(starts[lasting].tolist(), ends[lasting].tolist(), strict=True)


def _overlap(band: Band, gap: Band) -> bool:
    return band.start <= (gap.end or gap.start) and (band.end is None or band.end >= gap.start)


def _text(event: RawEvent) -> str:
    note = event.note
    if event.kind == "recorder_stop":
        return "Not recording"
    if event.kind == "recorder_pause":
        return f"Paused: {note}" if note else "Paused"
    return "Disconnected" if note == _OURS else f"Connection lost: {note}" if note else "Connection lost"
