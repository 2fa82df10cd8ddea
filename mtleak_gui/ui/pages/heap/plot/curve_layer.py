# SPDX-License-Identifier: GPL-3.0-only
"""The curves: mean line over the band of extremes, largest block, lowest since boot, fit with its band, projection."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPolygonF

from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.live_fit import LiveFit
from mtleak_gui.ui.pages.heap.plot.layer import Layer, line_pen
from mtleak_gui.ui.pages.heap.plot.picture import Curve, Piece, PlotPicture
from mtleak_gui.ui.pages.heap.plot.plot_scale import PlotScale, polygon
from mtleak_gui.ui.pages.heap.plot.plot_view import PlotView
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_CALM = 3.0
"""A line that is no longer than so many widths of the plot is drawn two wide and smooth; longer ones cost too much."""
_BUSY = 6.0


class _Columns(NamedTuple):
    """A piece of the curve, one entry a pixel column."""

    x: Floats
    top: Floats
    bottom: Floats
    line: Floats


class CurveLayer(Layer):
    """Paints what was measured and what follows from it."""

    def __init__(self, view: PlotView, theme: ThemeKeeper) -> None:
        super().__init__(view, theme, 0)
        self._picture: PlotPicture | None = None

    def show_picture(self, picture: PlotPicture) -> None:
        """Show another picture."""
        self._picture = picture
        self.update()

    def draw(self, painter: QPainter, scale: PlotScale) -> None:
        """Paint, furthest down first."""
        if self._picture is None:
            return
        self._draw_watermark(painter, scale, self._picture)
        for curve in self._picture.curves:
            self._draw_curve(painter, scale, curve)
        if self._picture.fit is not None:
            self._draw_fit(painter, scale, self._picture.fit)
        self._draw_projection(painter, scale, self._picture)
        self._draw_odd_samples(painter, scale, self._picture)

    def _draw_curve(self, painter: QPainter, scale: PlotScale, curve: Curve) -> None:
        color = self._theme.colors.role(curve.role)
        columns = [_columns(piece, scale) for piece in curve.pieces if piece.ts.size]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(line_pen(self._theme.tint(color, 0.32)))
        for part in columns:
            if (part.bottom - part.top >= 1.0).any():
                painter.drawPolyline(_there_and_back(part))
        length = sum(float(np.abs(np.diff(part.line)).sum()) for part in columns)
        calm = length < _CALM * scale.width
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=calm)
        pen = line_pen(color, 2.0 if length < _BUSY * scale.width else 1.0)
        pen.setJoinStyle(Qt.PenJoinStyle.BevelJoin)
        painter.setPen(pen)
        for part in columns:
            _draw_line(painter, _halved(part) if calm else part)
        if curve.newest is not None and scale.start <= curve.newest[0] <= scale.end:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawEllipse(QPointF(scale.x(curve.newest[0]), scale.y(curve.newest[1])), 3.5, 3.5)
            painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_watermark(self, painter: QPainter, scale: PlotScale, picture: PlotPicture) -> None:
        if picture.watermark is None:
            return
        value, since = picture.watermark
        y = round(scale.y(value)) + 0.5
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(line_pen(self._theme.colors.text_2, 1.0, (1, 3)))
        painter.drawLine(QPointF(max(scale.x(since), 0), y), QPointF(scale.width, y))

    def _draw_fit(self, painter: QPainter, scale: PlotScale, fit: LiveFit) -> None:
        color = self._theme.colors.fit
        ts = np.linspace(max(fit.start, scale.start), min(fit.end, scale.end), 33)
        if ts[-1] <= ts[0]:
            return
        x, line, half = scale.xs(ts), fit.at(ts), fit.half_band(ts)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tint(color, 0.13))
        around = (np.concatenate((line + half, (line - half)[::-1])), np.concatenate((x, x[::-1])))
        painter.drawPolygon(polygon(around[1], scale.ys(around[0])))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(line_pen(color, 1.5, (6, 8)))
        painter.drawPolyline(polygon(x[[0, -1]], scale.ys(line[[0, -1]])))

    def _draw_projection(self, painter: QPainter, scale: PlotScale, picture: PlotPicture) -> None:
        ahead = picture.projection
        if ahead is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(line_pen(self._theme.colors.danger, 1.5, (3, 5)))
        ts = np.clip(np.array([ahead.ts, ahead.zero_ts]), scale.start, scale.end)
        value = np.interp(ts, (ahead.ts, ahead.zero_ts), (ahead.value, 0.0))
        painter.drawPolyline(polygon(scale.xs(ts), scale.ys(value)))
        if ahead.zero_ts <= scale.end:
            painter.drawEllipse(QPointF(scale.x(ahead.zero_ts), scale.y(0.0)), 4, 4)

    def _draw_odd_samples(self, painter: QPainter, scale: PlotScale, picture: PlotPicture) -> None:
        if picture.odd_samples is None:
            return
        color: QColor = self._theme.colors.text_2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(line_pen(color))
        painter.setBrush(self._theme.colors.card)
        x, y = scale.xs(picture.odd_samples[0]).tolist(), scale.ys(picture.odd_samples[1]).tolist()
        painter.drawRects([QRectF(round(at) - 1, round(level) - 1, 3, 3) for at, level in zip(x, y, strict=True)])
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _columns(piece: Piece, scale: PlotScale) -> _Columns:
    """Return the piece with its blocks joined where they fall on the same pixel column."""
    x = scale.xs(piece.ts)
    top, bottom, line = scale.ys(piece.high), scale.ys(piece.low), scale.ys(piece.mean)
    flipped = top > bottom
    if flipped.any():
        top, bottom = np.minimum(top, bottom), np.maximum(top, bottom)
    column = np.floor(x)
    first = np.flatnonzero(np.diff(column, prepend=column[0] - 1))
    if first.size == column.size:
        return _Columns(x, top, bottom, line)
    many = np.diff(np.append(first, column.size))
    return _Columns(
        column[first] + 0.5,
        np.minimum.reduceat(top, first),
        np.maximum.reduceat(bottom, first),
        np.add.reduceat(line, first) / many,
    )


def _there_and_back(part: _Columns) -> QPolygonF:
    """Return the columns as one line that goes down in one and up in the next: many times cheaper than many lines."""
    levels = np.column_stack((part.top, part.bottom))
    levels[1::2] = levels[1::2, ::-1]
    return polygon(np.repeat(part.x, 2), levels.ravel())


def _halved(part: _Columns) -> _Columns:
    """Return a calm line with a point each two pixels: no eye tells it apart, and smooth lines cost by the point."""
    if part.x.size < 4 or part.x[1] - part.x[0] > 1.5:
        return part
    inner = part.x.size // 2 * 2
    middle = (part.line[0:inner:2] + part.line[1:inner:2]) / 2
    line = np.concatenate((part.line[:1], middle[1:-1], part.line[-1:]))
    x = np.concatenate((part.x[:1], part.x[1:inner:2][1:-1] - 0.5, part.x[-1:]))
    return part._replace(x=x, line=line)


def _draw_line(painter: QPainter, part: _Columns) -> None:
    if part.x.size == 1:
        painter.drawPoint(QPointF(part.x[0], part.line[0]))
        return
    shape: QPolygonF = polygon(part.x, part.line)
    painter.drawPolyline(shape)
