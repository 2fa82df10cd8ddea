# SPDX-License-Identifier: GPL-3.0-only
"""What the plot says in words: its legend, its summary for those who cannot see it, why it is empty. No widgets."""

from __future__ import annotations

from mtleak_gui.core import wording
from mtleak_gui.core.axis_ticks import clock_text, span_text
from mtleak_gui.core.series_key import FREE_HEAP, SeriesKey
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.pages.heap.legend_row import LegendItem
from mtleak_gui.ui.pages.heap.plot.picture import PlotPicture

_LOCAL_STATS_S = 900.0
"""How often firmware sends LocalStats when nobody asks."""


def legend_items(picture: PlotPicture, key: SeriesKey, fit_of: str) -> list[LegendItem]:
    """Return what the lines are; ``fit_of`` says what the fit is made over."""
    items = []
    for curve in picture.curves:
        value = "" if curve.newest is None else wording.true_minus(wording.quantity(curve.newest[1], picture.unit))
        field = "heap" if picture.unit == "%" and key == FREE_HEAP else key.field
        items.append(LegendItem(curve.role, f"{curve.name} {field}", value))
    if picture.fit is not None:
        slope = wording.true_minus(wording.rate(picture.fit.slope_per_min, picture.unit))
        items.append(LegendItem("fit", f"fit, {fit_of}", slope, dashed=True))
    if picture.blocks is not None:
        newest = wording.quantity(float(picture.blocks.value[-1]), picture.unit)
        items.append(LegendItem("largest_block", "largest block", newest))
    return items


def summary(picture: PlotPicture, key: SeriesKey) -> str:
    """Return the plot as a sentence or two."""
    names = ", ".join(curve.name for curve in picture.curves) or "No board"
    span = f"{clock_text(picture.start, None)} to {clock_text(picture.end, None)}"
    lows = [float(piece.low.min()) for curve in picture.curves for piece in curve.pieces if piece.low.size]
    highs = [float(piece.high.max()) for curve in picture.curves for piece in curve.pieces if piece.high.size]
    if not lows:
        return f"{names} {key.field}, {span}: no samples."
    reach = f"from {wording.quantity(min(lows), picture.unit)} to {wording.quantity(max(highs), picture.unit)}"
    parts = [f"{names} {key.field}, {span}: {reach}."]
    if picture.fit is not None:
        parts.append(f"Slope {picture.fit.words(picture.unit)} over {span_text(picture.fit.end - picture.fit.start)}.")
    restarts = sum(band.kind == "restart" for band in picture.bands)
    parts.append(f"{wording.count(restarts, 'restart')}, {wording.count(len(picture.marks), 'mark')}.")
    parts += [f"{stretch.text}." for stretch in picture.ranges]
    return wording.true_minus(" ".join(parts))


def empty_words(session: Session | None, key: SeriesKey, now: float) -> str:
    """Return why there is nothing to plot, ``""`` when there is something."""
    if session is None:
        return "No board yet. Connect one, open a recording, or try the demo board."
    history = session.history(key.variant, key.field)
    if history is not None and len(history):
        return ""
    if key != FREE_HEAP:
        return f"No samples of {key.field} yet."
    return _no_heap_words(session, now)


def _no_heap_words(session: Session, now: float) -> str:
    if any(variant == "local" and field != FREE_HEAP.field for variant, field in session.fields()):
        return "This board's firmware does not report heap."
    if session.read_only:
        return "No heap samples in this recording."
    words = "No heap samples yet. First LocalStats can take 15 min."
    uptime = session.uptime_now(now)
    if uptime is None:
        return words
    due = now + _LOCAL_STATS_S - uptime % _LOCAL_STATS_S
    return f"{words} Next expected {clock_text(due, None, '%H:%M')}."
