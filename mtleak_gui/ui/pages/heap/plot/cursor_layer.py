# SPDX-License-Identifier: GPL-3.0-only
"""The crosshair on a sample with its box, and the box of a zoom that is being dragged."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from mtleak_gui.ui.pages.heap.plot.layer import Layer, line_pen
from mtleak_gui.ui.pages.heap.plot.picture import Cursor
from mtleak_gui.ui.pages.heap.plot.plot_scale import PlotScale
from mtleak_gui.ui.pages.heap.plot.plot_view import PlotView
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_PADDING = 10.0
_ROW = 15.0


class CursorLayer(Layer):
    """Paints what follows the pointer."""

    def __init__(self, view: PlotView, theme: ThemeKeeper) -> None:
        super().__init__(view, theme, 30)
        self._cursor: Cursor | None = None
        self._zoom_box: QRectF | None = None

    @property
    def cursor_shown(self) -> Cursor | None:
        """What the cursor stands on."""
        return self._cursor

    def show_cursor(self, cursor: Cursor | None) -> None:
        """Put the cursor on a sample, or take it away."""
        if cursor != self._cursor:
            self._cursor = cursor
            self.update()

    def show_zoom_box(self, box: QRectF | None) -> None:
        """Show the box that is being dragged, in pixels."""
        self._zoom_box = box
        self.update()

    def draw(self, painter: QPainter, scale: PlotScale) -> None:
        """Paint the cross, the ring, the box of words."""
        if self._zoom_box is not None:
            painter.setPen(line_pen(self._theme.colors.primary, 1.0, (4, 3)))
            painter.setBrush(self._theme.tint(self._theme.colors.primary, 0.08))
            painter.drawRect(self._zoom_box)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        cursor = self._cursor
        if cursor is None or not scale.start <= cursor.ts <= scale.end:
            return
        x, y = scale.x(cursor.ts), scale.y(cursor.value)
        grey = self._theme.colors.text_2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(line_pen(self._theme.tint(grey, 0.6)))
        painter.drawLine(QPointF(round(x) + 0.5, 0), QPointF(round(x) + 0.5, scale.height))
        painter.setPen(line_pen(self._theme.tint(grey, 0.35)))
        painter.drawLine(QPointF(0, round(y) + 0.5), QPointF(scale.width, round(y) + 0.5))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(line_pen(self._theme.colors.primary, 2.0))
        painter.setBrush(self._theme.colors.card)
        painter.drawEllipse(QPointF(x, y), 4, 4)
        self._draw_box(painter, scale, cursor, QPointF(x, y))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_box(self, painter: QPainter, scale: PlotScale, cursor: Cursor, point: QPointF) -> None:
        strong, plain = self._theme.font(12, 500), self._theme.font(11)
        wide, narrow = QFontMetricsF(strong), QFontMetricsF(plain)
        lines = [
            wide.horizontalAdvance(cursor.strong) + narrow.horizontalAdvance(cursor.change) + 20,
            narrow.horizontalAdvance(cursor.clock) + narrow.horizontalAdvance(cursor.uptime) + 20,
            narrow.horizontalAdvance(cursor.source),
        ]
        width, height = max(*lines, 130.0) + 2 * _PADDING, 3 * _ROW + 11
        left = point.x() + 10 if point.x() + 10 + width < scale.width else point.x() - 10 - width
        top = point.y() + 34 if point.y() + 34 + height < scale.height else point.y() - 24 - height
        box = QRectF(round(max(left, 2)), round(max(top, 2)), round(width), height)
        painter.setPen(line_pen(self._theme.colors.divider))
        painter.setBrush(self._theme.colors.card)
        painter.drawRoundedRect(box.translated(0.5, 0.5), 8, 8)
        inner = box.adjusted(_PADDING, 5, -_PADDING, -5)
        left_side, right_side = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        rows = [QRectF(inner.x(), inner.y() + number * _ROW, inner.width(), _ROW + 1) for number in range(3)]
        painter.setFont(strong)
        painter.setPen(self._theme.colors.text)
        painter.drawText(rows[0], left_side | Qt.AlignmentFlag.AlignVCenter, cursor.strong)
        painter.setFont(plain)
        painter.setPen(self._theme.colors.text_2)
        for row, side, words in (
            (rows[0], right_side, cursor.change),
            (rows[1], left_side, cursor.clock),
            (rows[1], right_side, cursor.uptime),
            (rows[2], left_side, cursor.source),
        ):
            painter.drawText(row, side | Qt.AlignmentFlag.AlignVCenter, words)
