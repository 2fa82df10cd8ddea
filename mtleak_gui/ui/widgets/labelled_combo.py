# SPDX-License-Identifier: GPL-3.0-only
"""A combo box that says in grey what it chooses: ``Field  free_heap``."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_GAP = 6
_CHROME = 44
"""Padding at both sides and the arrow."""


class LabelledCombo(QComboBox):
    """``label`` is shown before the value, in the same control; it is the accessible name too."""

    def __init__(self, theme: ThemeKeeper, label: str = "", *, size: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = label
        self.setAccessibleName(label)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if size:
            self.setProperty("scale", size)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that holds the label and the widest value."""
        widest = max((self.fontMetrics().horizontalAdvance(self.itemText(n)) for n in range(self.count())), default=40)
        return QSize(widest + self._label_width() + _CHROME, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that holds the label and a little of the value."""
        return QSize(self._label_width() + _CHROME + 32, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the frame as any combo box has it, then label and value."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = ""
        painter = QPainter(self)
        self.style().drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option, painter, self)
        colors = self._theme.colors
        place = self.rect().adjusted(10, 0, -26, 0)
        painter.setFont(self.font())
        if self._label:
            painter.setPen(colors.text_2 if self.isEnabled() else colors.disabled)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, self._label)
            place = QRect(place).adjusted(self._label_width(), 0, 0, 0)
        painter.setPen(colors.text if self.isEnabled() else colors.disabled)
        shown = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)

    def _label_width(self) -> int:
        return QFontMetrics(self.font()).horizontalAdvance(self._label) + _GAP if self._label else 0
