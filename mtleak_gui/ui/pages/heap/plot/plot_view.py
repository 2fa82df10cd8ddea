# SPDX-License-Identifier: GPL-3.0-only
"""The plot's view: it knows the range that is shown and turns gestures into wishes; it never moves by itself."""

from __future__ import annotations

from typing import Protocol

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal

from mtleak_gui.ui.pages.heap.plot.plot_scale import PlotScale

_WHEEL_STEP = 1.0015
"""Zoom for each unit of the wheel, of which a notch has 120."""
_GRIP = 7.0
"""How near, in pixels, an edge is taken hold of."""


class DragEvent(Protocol):
    """What the view needs of pyqtgraph's drag event."""

    def button(self) -> Qt.MouseButton: ...
    def modifiers(self) -> Qt.KeyboardModifier: ...
    def buttonDownPos(self) -> QPointF: ...  # noqa: N802 - pyqtgraph's name
    def pos(self) -> QPointF: ...
    def lastPos(self) -> QPointF: ...  # noqa: N802 - pyqtgraph's name
    def isStart(self) -> bool: ...  # noqa: N802 - pyqtgraph's name
    def isFinish(self) -> bool: ...  # noqa: N802 - pyqtgraph's name
    def accept(self) -> None: ...
    def ignore(self) -> None: ...


class PlotView(pg.ViewBox):  # type: ignore[misc]  # pyqtgraph has no types
    """Wishes are in times (epoch s) and values; the owner decides and calls ``show_range``."""

    zoom_requested = Signal(float, float)
    """Factor and the time that stays where it is."""
    value_zoom_requested = Signal(float, float)
    pan_requested = Signal(float, float)
    """By how much time and value to move."""
    box_dragged = Signal(QRectF, bool)
    """The zoom box in pixels, and whether it was let go."""
    selected = Signal(float, float)
    clicked = Signal(float)
    fit_requested = Signal()
    menu_requested = Signal(QPointF)

    def __init__(self) -> None:
        super().__init__(enableMenu=False, enableMouse=False, defaultPadding=0.0)
        self.disableAutoRange()
        self._gesture = ""
        self._edges: tuple[float, float] | None = None
        self._other_edge = 0.0

    def scale_now(self) -> PlotScale:
        """Return how times and values lie on the pixels of the view."""
        (start, end), (low, high) = self.state["viewRange"]
        rect = self.rect()
        return PlotScale(start, end, low, high, rect.width(), rect.height())

    def show_range(self, start: float, end: float, low: float, high: float) -> None:
        """Show exactly this."""
        (old_start, old_end), (old_low, old_high) = self.state["viewRange"]
        if (start, end, low, high) != (old_start, old_end, old_low, old_high):
            self.setRange(xRange=(start, end), yRange=(low, high), padding=0, update=True, disableAutoRange=False)

    def set_edges(self, edges: tuple[float, float] | None) -> None:
        """Let these two times be taken hold of: the selection."""
        self._edges = edges

    def wheelEvent(self, event: object, axis: int | None = None) -> None:  # noqa: N802, ARG002 - Qt's and pyqtgraph's
        """Zoom in time, with Alt in value; the place under the pointer stays."""
        scale, turn = self.scale_now(), float(event.delta())  # type: ignore[attr-defined]  # QGraphicsSceneWheelEvent
        factor = _WHEEL_STEP**-turn
        place = event.pos()  # type: ignore[attr-defined]  # QGraphicsSceneWheelEvent
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:  # type: ignore[attr-defined]  # QGraphicsSceneWheelEvent
            self.value_zoom_requested.emit(factor, scale.value_at(place.y()))
        else:
            self.zoom_requested.emit(factor, scale.time_at(place.x()))
        event.accept()  # type: ignore[attr-defined]  # QGraphicsSceneWheelEvent

    def mouseDragEvent(self, ev: DragEvent, axis: int | None = None) -> None:  # noqa: N802, ARG002 - pyqtgraph's names
        """Drag pans, with Ctrl zooms to a box, with Shift selects; an edge of the selection moves alone."""
        if ev.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            ev.ignore()
            return
        ev.accept()
        scale = self.scale_now()
        if ev.isStart():
            self._gesture = self._gesture_of(ev, scale)
        if self._gesture == "box":
            self.box_dragged.emit(QRectF(ev.buttonDownPos(), ev.pos()).normalized(), ev.isFinish())
        elif self._gesture == "select":
            self.selected.emit(self._other_edge, scale.time_at(ev.pos().x()))
        else:
            moved = ev.pos() - ev.lastPos()
            self.pan_requested.emit(
                scale.time_at(0) - scale.time_at(moved.x()), scale.value_at(0) - scale.value_at(moved.y())
            )

    def mouseClickEvent(self, ev: object) -> None:  # noqa: N802 - pyqtgraph's name
        """A click puts the cursor, a double click fits all, the right button opens the menu."""
        button = ev.button()  # type: ignore[attr-defined]  # pyqtgraph's MouseClickEvent
        if button == Qt.MouseButton.RightButton:
            self.menu_requested.emit(ev.screenPos())  # type: ignore[attr-defined]  # as above
        elif button == Qt.MouseButton.LeftButton and ev.double():  # type: ignore[attr-defined]  # as above
            self.fit_requested.emit()
        elif button == Qt.MouseButton.LeftButton:
            self.clicked.emit(self.scale_now().time_at(ev.pos().x()))  # type: ignore[attr-defined]  # as above
        ev.accept()  # type: ignore[attr-defined]  # as above

    def _gesture_of(self, ev: DragEvent, scale: PlotScale) -> str:
        down = ev.buttonDownPos()
        if ev.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return "box"
        if ev.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._other_edge = scale.time_at(down.x())
            return "select"
        if self._edges is not None:
            near = [abs(scale.x(edge) - down.x()) for edge in self._edges]
            if min(near) <= _GRIP:
                self._other_edge = self._edges[1 if near[0] <= near[1] else 0]
                return "select"
        return "pan"
