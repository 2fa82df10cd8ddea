# SPDX-License-Identifier: GPL-3.0-only
"""A panel that opens under a control and goes when one clicks beside it or presses Esc."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QStyle, QStyleOption, QVBoxLayout, QWidget

_BELOW = 4


class PopupPanel(QFrame):
    """``body`` takes what it holds; ``open_below`` shows it."""

    def __init__(self, parent: QWidget | None = None, *, padding: int = 0) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setProperty("kind", "popup")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(0)

    def open_below(self, control: QWidget) -> None:
        """Show the panel under a control, moved so that the screen holds it."""
        self.adjustSize()
        corner = control.mapToGlobal(QPoint(0, control.height() + _BELOW))
        room = control.screen().availableGeometry()
        x = max(room.left(), min(corner.x(), room.right() - self.width()))
        y = max(room.top(), min(corner.y(), room.bottom() - self.height()))
        self.move(x, y)
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw ground and border: Qt leaves both out of a window that lets its corners shine through."""
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
