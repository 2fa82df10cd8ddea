# SPDX-License-Identifier: GPL-3.0-only
"""The plot as a widget: it holds a pyqtgraph plot with our layers and axes, and shows pictures. Runs in: GUI thread."""

from __future__ import annotations

from datetime import UTC

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mtleak_gui.core.axis_ticks import Tick, clock_ticks, elapsed_ticks, uptime_ticks, value_ticks
from mtleak_gui.ui.pages.heap.plot.block_layer import BlockLayer
from mtleak_gui.ui.pages.heap.plot.cursor_layer import CursorLayer
from mtleak_gui.ui.pages.heap.plot.curve_layer import CurveLayer
from mtleak_gui.ui.pages.heap.plot.ground_layer import GroundLayer, strip_top
from mtleak_gui.ui.pages.heap.plot.mark_layer import MarkLayer
from mtleak_gui.ui.pages.heap.plot.picture import PlotPicture
from mtleak_gui.ui.pages.heap.plot.plot_axes import RIGHT, TimeAxis, ValueAxis
from mtleak_gui.ui.pages.heap.plot.plot_view import PlotView
from mtleak_gui.ui.pages.heap.plot.tag_lane import TagLane
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_PER_TIME_TICK, _PER_VALUE_TICK = 90.0, 28.0
"""About how many pixels a label gets."""


class HeapPlot(QWidget):
    """Shows one ``PlotPicture`` at a time. ``hovered`` tells the time under the pointer, ``None`` when it left."""

    hovered = Signal(object)
    resized = Signal()

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: PlotPicture | None = None
        self.view = PlotView()
        self._time_axis, self._value_axis = TimeAxis(self.view, theme), ValueAxis(self.view, theme)
        self._lane = TagLane(self.view, theme)
        axes = {"bottom": self._time_axis, "left": self._value_axis, "top": self._lane}
        self._widget = pg.PlotWidget(self, viewBox=self.view, axisItems=axes)
        item = self._widget.getPlotItem()
        item.hideButtons()
        for axis in axes:
            item.showAxis(axis)
        item.layout.setContentsMargins(0, 0, RIGHT, 0)
        self._widget.setAccessibleName(self.tr("Heap plot"))
        self._widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._widget.viewport().installEventFilter(self)
        self._ground, self._curves = GroundLayer(self.view, theme), CurveLayer(self.view, theme)
        self._blocks, self._marks = BlockLayer(self.view, theme), MarkLayer(self.view, theme)
        self.cursor_layer = CursorLayer(self.view, theme)
        self._widget.scene().sigMouseMoved.connect(self._mouse_moved)
        self.view.sigResized.connect(self._view_resized)
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self._widget)
        self.setFocusProxy(self._widget)
        theme.changed.connect(self._tint)
        self._tint()

    @property
    def picture(self) -> PlotPicture | None:
        """What is shown."""
        return self._picture

    def show_picture(self, picture: PlotPicture) -> None:
        """Show another picture."""
        self._picture = picture
        self.view.show_range(picture.start, picture.end, picture.low, picture.high)
        self.view.set_edges(picture.selection)
        self._lay_out()

    def columns(self) -> int:
        """Return how many pixels the plot is wide."""
        return max(int(self.view.rect().width()), 100)

    def time_under(self, place: QPointF) -> float:
        """Return the time under a place on the screen."""
        at = self._widget.mapFromGlobal(place.toPoint())
        return self.view.scale_now().time_at(self.view.mapFromScene(self._widget.mapToScene(at)).x())

    def set_summary(self, text: str) -> None:
        """Tell the plot in words to those who cannot see it."""
        self._widget.setAccessibleDescription(text)

    @property
    def summary(self) -> str:
        """The plot in words, as it was told last."""
        return str(self._widget.accessibleDescription())

    def repaint_now(self) -> None:
        """Paint at once, without waiting for the event loop."""
        self._widget.viewport().repaint()

    def render_to(self, painter: QPainter) -> None:
        """Paint the plot as it stands, without the widget's own borders."""
        self._widget.render(painter)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Tell when the pointer leaves."""
        if event.type() == QEvent.Type.Leave:
            self.hovered.emit(None)
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        picture = self._picture
        if picture is None:
            return
        rect = self.view.rect()
        x_ticks = time_ticks(picture, max(int(rect.width() / _PER_TIME_TICK), 2))
        y_ticks = value_ticks(picture.low, picture.high, max(int(rect.height() / _PER_VALUE_TICK), 2), picture.unit)
        if picture.blocks_strip is not None:
            scale = self.view.scale_now()
            y_ticks = [tick for tick in y_ticks if scale.y(tick.place) < strip_top(scale) - 6]
        self._time_axis.show_ticks(x_ticks)
        self._value_axis.show_ticks(y_ticks, picture.unit_label)
        self._lane.show_picture(picture)
        self._ground.show_picture(picture, x_ticks, y_ticks)
        for layer in (self._curves, self._blocks, self._marks):
            layer.show_picture(picture)

    @Slot(object)
    def _mouse_moved(self, place: QPointF) -> None:
        at = self.view.mapFromScene(place)
        inside = self.view.rect().contains(at)
        self.hovered.emit(self.view.scale_now().time_at(at.x()) if inside else None)

    def _view_resized(self, _view: object) -> None:
        self._lay_out()
        self.resized.emit()

    @Slot()
    def _tint(self) -> None:
        self._widget.setBackground(self._theme.colors.card)
        self._widget.viewport().update()


def time_ticks(picture: PlotPicture, about: int) -> list[Tick]:
    """Return the labels of the time axis in the picture's way of telling time."""
    start, end = picture.start, picture.end
    if picture.time_mode == "elapsed":
        return elapsed_ticks(start, end, about, picture.time_zero)
    if picture.time_mode == "uptime":
        return uptime_ticks(start, end, about, picture.boots)
    if picture.time_mode == "utc":
        return clock_ticks(start, end, about, UTC)
    return clock_ticks(start, end, about, None)
