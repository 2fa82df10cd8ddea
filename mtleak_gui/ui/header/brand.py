# SPDX-License-Identifier: GPL-3.0-only
"""The program's mark and name at the top left; a click folds the sidebar."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QWidget

from mtleak_gui.ui.sidebar import NARROW, WIDE
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

APPLICATION_NAME = "MT Leakhunt"
_ICON = 28
_LEFT = 14
_GAP = 12


class Brand(QAbstractButton):
    """As wide as the sidebar, so that both fold together."""

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._renderer = QSvgRenderer(str(Path(theme.resources) / "icons" / "app-icon.svg"), self)
        self._narrow = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show the mark alone, or with the name."""
        self._narrow = narrow
        self.setFixedSize(NARROW if narrow else WIDE, 55)
        words = self.tr("Unfold the sidebar") if narrow else self.tr("Fold the sidebar")
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the cell."""
        return QSize(NARROW if self._narrow else WIDE, 55)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the mark, and the name where there is room."""
        painter = QPainter(self)
        top = (self.height() - _ICON) / 2
        self._renderer.render(painter, QRectF(_LEFT, top, _ICON, _ICON))
        if not self._narrow:
            font = QFont(self._theme.font(16, 500))
            painter.setFont(font)
            painter.setPen(self._theme.colors.text)
            place = self.rect().adjusted(_LEFT + _ICON + _GAP, 0, 0, 0)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, APPLICATION_NAME)
