# SPDX-License-Identifier: GPL-3.0-only
"""Growing columns of one series of one device. Used by the GUI thread only."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.leakhunt.evidence import Floats

Int8s = npt.NDArray[np.int8]
_FIRST_ROOM = 1024


class SeriesHistory:
    """Times (epoch s), values, uptimes (s, NaN where not stated) and source codes, ascending in time."""

    def __init__(self) -> None:
        self._ts: Floats = np.empty(_FIRST_ROOM)
        self._value: Floats = np.empty(_FIRST_ROOM)
        self._uptime: Floats = np.empty(_FIRST_ROOM)
        self._source: Int8s = np.empty(_FIRST_ROOM, np.int8)
        self._size = 0
        self.version = 0

    def __len__(self) -> int:
        return self._size

    @property
    def ts(self) -> Floats:
        """The times, read only."""
        return _read_only(self._ts[: self._size])

    @property
    def value(self) -> Floats:
        """The values, read only."""
        return _read_only(self._value[: self._size])

    @property
    def uptime(self) -> Floats:
        """The uptimes, read only."""
        return _read_only(self._uptime[: self._size])

    @property
    def source(self) -> Int8s:
        """The source codes, read only."""
        view = self._source[: self._size]
        view.flags.writeable = False
        return view

    def append(self, ts: float, value: float, *, source: int = 0, uptime: float = math.nan) -> None:
        """Add one sample."""
        self.extend(np.array([ts]), np.array([value]), np.array([source], np.int8), np.array([uptime]))

    def extend(self, ts: Floats, value: Floats, source: Int8s | None = None, uptime: Floats | None = None) -> None:
        """Add samples; one that is older than the newest takes the newest's time."""
        many = int(ts.size)
        if not many:
            return
        end = self._size + many
        if end > self._ts.size:
            self._make_room(end)
        here = slice(self._size, end)
        newest = self._ts[self._size - 1] if self._size else -math.inf
        self._ts[here] = np.maximum(np.maximum.accumulate(ts), newest)
        self._value[here] = value
        self._source[here] = 0 if source is None else source
        self._uptime[here] = math.nan if uptime is None else uptime
        self._size = end
        self.version += 1

    def put_before(self, ts: Floats, value: Floats, source: Int8s | None = None, uptime: Floats | None = None) -> None:
        """Put older samples before those that are there; of what overlaps, the older ones are cut."""
        keep = int(np.searchsorted(ts, self._ts[0])) if self._size else int(ts.size)
        later = (self.ts.copy(), self.value.copy(), self.source.copy(), self.uptime.copy())
        self._size = 0
        cut = slice(0, keep)
        self.extend(
            ts[cut], value[cut], None if source is None else source[cut], None if uptime is None else uptime[cut]
        )
        self.extend(*later)

    def between(self, start: float, end: float) -> slice:
        """Return where the samples from ``start`` to ``end`` (both included) stand."""
        return slice(int(np.searchsorted(self.ts, start)), int(np.searchsorted(self.ts, end, side="right")))

    def _make_room(self, least: int) -> None:
        room = max(least, 2 * self._ts.size)
        for name in ("_ts", "_value", "_uptime", "_source"):
            old = getattr(self, name)
            new = np.empty(room, old.dtype)
            new[: self._size] = old[: self._size]
            setattr(self, name, new)


def _read_only(view: Floats) -> Floats:
    view.flags.writeable = False
    return view
