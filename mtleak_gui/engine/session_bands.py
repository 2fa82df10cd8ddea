# SPDX-License-Identifier: GPL-3.0-only
"""The bands of one device: what happened to it and the recorder, and where samples are missing. Runs in: GUI thread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from mtleak_gui.core import wording
from mtleak_gui.core.bands import Band, BandKind
from mtleak_gui.core.boot import Boot
from mtleak_gui.core.leakhunt.clean_samples import cadence_of
from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.thresholds import CADENCES_OF_GAP
from mtleak_gui.core.records import RawEvent
from mtleak_gui.core.series_history import SeriesHistory

_LASTING_GAP_S = 60.0
"""Between lines that come when they like, shorter gaps mean nothing."""

_CADENCE_OF = 4096
_BESIDE = 8
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


class GapFinder:
    """Finds where samples are missing for longer than three cadences, looking at each sample once."""

    def __init__(self, history: SeriesHistory) -> None:
        self._history = history
        self._first = 0.0
        self._looked_at = 0
        self._gaps: list[tuple[float, float]] = []

    def gaps(self) -> Sequence[tuple[float, float]]:
        """Return (start, end) of all gaps of a minute or more, ascending."""
        ts = self._history.ts
        if ts.size and float(ts[0]) != self._first:
            self._first, self._looked_at, self._gaps = float(ts[0]), 0, []
        begin = max(self._looked_at - 1, 0)
        if ts.size - begin < 2:
            return self._gaps
        cadence = cadence_of(ts[max(0, ts.size - _CADENCE_OF) :])
        if cadence is not None:
            apart = np.diff(ts[begin:])
            least = max(CADENCES_OF_GAP * cadence, _LASTING_GAP_S)
            wide = np.nonzero(apart > least)[0] + begin
            self._gaps += [(float(ts[i]), float(ts[i + 1])) for i in wide if _stands_out(ts, int(i))]
        self._looked_at = int(ts.size)
        return self._gaps


def bands_of(
    told: Iterable[Band], boots: Iterable[Boot], gaps: Iterable[tuple[float, float]], ts: Floats
) -> list[Band]:
    """Return all bands ascending by start; a gap that another band explains is left out. ``ts``: times of samples."""
    bands = [*told]
    for boot in boots:
        if boot.number > 1:
            after = int(np.searchsorted(ts, boot.start))
            end = float(ts[after]) if after < ts.size else boot.start
            bands.append(Band("restart", boot.start, end, f"Restarted: {boot.reason}" if boot.reason else "Restarted"))
    bands.sort(key=lambda band: band.start)
    unexplained = [gap for gap in gaps if not any(_overlap(band, *gap) for band in bands)]
    bands += [Band("gap", start, end, f"No samples for {wording.span(end - start)}") for start, end in unexplained]
    return sorted(bands, key=lambda band: band.start)


def _stands_out(ts: Floats, i: int) -> bool:
    """Return whether the distance after sample ``i`` is wide among its neighbours too: a source may be slower."""
    beside = np.delete(np.diff(ts[max(0, i - _BESIDE) : i + _BESIDE + 2]), min(i, _BESIDE))
    usual = float(np.median(beside)) if beside.size else 0.0
    return float(ts[i + 1] - ts[i]) > CADENCES_OF_GAP * usual


def _overlap(band: Band, start: float, end: float) -> bool:
    return band.start <= end and (band.end is None or band.end >= start)


def _text(event: RawEvent) -> str:
    note = event.note
    if event.kind == "recorder_stop":
        return "Not recording"
    if event.kind == "recorder_pause":
        return f"Paused: {note}" if note else "Paused"
    return "Disconnected" if note == _OURS else f"Connection lost: {note}" if note else "Connection lost"
