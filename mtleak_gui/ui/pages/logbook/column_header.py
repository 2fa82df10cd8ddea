# SPDX-License-Identifier: GPL-3.0-only
"""The names of the columns over the rows, at the same places."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mtleak_gui.ui.pages.logbook.row_layout import RowLayout
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_HEIGHT = 24


class ColumnHeader(QWidget):
    """Drawn for a layout of rows."""

    def __init__(self, theme: ThemeKeeper, layout: RowLayout, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = layout
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_rows(self, layout: RowLayout) -> None:
        """Stand over rows of another size."""
        self._rows = layout
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the names and the line under them."""
        painter = QPainter(self)
        painter.setFont(self._theme.font(11, 500))
        metrics = QFontMetricsF(painter.font())
        painter.setPen(self._theme.colors.text_2)
        y = (_HEIGHT - metrics.height()) / 2 + metrics.ascent()
        rows = self._rows
        for x, name in (
            (rows.time, self.tr("Time")),
            (rows.thread, self.tr("Thread")),
            (rows.level, self.tr("Level")),
            (rows.message, self.tr("Message")),
        ):
            painter.drawText(QPointF(x, y), name)
        if rows.board_width > 0:
            painter.drawText(QPointF(rows.board, y), self.tr("Board"))
        for end, name in ((rows.uptime_end, self.tr("Uptime, s")), (rows.heap_end, self.tr("Heap, B"))):
            painter.drawText(QPointF(end - metrics.horizontalAdvance(name), y), name)
        painter.fillRect(QRectF(0, _HEIGHT - 1, self.width(), 1), self._theme.colors.divider)
