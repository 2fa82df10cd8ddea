# SPDX-License-Identifier: GPL-3.0-only
"""The control that says which board is chosen and how its link stands; it opens the port picker."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from mtleak_gui.core.wording import single_line
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.labels import plain_tip

_WIDTH = 216
_DOT = 10


class DeviceButton(QPushButton):
    """Two lines beside a dot that is filled while the board is heard."""

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = self._place = ""
        self._connected = self._trying = False
        self.setProperty("kind", "device")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumWidth(150)
        self.setMaximumWidth(_WIDTH)
        theme.changed.connect(self._tint)
        self.show_device("", "", connected=False)

    def show_device(self, name: str, place: str, *, connected: bool, trying: bool = False) -> None:
        """Show a board's name and where it is plugged in; without a name, that there is none."""
        shown = (single_line(name) or self.tr("No board"), single_line(place), connected, trying)
        if shown == (self._name, self._place, self._connected, self._trying):
            return
        self._name, self._place, self._connected, self._trying = shown
        sought = self.tr("not connected yet") if trying else self.tr("not connected")
        state = self.tr("connected") if connected else sought
        self.setAccessibleName(self.tr("Board: {0}").format(f"{self._name}, {place}, {state}" if name else self._name))
        self.setToolTip(plain_tip(f"{self._name}\n{place}" if place else self._name))
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the specification."""
        return QSize(_WIDTH, 36)

    @Slot()
    def _tint(self) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the frame of a button, then dot, lines and arrow."""
        painter = QPainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        self.style().drawControl(QStyle.ControlElement.CE_PushButtonBevel, option, painter, self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = self._theme.colors
        dot = QRectF(13, (self.height() - _DOT) / 2, _DOT, _DOT).adjusted(1, 1, -1, -1)
        ring = colors.warn if self._trying else colors.text_2
        painter.setPen(QPen(colors.ok if self._connected else ring, 2 if self._trying else 1.2))
        painter.setBrush(colors.ok if self._connected else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(dot)
        left, width = 29, self.width() - 29 - 34
        if self._place:
            self._line(painter, self._name, left, width, top=4, height=16, px=13, weight=500)
            self._line(painter, self._place, left, width, top=19, height=14, px=11, weight=400)
        else:
            self._line(painter, self._name, left, width, top=0, height=self.height(), px=13, weight=500)
        arrow = self._theme.pixmap("chevron-down", "text_2", 18, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - 30, (self.height() - 18) // 2, arrow)

    def _line(
        self, painter: QPainter, text: str, left: int, width: int, *, top: int, height: int, px: int, weight: int
    ) -> None:
        font = self._theme.font(px, weight)
        painter.setFont(font)
        painter.setPen(self._theme.colors.text if weight > 400 else self._theme.colors.text_2)
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
        painter.drawText(left, top, width, height, Qt.AlignmentFlag.AlignVCenter, shown)
