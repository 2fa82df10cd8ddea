# SPDX-License-Identifier: GPL-3.0-only
"""Below the curve: grid, hatched bands, shaded ranges, the selected stretch."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPixmap

from mtleak_gui.core.axis_ticks import Tick
from mtleak_gui.ui.pages.heap.plot.layer import Layer, line_pen
from mtleak_gui.ui.pages.heap.plot.picture import PlotPicture
from mtleak_gui.ui.pages.heap.plot.plot_scale import PlotScale
from mtleak_gui.ui.pages.heap.plot.plot_view import PlotView
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_HATCH_EVERY = 8
"""Pixels along a row; across the lines it is six."""
_NARROWEST_BAND = 6.0


class GroundLayer(Layer):
    """Paints what the curve stands on."""

    def __init__(self, view: PlotView, theme: ThemeKeeper) -> None:
        super().__init__(view, theme, -20)
        self._picture: PlotPicture | None = None
        self._x_ticks: list[Tick] = []
        self._y_ticks: list[Tick] = []
        self._hatch: tuple[int, QBrush] | None = None

    def show_picture(self, picture: PlotPicture, x_ticks: list[Tick], y_ticks: list[Tick]) -> None:
        """Show another picture, with grid lines at these ticks."""
        self._picture, self._x_ticks, self._y_ticks = picture, x_ticks, y_ticks
        self.update()

    def draw(self, painter: QPainter, scale: PlotScale) -> None:
        """Paint, furthest down first."""
        if self._picture is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        self._draw_grid(painter, scale)
        self._draw_bands(painter, scale, self._picture)
        self._draw_ranges(painter, scale, self._picture)
        self._draw_selection(painter, scale, self._picture)
        self._draw_strip(painter, scale, self._picture)

    def _draw_grid(self, painter: QPainter, scale: PlotScale) -> None:
        divider = self._theme.colors.divider
        across = [round(scale.y(tick.place)) + 0.5 for tick in self._y_ticks]
        down = [round(scale.x(tick.place)) + 0.5 for tick in self._x_ticks]
        painter.setPen(line_pen(self._theme.tint(divider, 0.62)))
        painter.drawLines(
            [QLineF(0, y, scale.width, y) for y in across] + [QLineF(x, 0, x, scale.height) for x in down]
        )
        if len(down) > 1:
            half = (down[1] - down[0]) / 2
            painter.setPen(line_pen(self._theme.tint(divider, 0.3)))
            painter.drawLines([QLineF(x, 0, x, scale.height) for x in (down[0] - half, *(x + half for x in down))])
        painter.setPen(line_pen(divider))
        painter.drawLine(QPointF(0, scale.height - 0.5), QPointF(scale.width, scale.height - 0.5))

    def _draw_bands(self, painter: QPainter, scale: PlotScale, picture: PlotPicture) -> None:
        for band in picture.bands:
            left, right = band_edges(scale, band.start, band.end)
            if right >= 0 and left <= scale.width:
                painter.fillRect(QRectF(left, 0, right - left, scale.height), self._hatched())

    def _draw_ranges(self, painter: QPainter, scale: PlotScale, picture: PlotPicture) -> None:
        shade = self._theme.tint(self._theme.colors.marker, 0.12)
        for stretch in picture.ranges:
            left, right = max(scale.x(stretch.start), -1.0), min(scale.x(stretch.end), scale.width + 1)
            if right > left:
                painter.fillRect(QRectF(left, 0, right - left, scale.height), shade)

    def _draw_selection(self, painter: QPainter, scale: PlotScale, picture: PlotPicture) -> None:
        if picture.selection is not None:
            left, right = (scale.x(edge) for edge in picture.selection)
            shade = self._theme.tint(self._theme.colors.primary, 0.08)
            painter.fillRect(QRectF(left, 0, right - left, scale.height).intersected(self.boundingRect()), shade)

    def _draw_strip(self, painter: QPainter, scale: PlotScale, picture: PlotPicture) -> None:
        if picture.blocks_strip is not None:
            top = strip_top(scale)
            painter.setPen(line_pen(self._theme.colors.divider))
            painter.drawLine(QPointF(0, top), QPointF(scale.width, top))

    def _hatched(self) -> QBrush:
        color = self._theme.colors.disabled
        if self._hatch is None or self._hatch[0] != color.rgba():
            self._hatch = (color.rgba(), _hatch_brush(color))
        return self._hatch[1]


def band_edges(scale: PlotScale, start: float, end: float | None) -> tuple[float, float]:
    """Return the columns of a band, at least six pixels apart; an open one reaches to the right edge."""
    left = scale.x(start)
    right = scale.width if end is None else scale.x(end)
    lacking = max(_NARROWEST_BAND - (right - left), 0.0) / 2
    return round(left - lacking), round(right + lacking)


STRIP_SHARE = 0.2
"""Of the plot's height, for the largest block where it has a strip of its own."""


def strip_top(scale: PlotScale) -> float:
    """Return the line where the strip of the largest block begins."""
    return round(scale.height * (1 - STRIP_SHARE)) + 0.5


def _hatch_brush(color: QColor) -> QBrush:
    """Return lines of 45 degrees, 1.5 wide every 6, as a tile that repeats without a seam."""
    size = _HATCH_EVERY * 2
    tile = QPixmap(size, size)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(line_pen(color, 1.5))
    for offset in range(-size, 2 * size + 1, _HATCH_EVERY):
        painter.drawLine(QPointF(offset - 1, size + 1), QPointF(offset + size + 1, -1))
    painter.end()
    return QBrush(tile)
