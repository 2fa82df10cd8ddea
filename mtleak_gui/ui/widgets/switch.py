# SPDX-License-Identifier: GPL-3.0-only
"""A switch: on or off, told by the place of its knob and a tick as well as by colour."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_WIDTH, _HEIGHT = 44, 24
_RING = 2
_KNOB = 16


class Switch(QAbstractButton):
    """``name`` is what it switches, for those who cannot see it. ``toggled`` as of any checkable button."""

    def __init__(self, theme: ThemeKeeper, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._tint)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return its size with room for the ring of the focus."""
        return QSize(_WIDTH + 2 * _RING, _HEIGHT + 2 * _RING)

    @Slot()
    def _tint(self) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw track, knob, tick and the ring of the focus."""
        colors = self._theme.colors
        on, usable = self.isChecked(), self.isEnabled()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            track = QRectF(_RING + 0.5, _RING + 0.5, _WIDTH - 1, _HEIGHT - 1)
            edge = colors.filled if on and usable else colors.text_2 if usable else colors.disabled
            painter.setPen(QPen(edge, 1))
            painter.setBrush(colors.filled if on and usable else colors.neutral_surface)
            painter.drawRoundedRect(track, _HEIGHT / 2, _HEIGHT / 2)
            if self.hasFocus():
                painter.setPen(QPen(colors.primary if not on else colors.text, _RING))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(track, _HEIGHT / 2, _HEIGHT / 2)
            left = _RING + (_WIDTH - _KNOB - 4 if on else 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.on_filled if on and usable else edge)
            painter.drawEllipse(QRectF(left, _RING + (_HEIGHT - _KNOB) / 2, _KNOB, _KNOB))
            if on:
                role = "filled" if usable else "disabled"
                tick = self._theme.pixmap("check-bold", role, 12, self.devicePixelRatioF())
                painter.drawPixmap(int(left + 2), int(_RING + (_HEIGHT - 12) / 2), tick)
