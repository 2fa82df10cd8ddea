# SPDX-License-Identifier: GPL-3.0-only
"""The round icon of a tile: a glyph on a disc of the same colour at 20 %."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


class RoundIcon(QWidget):
    """A disc of ``size`` pixels with an icon in the colour of a role."""

    def __init__(
        self,
        theme: ThemeKeeper,
        icon: str,
        role: str = "primary",
        *,
        size: int = 36,
        glyph: int = 20,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._role, self._size, self._glyph = theme, icon, role, size, glyph
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._tint)

    def set(self, icon: str, role: str) -> None:
        """Show another icon or colour."""
        if (icon, role) != (self._icon, self._role):
            self._icon, self._role = icon, role
            self.update()

    @Slot()
    def _tint(self) -> None:
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the disc."""
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw disc and glyph."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.tint(self._theme.colors.role(self._role), 0.2))
        painter.drawEllipse(QRectF(0, 0, self._size, self._size))
        offset = (self._size - self._glyph) / 2
        pixmap = self._theme.pixmap(self._icon, self._role, self._glyph, self.devicePixelRatioF())
        painter.drawPixmap(int(offset), int(offset), pixmap)
