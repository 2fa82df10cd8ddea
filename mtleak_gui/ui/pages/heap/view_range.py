# SPDX-License-Identifier: GPL-3.0-only
"""Which stretch of time the plot shows, and whether it follows what is heard. No widgets."""

from __future__ import annotations

_LEAD = 1.25
"""While live, the plot shows so many times the window, so that what was before it is seen too."""
_MARGIN = 0.01
_SHORTEST_S, _LONGEST_S = 0.5, 10 * 365 * 86_400.0
_FIRST_SPAN_S = 60.0


class ViewRange:
    """Live, it ends at the newest moment; otherwise it stands where it was put. Times are epoch seconds.

    ``shown`` is what was drawn last; several gestures may come before the next drawing, so that it counts while live.
    """

    def __init__(self, window_s: float) -> None:
        self.window_s = window_s
        self._span: float | None = window_s * _LEAD
        """While live: how much is shown, ``None`` for everything."""
        self._fixed: tuple[float, float] | None = None
        self.values: tuple[float, float] | None = None
        """The values that are shown where the user chose them, else ``None``."""

    @property
    def live(self) -> bool:
        """Whether the view follows."""
        return self._fixed is None

    @property
    def span(self) -> float | None:
        """How many seconds are shown while live, ``None`` for everything."""
        return self._span

    @property
    def fixed(self) -> tuple[float, float] | None:
        """The stretch that is shown while the view stands still."""
        return self._fixed

    def follow(self, span: float | None) -> None:
        """Follow, and show so many seconds, ``None`` for everything."""
        self._fixed = self.values = None
        self._span = None if span is None else min(max(span, _SHORTEST_S), _LONGEST_S)

    def set_window(self, window_s: float) -> None:
        """Follow with another window."""
        self.window_s = window_s
        self._span = window_s * _LEAD
        self._fixed = None
        self.values = None

    def between(self, first: float, now: float) -> tuple[float, float]:
        """Return what to show, when the samples begin at ``first`` and it is ``now``."""
        if self._fixed is not None:
            return self._fixed
        whole = max(now - first, _FIRST_SPAN_S)
        span = whole if self._span is None else min(self._span, max(whole, _FIRST_SPAN_S))
        return now - span, now + span * _MARGIN

    def go_live(self) -> None:
        """Follow again with the window's span."""
        self._fixed = self.values = None
        self._span = self.window_s * _LEAD

    def freeze(self, start: float, end: float) -> None:
        """Stand still at what is shown."""
        self._fixed = (start, end)

    def show(self, start: float, end: float) -> None:
        """Show this stretch and stay there."""
        if end - start < _SHORTEST_S:
            middle = (start + end) / 2
            start, end = middle - _SHORTEST_S / 2, middle + _SHORTEST_S / 2
        self._fixed = (start, min(end, start + _LONGEST_S))

    def fit_all(self, first: float, now: float) -> None:
        """Show everything; a live view goes on following."""
        self.values = None
        if self._fixed is None:
            self._span = None
        else:
            span = max(now - first, _FIRST_SPAN_S)
            self._fixed = (first - span * _MARGIN, now + span * _MARGIN)

    def zoom(self, factor: float, at: float, shown: tuple[float, float]) -> None:
        """Show ``factor`` times as much time, ``at`` staying in its place; a live view keeps its end."""
        start, end = self._fixed or shown
        if self._fixed is None:
            self._span = min(max((end - start) / (1 + _MARGIN) * factor, _SHORTEST_S), _LONGEST_S)
            return
        span = min(max((end - start) * factor, _SHORTEST_S), _LONGEST_S)
        share = (at - start) / (end - start)
        self.show(at - share * span, at + (1 - share) * span)

    def pan(self, by: float, shown: tuple[float, float]) -> None:
        """Move what is shown by ``by`` seconds; the view stops following."""
        start, end = self._fixed or shown
        self.show(start + by, end + by)

    def centre(self, ts: float, shown: tuple[float, float]) -> None:
        """Move so that ``ts`` is seen, if it is not."""
        start, end = self._fixed or shown
        if not start <= ts <= end:
            half = (end - start) / 2
            self.show(ts - half, ts + half)
