# SPDX-License-Identifier: GPL-3.0-only
"""The whole recording in a strip below the plot, with the part that the plot shows as a window to drag."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mtleak_gui.core.axis_ticks import clock_text
from mtleak_gui.core.bands import Band
from mtleak_gui.core.curve_cuts import pieces
from mtleak_gui.core.series_history import SeriesHistory
from mtleak_gui.ui.pages.heap.plot.layer import line_pen
from mtleak_gui.ui.pages.heap.plot.plot_axes import LEFT, RIGHT
from mtleak_gui.ui.pages.heap.plot.plot_scale import PlotScale, polygon
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_GRIP = 7.0
_MANY_PIECES = 64


class Minimap(QWidget):
    """``window_dragged`` tells the stretch that the plot shall show (epoch s)."""

    window_dragged = Signal(float, float)

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.role = "heap_a"
        """Of the curve's colour."""
        self._history: SeriesHistory | None = None
        self._bands: tuple[Band, ...] = ()
        self._marks: tuple[float, ...] = ()
        self._whole = (0.0, 1.0)
        self._window = (0.0, 1.0)
        self._grip = ""
        self._grip_at = 0.0
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Overview of the whole recording"))
        theme.changed.connect(self._tint)

    def show_history(
        self, history: SeriesHistory, bands: tuple[Band, ...], marks: Sequence[float], window: tuple[float, float]
    ) -> None:
        """Show a history with the window of the plot in it."""
        self._history, self._bands, self._marks, self._window = history, bands, tuple(marks), window
        first = float(history.ts[0]) if len(history) else window[0]
        last = float(history.ts[-1]) if len(history) else window[1]
        self._whole = (min(first, window[0]) if first > window[0] else first, max(last, window[1]))
        self.update()

    def show_nothing(self) -> None:
        """Show no history."""
        self._history, self._marks = None, ()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint ground, curve, marks, window."""
        colors, place = self._theme.colors, self._place()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(line_pen(colors.divider))
            painter.setBrush(colors.bg)
            painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
            painter.setFont(self._theme.font(11))
            painter.setPen(colors.text_2)
            words = clock_text(self._whole[0], None, "%H:%M")
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, 0, LEFT - 8, self.height()), right, words)
            painter.setClipRect(place)
            painter.translate(place.topLeft())
            self._draw_curve(painter, place)
            self._draw_window(painter, place)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of an edge or the window, or bring the window here."""
        x = event.position().x() - LEFT
        self._grip = self._grip_of(x)
        if not self._grip:
            half = (self._window[1] - self._window[0]) / 2
            at = self._time_at(x)
            self.window_dragged.emit(at - half, at + half)
            self._grip = "window"
        self._grip_at = self._time_at(x)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drag what was taken hold of; else show what could be."""
        x = event.position().x() - LEFT
        if not self._grip:
            edge = self._grip_of(x) in ("start", "end")
            self.setCursor(Qt.CursorShape.SizeHorCursor if edge else Qt.CursorShape.ArrowCursor)
            return
        at, (start, end) = self._time_at(x), self._window
        if self._grip == "start":
            start = min(at, end - 1)
        elif self._grip == "end":
            end = max(at, start + 1)
        else:
            start, end = start + at - self._grip_at, end + at - self._grip_at
        self._grip_at = at
        self.window_dragged.emit(start, end)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go."""
        self._grip = ""

    def _draw_curve(self, painter: QPainter, place: QRectF) -> None:
        history = self._history
        if history is None or not len(history):
            return
        runs = pieces(history.ts, history.gaps, self._bands, slice(0, len(history)))
        outline = history.outline(0, len(history), int(place.width()) // 2 + 1)
        low, high = float(outline.low.min()), float(outline.high.max())
        margin = (high - low) * 0.12 or 1.0
        scale = PlotScale(*self._whole, low - margin, high + margin, place.width(), place.height())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(line_pen(self._theme.colors.role(self.role), 1.0))
        middle = history.ts[outline.first + outline.many // 2]
        begins = np.array([history.ts[run.start] for run in runs[1:_MANY_PIECES]])
        cuts = [0, *np.unique(np.searchsorted(middle, begins)).tolist(), middle.size]
        x, y = scale.xs(middle), scale.ys(outline.mean)
        for first, last in pairwise(cuts):
            if last > first:
                painter.drawPolyline(polygon(x[first:last], y[first:last]))
        painter.setPen(line_pen(self._theme.colors.marker))
        at = {round(scale.x(ts)) for ts in self._marks}
        painter.drawLines([QLineF(column + 0.5, 1, column + 0.5, place.height() - 1) for column in at])

    def _draw_window(self, painter: QPainter, place: QRectF) -> None:
        colors = self._theme.colors
        left, right = (self._x(edge) for edge in self._window)
        left, right = max(left, 0.0), min(right, place.width())
        cover = self._theme.tint(colors.bg, 0.6)
        painter.fillRect(QRectF(0, 0, left, place.height()), cover)
        painter.fillRect(QRectF(right, 0, place.width() - right, place.height()), cover)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(line_pen(colors.primary, 1.5))
        painter.setBrush(self._theme.tint(colors.primary, 0.12))
        painter.drawRoundedRect(QRectF(left + 1, 1, max(right - left - 2, 2), place.height() - 2), 4, 4)
        painter.setClipping(False)
        painter.setBrush(colors.card)
        middle = place.height() / 2
        for x in (left, right):
            painter.drawRoundedRect(QRectF(x - 3, middle - 6, 6, 12), 3, 3)
            painter.drawLine(QPointF(x, middle - 2), QPointF(x, middle + 2))

    def _place(self) -> QRectF:
        return QRectF(LEFT, 0, max(self.width() - LEFT - RIGHT, 10), self.height())

    def _x(self, ts: float) -> float:
        start, end = self._whole
        return (ts - start) / max(end - start, 1e-9) * self._place().width()

    def _time_at(self, x: float) -> float:
        start, end = self._whole
        return start + x / self._place().width() * (end - start)

    def _grip_of(self, x: float) -> str:
        left, right = (self._x(edge) for edge in self._window)
        if abs(x - left) <= _GRIP:
            return "start"
        if abs(x - right) <= _GRIP:
            return "end"
        return "window" if left < x < right else ""

    @Slot()
    def _tint(self) -> None:
        self.update()
