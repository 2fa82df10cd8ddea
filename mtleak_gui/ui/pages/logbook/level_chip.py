# SPDX-License-Identifier: GPL-3.0-only
"""A level that is shown or hidden, with its name in its colour and how many rows it has."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_HEIGHT, _PADDING, _GAP, _RADIUS = 28, 9, 5, 8


class LevelChip(QAbstractButton):
    """Checked: rows of this level are shown. Off is told by a dashed border and grey words, not by colour alone."""

    def __init__(self, theme: ThemeKeeper, level: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.level = level
        self._count = 0
        self.setCheckable(True)
        self.setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(self._tip())
        self.setAccessibleName(f"{level}, 0 rows")
        theme.changed.connect(self.update)

    @property
    def count(self) -> int:
        """How many rows of the level there are."""
        return self._count

    def set_count(self, count: int) -> None:
        """Tell how many rows of the level there are, shown or not."""
        if count != self._count:
            wider = len(f"{count:,}") != len(f"{self._count:,}")
            self._count = count
            self.setAccessibleName(self.tr("%1, %2 rows").replace("%1", self.level).replace("%2", f"{count:,}"))
            if wider:
                self.updateGeometry()
            self.update()

    def _tip(self) -> str:
        if self.level == "INFO":
            return self.tr("Show or hide INFO, and lines without a level: boot messages, crash dumps")
        return self.tr("Show or hide %1").replace("%1", self.level)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that holds name and count."""
        strong, plain = self._metrics()
        width = strong.horizontalAdvance(self.level) + _GAP + plain.horizontalAdvance(f"{self._count:,}")
        return QSize(round(width) + 2 * _PADDING + 1, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw border, name and count."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors = self._theme.colors
        on = self.isChecked()
        color = colors.role(f"log_{self.level.lower()}") if on else colors.disabled
        place = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(colors.card)
        painter.setPen(QPen(colors.divider, 1, Qt.PenStyle.SolidLine if on else Qt.PenStyle.DashLine))
        if self.isDown() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(place, _RADIUS, _RADIUS)
            painter.setBrush(self._theme.tint(color, 0.2 if self.isDown() else 0.1))
            painter.setPen(QPen(colors.divider, 1, Qt.PenStyle.SolidLine if on else Qt.PenStyle.DashLine))
        if self.hasFocus():
            painter.setPen(QPen(colors.primary, 2))
            place.adjust(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(place, _RADIUS, _RADIUS)
        strong, plain = self._metrics()
        y = (self.height() - strong.height()) / 2 + strong.ascent()
        painter.setFont(self._theme.font(12, 500))
        painter.setPen(color)
        painter.drawText(_PADDING, round(y), self.level)
        painter.setFont(self._theme.font(12))
        painter.setPen(colors.text_2 if on else colors.disabled)
        painter.drawText(
            round(self.width() - _PADDING - plain.horizontalAdvance(f"{self._count:,}")), round(y), f"{self._count:,}"
        )

    def _metrics(self) -> tuple[QFontMetricsF, QFontMetricsF]:
        return QFontMetricsF(self._theme.font(12, 500)), QFontMetricsF(self._theme.font(12))
