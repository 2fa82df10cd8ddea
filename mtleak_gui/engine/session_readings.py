# SPDX-License-Identifier: GPL-3.0-only
"""What one device measures. Lives on the GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from mtleak_gui.core.leakhunt.clean_samples import cadence_of
from mtleak_gui.core.quick_trend import QuickTrend, quick_trend
from mtleak_gui.core.series_history import SeriesHistory
from mtleak_gui.core.series_key import FREE_HEAP, SeriesKey, series_key
from mtleak_gui.engine.session_boots import SessionBoots
from mtleak_gui.engine.session_identity import SessionIdentity
from mtleak_gui.engine.session_series import SessionSeries

_CADENCE_OF = 512


class SessionReadings(SessionIdentity):
    """Adds the series. Sizes are bytes, times epoch seconds of the recording's clock."""

    heap_changed = Signal()
    """Samples were added to some series."""

    def __init__(
        self,
        port: str,
        role: str,
        *,
        demo: bool = False,
        read_only: bool = False,
        saved_name: str | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(port, role, demo=demo, read_only=read_only, saved_name=saved_name, parent=parent)
        self._series = SessionSeries()
        self._boots = SessionBoots()
        self._last_heard: float | None = None
        self._trends: dict[float, tuple[tuple[int, int, int], QuickTrend | None]] = {}

    def fields(self) -> tuple[SeriesKey, ...]:
        """Return the series there are, the free heap first."""
        return self._series.fields()

    def history(self, variant: str = "local", field: str = "free_heap") -> SeriesHistory | None:
        """Return a series, ``None`` when there is none; the field may be spelled as boards spell it."""
        return self._series.histories.get(series_key(variant, field))

    @property
    def heap(self) -> SeriesHistory:
        """The free heap."""
        return self._series.histories[FREE_HEAP]

    @property
    def largest_block(self) -> SeriesHistory:
        """The largest free block, as far as the board logs it."""
        return self._series.largest_block

    @property
    def min_free(self) -> SeriesHistory:
        """The watermark since boot, as far as the board logs it."""
        return self._series.min_free

    @property
    def watermark(self) -> float | None:
        """The lowest free heap since boot that the board logged last."""
        return float(self.min_free.value[-1]) if len(self.min_free) else None

    @property
    def total_heap(self) -> float | None:
        """The newest heap total."""
        return self._series.total

    @property
    def free_heap(self) -> float | None:
        """The newest free heap."""
        return float(self.heap.value[-1]) if len(self.heap) else None

    @property
    def used_percent(self) -> float | None:
        """How much of the heap is in use."""
        free, total = self.free_heap, self.total_heap
        return None if free is None or total is None else 100.0 * (total - free) / total

    @property
    def last_ts(self) -> float | None:
        """When the newest heap sample came."""
        return float(self.heap.ts[-1]) if len(self.heap) else None

    @property
    def heard_ts(self) -> float | None:
        """When anything was last heard of the device."""
        return self._last_heard

    @property
    def cadence_s(self) -> float | None:
        """The usual distance of two heap samples of late."""
        return cadence_of(self.heap.ts[-_CADENCE_OF:])

    def trend(self, window_s: float, now: float) -> QuickTrend | None:
        """Return the slope of the free heap in the last ``window_s`` seconds, from the last restart on."""
        newest = self._boots.newest
        begin = now - window_s if newest is None else max(now - window_s, newest.start)
        state = (self.heap.version, round(begin), round(now))
        known = self._trends.get(window_s)
        if known is None or known[0] != state:
            known = self._trends[window_s] = (state, quick_trend(self.heap, begin, now))
        return known[1]
