# SPDX-License-Identifier: GPL-3.0-only
"""Makes the plot's picture of a session: what is in view, thinned without losing a spike. No widgets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from mtleak_gui.core import wording
from mtleak_gui.core.axis_ticks import BootSpan, TimeMode
from mtleak_gui.core.bands import Band
from mtleak_gui.core.boot import Boot
from mtleak_gui.core.curve_cuts import pieces
from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.live_fit import LiveFit, live_fit
from mtleak_gui.core.series_history import SeriesHistory
from mtleak_gui.core.series_key import FREE_HEAP, SeriesKey
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.pages.heap.block_steps import block_steps, own_strip
from mtleak_gui.ui.pages.heap.plot.ground_layer import STRIP_SHARE
from mtleak_gui.ui.pages.heap.plot.picture import Curve, Piece, PlotMark, PlotPicture, PlotRange, Projection, Steps
from mtleak_gui.ui.pages.heap.plot_bands import bands_in_view, segment_start

_SEPARATE_PIECES = 48
_MOST_CHECKED = 200_000
_MOST_ODD = 400


class ValueMap(NamedTuple):
    """How values are shown: ``offset + factor * value`` in ``unit``."""

    factor: float
    offset: float
    unit: str

    def of(self, value: Floats) -> Floats:
        """Return values, shape (n,), as they are shown."""
        return value if self.factor == 1.0 and not self.offset else self.offset + self.factor * value

    def one(self, value: float) -> float:
        """Return one value as it is shown."""
        return self.offset + self.factor * value


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """What to show of a session."""

    key: SeriesKey
    start: float
    end: float
    now: float
    columns: int
    values: tuple[float, float] | None = None
    """The values to show, or ``None`` to fit them to the curve."""
    fit_range: tuple[float, float] | None = None
    time_mode: TimeMode = "local"
    as_percent: bool = False
    marks: tuple[PlotMark, ...] = ()
    ranges: tuple[PlotRange, ...] = ()
    sources: bool = True
    selection: tuple[float, float] | None = None
    projection: Projection | None = None
    bands: tuple[Band, ...] = ()
    """The session's bands; it works them out anew each time it is asked, which is too much for each frame."""
    role: str = "heap_a"
    others: tuple[tuple[Session, str], ...] = ()
    """Boards to show beside, each with its colour's role."""


def compose(session: Session, history: SeriesHistory, request: PictureRequest) -> PlotPicture:
    """Return the picture. Costs the number of columns, not of samples."""
    mapped = value_map(session, request)
    bands = request.bands
    is_heap = request.key == FREE_HEAP
    curve = _curve(session.name, bands, history, request, mapped)
    curves = (curve, *_other_curves(request))
    blocks = _blocks(session, request) if is_heap and request.sources and not request.as_percent else None
    low, high = _reach(curves)
    strip = own_strip(blocks, low, high)
    watermark = _watermark(session, mapped) if is_heap and request.sources else None
    if blocks is not None and strip is None:
        low, high = min(low, float(blocks.value.min())), max(high, float(blocks.value.max()))
    low, high = _with_watermark(low, high, watermark)
    shown = request.values or _rounded(low, high, below=strip is not None)
    return PlotPicture(
        start=request.start,
        end=request.end,
        low=shown[0],
        high=shown[1],
        unit=mapped.unit,
        unit_label=_unit_label(request, mapped.unit, is_heap=is_heap),
        time_mode=request.time_mode,
        time_zero=float(history.ts[0]) if len(history) else request.start,
        boots=_boot_spans(session, history, request.now) if request.time_mode == "uptime" else (),
        curves=curves,
        odd_samples=_odd_samples(history, request, mapped) if request.sources else None,
        blocks=blocks,
        blocks_strip=strip,
        watermark=watermark,
        fit=_fit(session.boots, bands, history, request, mapped),
        projection=request.projection if is_heap and not request.as_percent else None,
        marks=request.marks,
        ranges=request.ranges,
        bands=bands_in_view(bands, history.ts, request.start, request.end),
        selection=request.selection,
    )


def value_map(session: Session, request: PictureRequest) -> ValueMap:
    """Return how the values are shown: as they are, or as percent of the heap that is used."""
    total = session.total_heap
    if request.as_percent and total and request.key == FREE_HEAP:
        return ValueMap(-100.0 / total, 100.0, "%")
    return ValueMap(1.0, 0.0, wording.unit_of(request.key.field))


def decline_of(session: Session, start: float, end: float) -> float | None:
    """Return by how many bytes the free heap fell from ``start`` to ``end``, by its fit."""
    fit = live_fit(session.heap, start, end)
    return None if fit is None else -fit.slope * (fit.end - fit.start)


def empty_picture(start: float, end: float, time_mode: TimeMode) -> PlotPicture:
    """Return a plot of nothing."""
    return PlotPicture(start=start, end=end, low=0.0, high=1.0, unit="", unit_label="", time_mode=time_mode)


def _curve(
    name: str, bands: tuple[Band, ...], history: SeriesHistory, request: PictureRequest, mapped: ValueMap
) -> Curve:
    inside = history.between(request.start, request.end)
    inside = slice(max(inside.start - 1, 0), min(inside.stop + 1, len(history)))
    runs = pieces(history.ts, history.gaps, bands, inside)
    total = max(inside.stop - inside.start, 1)
    if len(runs) > _SEPARATE_PIECES:
        found = _broken(_piece(history, inside, request.columns, mapped), history.ts, runs)
    else:
        shares = [max(round(request.columns * (run.stop - run.start) / total), 8) for run in runs]
        found = [_piece(history, run, share, mapped) for run, share in zip(runs, shares, strict=True)]
    newest = (float(history.ts[-1]), mapped.one(float(history.value[-1]))) if len(history) else None
    return Curve(name, request.role, tuple(found), newest)


