# SPDX-License-Identifier: GPL-3.0-only
"""The largest free block as stairs, on the heap's axis or in a strip of its own where it would squeeze the curve."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from mtleak_gui.core import wording
from mtleak_gui.ui.pages.heap.plot.ground_layer import strip_top
from mtleak_gui.ui.pages.heap.plot.layer import Layer, line_pen
from mtleak_gui.ui.pages.heap.plot.picture import PlotPicture, Steps
from mtleak_gui.ui.pages.heap.plot.plot_scale import PlotScale, polygon
from mtleak_gui.ui.pages.heap.plot.plot_view import PlotView
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_SQUARES = 120
_STRIP_MARGIN = 16.0


class BlockLayer(Layer):
    """Paints the stairs with a square at each change and their name at the left end."""

    def __init__(self, view: PlotView, theme: ThemeKeeper) -> None:
        super().__init__(view, theme, -5)
        self._picture: PlotPicture | None = None

    def show_picture(self, picture: PlotPicture) -> None:
        """Show another picture."""
        self._picture = picture
        self.update()

    def draw(self, painter: QPainter, scale: PlotScale) -> None:
        """Paint the stairs."""
        if self._picture is None or self._picture.blocks is None:
            return
        steps = self._picture.blocks
        stairs = _strip_scale(scale, self._picture.blocks_strip)
        painter.save()
        if self._picture.blocks_strip is not None:
            painter.translate(0, strip_top(scale))
        color = self._theme.colors.largest_block
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=steps.ts.size <= _SQUARES)
        painter.setPen(line_pen(color, 1.5))
        for part in _runs(steps):
            _draw_stairs(painter, stairs, part)
        self._draw_squares(painter, stairs, steps)
        self._draw_name(painter, stairs, steps)
        painter.restore()

    def _draw_squares(self, painter: QPainter, scale: PlotScale, steps: Steps) -> None:
        changed = np.flatnonzero(np.diff(steps.value)) + 1
        if changed.size > _SQUARES:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(line_pen(self._theme.colors.largest_block))
        painter.setBrush(self._theme.colors.card)
        x, y = scale.xs(steps.ts[changed]).tolist(), scale.ys(steps.value[changed]).tolist()
        painter.drawRects([QRectF(round(at) - 2, round(level) - 2, 5, 5) for at, level in zip(x, y, strict=True)])
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_name(self, painter: QPainter, scale: PlotScale, steps: Steps) -> None:
        last = [edge for edge in steps.breaks if scale.start < edge < scale.end]
        begin = max(last[-1] if last else scale.start, scale.start, float(steps.ts[0]))
        at = int(np.searchsorted(steps.ts, begin, "right")) - (0 if last else 1)
        at = min(max(at, 0), steps.ts.size - 1)
        painter.setFont(self._theme.font(11, 500))
        painter.setPen(self._theme.colors.largest_block)
        words = self.tr("largest block")
        if self._picture is not None and self._picture.blocks_strip is not None:
            words += " " + wording.quantity(float(steps.value[-1]), wording.BYTE_UNIT)
        last_x = scale.width - painter.fontMetrics().horizontalAdvance(words) - 8
        painter.drawText(QPointF(min(scale.x(begin) + 8, last_x), scale.y(float(steps.value[at])) - 4), words)


def _strip_scale(scale: PlotScale, strip: tuple[float, float] | None) -> PlotScale:
    """Return the scale of the strip, counted from its top, or the plot's own."""
    if strip is None:
        return scale
    height = scale.height - strip_top(scale)
    low, high = strip
    per_pixel = (high - low or max(abs(high) * 0.1, 1.0)) / max(height - _STRIP_MARGIN - 8, 8.0)
    return scale._replace(low=low - 8 * per_pixel, high=low + (height - 8) * per_pixel, height=height)


def _runs(steps: Steps) -> list[Steps]:
    """Return the stairs cut where the curve is broken."""
    edges = [0, *np.searchsorted(steps.ts, np.array(steps.breaks), "right").tolist(), steps.ts.size]
    ends = [*steps.breaks, steps.end]
    parts = []
    for first, last, end in zip(edges, edges[1:], ends, strict=False):
        if last > first:
            parts.append(Steps(steps.ts[first:last], steps.value[first:last], (), min(end, steps.end)))
    return parts


def _draw_stairs(painter: QPainter, scale: PlotScale, steps: Steps) -> None:
    ts = np.append(np.repeat(steps.ts, 2)[1:], max(steps.end, float(steps.ts[-1])))
    # A drawing (SVG) does not clip, so nothing may reach beyond the view.
    ts = np.clip(ts, scale.start, scale.end)
    painter.drawPolyline(polygon(scale.xs(ts), np.round(scale.ys(np.repeat(steps.value, 2))) + 0.5))
