# SPDX-License-Identifier: GPL-3.0-only
"""A small bar that shows a share of a whole; the figure stands beside it in words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


class ShareBar(QWidget):
    """``share`` is 0 to 1; ``role`` names the colour of the filled part."""

    def __init__(
        self, theme: ThemeKeeper, share: float, role: str, *, width: int = 44, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._share, self._role, self._width = theme, min(1.0, max(0.0, share)), role, width
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._tint)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return its size."""
        return QSize(self._width, 6)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the whole, then the share."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colors.divider)
            painter.drawRoundedRect(QRectF(0, 0, self._width, 6), 3, 3)
            if self._share > 0:
                painter.setBrush(self._theme.colors.role(self._role))
                painter.drawRoundedRect(QRectF(0, 0, max(2.0, self._width * self._share), 6), 3, 3)

    @Slot()
    def _tint(self) -> None:
        self.update()
