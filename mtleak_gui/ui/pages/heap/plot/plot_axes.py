# SPDX-License-Identifier: GPL-3.0-only
"""The axes: labels at the ticks that they are given, nothing else, painted at once."""

from __future__ import annotations

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from mtleak_gui.core.axis_ticks import Tick
from mtleak_gui.ui.pages.heap.plot.plot_view import PlotView
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

LEFT, RIGHT, TOP, BOTTOM = 56, 16, 24, 22
"""Room around the plot, in pixels."""


class TimeAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """One axis for all ways of telling time: swapping axes at run time breaks pyqtgraph's layout."""

    def __init__(self, view: PlotView, theme: ThemeKeeper) -> None:
        super().__init__("bottom", linkView=view, showValues=False)
        self._theme, self._view = theme, view
        self._ticks: list[Tick] = []
        self.setHeight(BOTTOM)

    def show_ticks(self, ticks: list[Tick]) -> None:
        """Show other labels."""
        self._ticks = ticks
        self.update()

    def linkedViewChanged(self, _view: object, _range: object = None) -> None:  # noqa: N802 - pyqtgraph's name
        """Paint again: the labels come by themselves, pyqtgraph need not work out its own."""
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """Return the axis's own rectangle; half a label may hang over at both ends."""
        rect: QRectF = self.rect()
        return rect.adjusted(-20, 0, RIGHT, 0)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint the labels below their ticks; one at an edge is moved in, one that would touch another left out."""
        scale, taken = self._view.scale_now(), -100.0
        painter.setFont(self._theme.font(11))
        painter.setPen(self._theme.colors.text_2)
        metrics = QFontMetricsF(painter.font())
        for tick in self._ticks:
            width = metrics.horizontalAdvance(tick.text)
            x = max(scale.x(tick.place) - width / 2, 0.0)
            if x >= taken and x + width <= scale.width + RIGHT:
                painter.drawText(QRectF(x, 4, width + 1, 16), Qt.AlignmentFlag.AlignCenter, tick.text)
                taken = x + width + 10


class ValueAxis(pg.AxisItem):  # type: ignore[misc]  # pyqtgraph has no types
    """Values at the left, with the unit on top."""

    def __init__(self, view: PlotView, theme: ThemeKeeper) -> None:
        super().__init__("left", linkView=view, showValues=False)
        self._theme, self._view = theme, view
        self._ticks: list[Tick] = []
        self._unit = ""
        self.setWidth(LEFT)

    def show_ticks(self, ticks: list[Tick], unit: str) -> None:
        """Show other labels."""
        self._ticks, self._unit = ticks, unit
        self.update()

    def linkedViewChanged(self, _view: object, _range: object = None) -> None:  # noqa: N802 - pyqtgraph's name
        """Paint again: the labels come by themselves, pyqtgraph need not work out its own."""
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802 - Qt's name
        """Return the axis's rectangle with the corner above it, where the unit stands."""
        rect: QRectF = self.rect()
        return rect.adjusted(0, -TOP, 0, 8)

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint the labels beside their ticks."""
        scale = self._view.scale_now()
        painter.setFont(self._theme.font(11))
        painter.setPen(self._theme.colors.text_2)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        width = self.rect().width() - 8
        painter.drawText(QRectF(0, -TOP + 2, width, 16), right, self._unit)
        for tick in self._ticks:
            painter.drawText(QRectF(0, scale.y(tick.place) - 8, width, 16), right, tick.text)
