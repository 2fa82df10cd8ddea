# SPDX-License-Identifier: GPL-3.0-only
"""Draws the statements of the status strip from the left, as many as fit, and the clock at the right."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QEvent, QRect, Qt, Slot
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from mtleak_gui.ui.status.status_item import StatusItem
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.labels import plain_tip

_HEIGHT = 28
_PADDING = 12
_ICON = 14


class StatusStrip(QWidget):
    """``show_items`` is called once a second; drawing costs nothing that matters."""

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._items: tuple[StatusItem, ...] = ()
        self._clock = ""
        self._places: list[tuple[QRect, str]] = []
        self.setProperty("kind", "status-strip")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName(self.tr("Status"))
        theme.changed.connect(self._tint)

    def show_items(self, items: tuple[StatusItem, ...], now: float) -> None:
        """Show these statements and the time of day."""
        self._items = items
        moment = datetime.fromtimestamp(now).astimezone()
        offset = f"{moment:%z}"
        self._clock = f"{moment:%a %Y-%m-%d %H:%M:%S} UTC{offset[:3]}:{offset[3:5]}"
        self.setAccessibleDescription("; ".join(item.text for item in items))
        self.update()

    @property
    def texts(self) -> tuple[str, ...]:
        """The statements as words."""
        return tuple(item.text for item in self._items)

    @Slot()
    def _tint(self) -> None:
        self.update()

    def event(self, event: QEvent) -> bool:
        """Show the tip of the statement under the mouse."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            tip = next((tip for place, tip in self._places if place.contains(event.pos())), "")
            QToolTip.showText(event.globalPos(), plain_tip(tip) if tip else "", self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the statements that fit, then the clock."""
        painter = QPainter(self)
        colors, plain = self._theme.colors, QFontMetrics(self._theme.font(12))
        room = self.width()
        for clock in (self._clock, self._clock.partition(" UTC")[0]):
            if plain.horizontalAdvance(clock) < self.width() * 0.3:
                room = self.width() - plain.horizontalAdvance(clock) - 2 * _PADDING
                painter.setFont(self._theme.font(12))
                painter.setPen(colors.text_2)
                place = self.rect().adjusted(0, 0, -16, 0)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, clock)
                break
        self._places = []
        x = 16
        for number, item in enumerate(self._items):
            width = self._width_of(item)
            if number and x + width > room:
                break
            self._places.append((QRect(x, 0, width, self.height()), item.tip))
            if number:
                painter.fillRect(x - _PADDING - 1, 8, 1, 12, colors.divider)
            x = self._draw(painter, item, x) + 2 * _PADDING + 1

    def _width_of(self, item: StatusItem) -> int:
        words = sum(self._metrics(part.strong).horizontalAdvance(part.text) for part in item.parts)
        return words + (_ICON + 6 if item.icon else 0)

    def _metrics(self, strong: bool) -> QFontMetrics:  # noqa: FBT001 - private
        return QFontMetrics(self._theme.font(12, 500 if strong else 400))

    def _draw(self, painter: QPainter, item: StatusItem, x: int) -> int:
        if item.icon:
            picture = self._theme.pixmap(item.icon, item.parts[0].role, _ICON, self.devicePixelRatioF())
            painter.drawPixmap(x, (self.height() - _ICON) // 2, picture)
            x += _ICON + 6
        for part in item.parts:
            painter.setFont(self._theme.font(12, 500 if part.strong else 400))
            painter.setPen(self._theme.colors.role(part.role))
            width = self._metrics(part.strong).horizontalAdvance(part.text)
            painter.drawText(QRect(x, 0, width + 2, self.height()), Qt.AlignmentFlag.AlignVCenter, part.text)
            x += width
        return x
