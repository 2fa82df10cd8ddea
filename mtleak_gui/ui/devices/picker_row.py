# SPDX-License-Identifier: GPL-3.0-only
"""One row of the port picker: a radio mark, what the board is, its port and identity, and a state at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from mtleak_gui.ui.devices.board_choice import BoardChoice
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.chip import Chip
from mtleak_gui.ui.widgets.icon_label import IconLabel
from mtleak_gui.ui.widgets.labels import ElidedLabel, plain_tip

HEIGHT = 48
_PADDING = 16
_MARK, _TITLE, _PORT, _USB = 28, 216, 92, 96
_MARK_SIZE = 18
_LONG_TITLE = 400
_LOOKS = {
    "connected": ("check", "ok"),
    "connecting": ("sync", "neutral"),
    "last used": ("", "primary"),
    "new": ("", "ok"),
    "in use": ("lock-outline", "warn"),
}


class PickerRow(QWidget):
    """Chosen by a click, opened by a double click; the picker moves the choice by keys."""

    chosen = Signal(str)
    opened = Signal(str)
    remove_requested = Signal(str)

    def __init__(
        self, choice: BoardChoice, theme: ThemeKeeper, aside: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.choice = choice
        self._theme = theme
        self._is_chosen = self._is_hovered = self._ringed = False
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(_PADDING + _MARK, 0, _PADDING, 0)
        row.setSpacing(0)
        row.addWidget(self._names())
        columns = ((choice.port, "", _PORT), (choice.usb, "mono", _USB)) if choice.port else ()
        for words, kind, width in columns:
            part = ElidedLabel(words, kind, "secondary" if kind else "")
            part.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
            part.setFixedWidth(width)
            row.addWidget(part)
        identity = ElidedLabel(choice.identity, "secondary")
        identity.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        row.addWidget(identity)
        if choice.hint:
            self.setToolTip(plain_tip(choice.hint))
        if choice.hint and choice.identity:
            row.addSpacing(4)
            row.addWidget(IconLabel(theme, "information-outline", "text_2", 14))
        row.addStretch(1)
        if choice.state:
            icon, tone = _LOOKS[choice.state]
            row.addSpacing(8)
            row.addWidget(Chip(theme, choice.state, icon, tone))
        if choice.is_removable:
            row.addSpacing(4)
            row.addWidget(self._remove_button())
        if aside is not None:
            row.addSpacing(8)
            row.addWidget(aside)
        self.set_chosen(chosen=False)
        theme.changed.connect(self.update)

    def set_chosen(self, *, chosen: bool) -> None:
        """Mark the row as the one that would be connected."""
        self._is_chosen = chosen
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
        choice = self.choice
        words = (choice.title, choice.subtitle, choice.port, choice.identity, choice.state)
        state = self.tr("chosen") if chosen else self.tr("not chosen")
        self.setAccessibleName(", ".join([*(word for word in words if word), state]))
        self.update()

    def _names(self) -> QWidget:
        names = QWidget()
        names.setFixedWidth(self._title_width())
        column = QVBoxLayout(names)
        column.setContentsMargins(0, 6, 12, 6)
        column.setSpacing(0)
        title = ElidedLabel(self.choice.title)
        title.setFont(self._theme.font(13, 500))
        title.setStyleSheet("font-weight: 500;")
        column.addWidget(title)
        column.addWidget(ElidedLabel(self.choice.subtitle, "secondary"))
        return names

    def _title_width(self) -> int:
        """Return the column of the specification or, where the columns after it are empty, what a long title needs."""
        if self.choice.usb or self.choice.identity:
            return _TITLE
        needed = QFontMetrics(self._theme.font(13, 500)).horizontalAdvance(self.choice.title) + 20
        return max(_TITLE, min(needed, _LONG_TITLE))

    def _remove_button(self) -> QWidget:
        name = self.tr("Remove {0}").format(self.choice.title)
        remove = IconButton(self._theme, "close", kind="icon", size="small", name=name)
        remove.clicked.connect(self._remove)
        return remove

    @Slot()
    def _remove(self) -> None:
        self.remove_requested.emit(self.choice.key)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of the specification."""
        return QSize(688, HEIGHT)

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Choose."""
        self.chosen.emit(self.choice.key)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Connect."""
        self.opened.emit(self.choice.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Remove by Delete what can be removed; the picker has the other keys."""
        if event.key() == Qt.Key.Key_Delete and self.choice.is_removable:
            self._remove()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Light up."""
        super().enterEvent(event)
        self._is_hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Go dark again."""
        super().leaveEvent(event)
        self._is_hovered = False
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show the ring to who goes by keyboard."""
        super().focusInEvent(event)
        self._ringed = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Take the ring away."""
        super().focusOutEvent(event)
        self._ringed = False
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the ground and the radio mark."""
        painter = QPainter(self)
        colors = self._theme.colors
        if self._is_chosen:
            painter.fillRect(self.rect(), self._theme.tint(colors.primary, 0.12))
        elif self._is_hovered:
            painter.fillRect(self.rect(), self._theme.tint(colors.text, 0.08))
        mark = "radiobox-marked" if self._is_chosen else "radiobox-blank"
        pixmap = self._theme.pixmap(mark, "primary" if self._is_chosen else "text_2", _MARK_SIZE)
        place = QRect(_PADDING, (self.height() - _MARK_SIZE) // 2, _MARK_SIZE, _MARK_SIZE)
        painter.drawPixmap(place, pixmap)
        if self._ringed:
            painter.setPen(QPen(colors.primary, 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
