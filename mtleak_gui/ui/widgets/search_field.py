# SPDX-License-Identifier: GPL-3.0-only
"""A field to search in, with a magnifying glass and a button that clears it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_GLASS, _LEFT = 18, 10


class SearchField(QLineEdit):
    """``words`` say what is searched."""

    def __init__(self, theme: ThemeKeeper, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setPlaceholderText(words)
        self.setAccessibleName(words)
        self.setClearButtonEnabled(True)
        self.setTextMargins(_GLASS + 4, 0, 0, 0)
        theme.changed.connect(self._tint)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the field, then the glass."""
        super().paintEvent(event)
        with QPainter(self) as painter:
            glass = self._theme.pixmap("magnify", "text_2", _GLASS, self.devicePixelRatioF())
            painter.drawPixmap(_LEFT, (self.height() - _GLASS) // 2, glass)

    @Slot()
    def _tint(self) -> None:
        self.update()
