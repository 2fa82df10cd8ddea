# SPDX-License-Identifier: GPL-3.0-only
"""What the strip below the plot says about the selected stretch."""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.core.series_history import SeriesHistory


class SelectionFigures(NamedTuple):
    """``samples`` between ``start`` and ``end`` (epoch s); values in the field's unit, ``slope`` per minute.

    Figures are ``None`` where the samples do not tell them: no sample, or one time only.
    """

    start: float
    end: float
    samples: int
    minimum: float | None
    maximum: float | None
    change: float | None
    """From the first to the last sample."""
    slope: float | None
    r_squared: float | None

    @property
    def span_s(self) -> float:
        """Return the length of the selection."""
        return self.end - self.start

    @property
    def range(self) -> float | None:
        """Return the distance from the lowest to the highest value."""
        return None if self.minimum is None or self.maximum is None else self.maximum - self.minimum


def selection_figures(history: SeriesHistory, start: float, end: float) -> SelectionFigures:
    """Return the figures of the samples of ``start`` to ``end``, both included."""
    start, end = min(start, end), max(start, end)
    inside = history.between(start, end)
    if inside.stop == inside.start:
        return SelectionFigures(start, end, 0, None, None, None, None, None)
    outline = history.outline(inside.start, inside.stop, 64)
    moments = history.moments.between(history.ts, history.value, inside.start, inside.stop)
    return SelectionFigures(
        start,
        end,
        moments.samples,
        float(outline.low.min()),
        float(outline.high.max()),
        float(history.value[inside.stop - 1] - history.value[inside.start]),
        moments.sxy / moments.sxx * 60.0 if moments.sxx > 0 else None,
        moments.sxy**2 / (moments.sxx * moments.syy) if moments.sxx > 0 and moments.syy > 0 else None,
    )