def _piece(history: SeriesHistory, run: slice, columns: int, mapped: ValueMap) -> Piece:
    outline = history.outline(run.start, run.stop, columns)
    ts = history.ts
    middle = (ts[outline.first] + ts[outline.first + outline.many - 1]) / 2
    if middle.size > 1:
        middle[0], middle[-1] = ts[run.start], ts[run.stop - 1]
    low, high = mapped.of(outline.low), mapped.of(outline.high)
    if mapped.factor < 0:
        low, high = high, low
    return Piece(middle, low, high, mapped.of(outline.mean))


def _broken(whole: Piece, ts: Floats, runs: list[slice]) -> list[Piece]:
    """Return a piece cut where the runs begin, to the nearest block: with so many breaks nobody sees the difference."""
    begins = np.array([ts[run.start] for run in runs[1:]])
    cuts = np.unique(np.searchsorted(whole.ts, begins))
    edges = [0, *cuts.tolist(), whole.ts.size]
    return [Piece(*(column[first:last] for column in whole)) for first, last in pairwise(edges) if last > first]


def _other_curves(request: PictureRequest) -> Iterator[Curve]:
    for session, role in request.others:
        history = session.history(request.key.variant, request.key.field)
        if history is not None and len(history):
            aside = replace(request, role=role)
            yield _curve(session.name, (), history, aside, value_map(session, request))


def _reach(curves: Iterable[Curve]) -> tuple[float, float]:
    seen = [piece for curve in curves for piece in curve.pieces if piece.low.size]
    lows = [float(piece.low.min()) for piece in seen]
    highs = [float(piece.high.max()) for piece in seen]
    return (min(lows), max(highs)) if lows else (0.0, 1.0)


def _blocks(session: Session, request: PictureRequest) -> Steps | None:
    end = session.last_ts if session.last_ts is not None else request.end
    return block_steps(session.largest_block, request.bands, (request.start, request.end), min(end, request.end))


def _watermark(session: Session, mapped: ValueMap) -> tuple[float, float] | None:
    if session.watermark is None:
        return None
    return mapped.one(session.watermark), session.boots[-1].start if session.boots else 0.0


def _with_watermark(low: float, high: float, watermark: tuple[float, float] | None) -> tuple[float, float]:
    """Return the reach with the lowest value since boot, unless that is far off what is seen."""
    if watermark is None or not low - 0.5 * (high - low) <= watermark[0] <= high + 0.5 * (high - low):
        return low, high
    return min(low, watermark[0]), max(high, watermark[0])


def _rounded(low: float, high: float, *, below: bool) -> tuple[float, float]:
    """Return the reach with a margin, at round values, so that a live plot does not tremble."""
    span = high - low or max(abs(high) * 0.02, 1.0)
    power = 10.0 ** np.floor(np.log10(span / 8))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= span / 8)
    bottom, top = np.floor((low - span * 0.04) / step) * step, np.ceil((high + span * 0.04) / step) * step
    if low >= 0:
        bottom = max(bottom, 0.0)
    if below:
        bottom -= (top - bottom) * STRIP_SHARE / (1 - STRIP_SHARE)
    return float(bottom), float(top)


def _fit(
    boots: tuple[Boot, ...],
    bands: tuple[Band, ...],
    history: SeriesHistory,
    request: PictureRequest,
    mapped: ValueMap,
) -> LiveFit | None:
    if request.fit_range is None:
        return None
    start, end = request.fit_range
    fit = live_fit(history, segment_start(boots, bands, start, end), end)
    if fit is None or mapped.factor == 1.0:
        return fit
    size = abs(mapped.factor)
    return fit._replace(
        level=mapped.one(fit.level),
        slope=fit.slope * mapped.factor,
        slope_error=fit.slope_error * size,
        level_error=fit.level_error * size,
    )


def _odd_samples(history: SeriesHistory, request: PictureRequest, mapped: ValueMap) -> tuple[Floats, Floats] | None:
    """Return the samples in view whose source is not that of most, where they are few enough to be told apart."""
    inside = history.between(request.start, request.end)
    codes = history.source[inside]
    if not 0 < codes.size <= _MOST_CHECKED:
        return None
    counts = np.bincount(np.clip(codes, 0, None))
    odd = np.flatnonzero(codes != counts.argmax())
    if not 0 < odd.size <= _MOST_ODD:
        return None
    return history.ts[inside][odd], mapped.of(history.value[inside][odd])


def _boot_spans(session: Session, history: SeriesHistory, now: float) -> tuple[BootSpan, ...]:
    spans = []
    for boot in session.boots:
        end = boot.end if boot.end is not None else now
        inside = history.between(boot.start, end)
        stated = np.flatnonzero(np.isfinite(history.uptime[inside]))
        if stated.size:
            at = inside.start + int(stated[-1])
            zero = float(history.ts[at] - history.uptime[at])
        else:
            zero = boot.start - (boot.first_uptime or 0.0)
        spans.append(BootSpan(boot.start, end, zero))
    return tuple(spans)


def _unit_label(request: PictureRequest, unit: str, *, is_heap: bool) -> str:
    if is_heap:
        return "% used" if request.as_percent and unit == "%" else f"{unit} free"
    return unit
