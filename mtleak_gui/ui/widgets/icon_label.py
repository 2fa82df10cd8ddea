# SPDX-License-Identifier: GPL-3.0-only
"""A small icon beside words, tinted anew when the theme changes."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


class IconLabel(QLabel):
    """An icon of ``size`` pixels in the colour of a role. It says nothing by itself: a word stands beside it."""

    def __init__(self, theme: ThemeKeeper, icon: str, role: str, size: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._role, self._size = theme, icon, role, size
        self.setFixedSize(size, size)
        theme.changed.connect(self._tint)
        self._tint()

    def set(self, icon: str, role: str) -> None:
        """Show another icon or colour."""
        self._icon, self._role = icon, role
        self._tint()

    @Slot()
    def _tint(self) -> None:
        self.setPixmap(self._theme.pixmap(self._icon, self._role, self._size))
