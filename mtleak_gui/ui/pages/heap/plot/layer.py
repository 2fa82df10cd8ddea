# SPDX-License-Identifier: GPL-3.0-only
"""What every painted layer of the plot shares: it fills the view and paints in its pixels."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from mtleak_gui.ui.pages.heap.plot.plot_scale import PlotScale
from mtleak_gui.ui.pages.heap.plot.plot_view import PlotView
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


class Layer(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """One item for everything of a kind: hundreds of items would cost a frame each.

    A child of the view itself, not of its scaled group, so that it paints in pixels and is clipped to the view.
    """

    def __init__(self, view: PlotView, theme: ThemeKeeper, z: float) -> None:
        super().__init__()
        self._view, self._theme = view, theme
        self.setParentItem(view)
        self.setZValue(z)
        view.sigResized.connect(self._resized)
        view.sigRangeChanged.connect(self._moved)

    def draw(self, painter: QPainter, scale: PlotScale) -> None:
        """Paint the layer. Layers say how."""
        raise NotImplementedError

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """Return the rectangle of the view."""
        rect: QRectF = self._view.rect()
        return rect

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint in pixels of the view."""
        scale = self._view.scale_now()
        if scale.width > 1 and scale.height > 1:
            self.draw(painter, scale)

    def _resized(self, _view: object) -> None:
        self.prepareGeometryChange()

    def _moved(self, *_ranges: object) -> None:
        self.update()


def line_pen(color: QColor, width: float = 1.0, dashes: tuple[float, ...] = ()) -> QPen:
    """Return a pen; ``dashes`` are lengths in pixels."""
    pen = QPen(color, width)
    pen.setCosmetic(True)
    if dashes:
        pen.setDashPattern([length / width for length in dashes])
    return pen
