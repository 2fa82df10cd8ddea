# SPDX-License-Identifier: GPL-3.0-only
"""A line to type a pattern, with a wavy line under what is amiss in it."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLineEdit, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_WAVE, _HEIGHT = 4, 1.5


class PatternEdit(QLineEdit):
    """``amiss_from`` is where the trouble begins, ``None`` when there is none."""

    focus_changed = Signal(bool)

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._amiss_from: int | None = None
        self.setProperty("kind", "bare")
        self.setFont(theme.mono(13))
        self.setStyleSheet(f'QLineEdit {{ font-family: "{theme.mono(13).family()}"; font-size: 13px; }}')

    def set_amiss(self, position: int | None) -> None:
        """Underline the pattern from a place on, or nothing."""
        self._amiss_from = position
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the text, then the wave."""
        super().paintEvent(event)
        if self._amiss_from is None or not self.text():
            return
        metrics = QFontMetricsF(self.font())
        cursor = self.cursorRect()
        origin = cursor.center().x() - metrics.horizontalAdvance(self.text()[: self.cursorPosition()])
        start = origin + metrics.horizontalAdvance(self.text()[: min(self._amiss_from, len(self.text()) - 1)])
        end = origin + metrics.horizontalAdvance(self.text())
        bottom = cursor.center().y() + metrics.height() / 2
        steps = int(max(1.0, (min(end, self.width()) - start) / (_WAVE / 2)))
        half = _WAVE / 2
        points = [QPointF(start + n * half, bottom + _HEIGHT * math.cos(n * math.pi)) for n in range(steps + 1)]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colors.danger, 1.2))
        painter.drawPolyline(QPolygonF(points))

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that typing goes here."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)  # noqa: FBT003 - Qt's signature

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that typing goes elsewhere."""
        super().focusOutEvent(event)
        self.focus_changed.emit(False)  # noqa: FBT003 - Qt's signature
