# SPDX-License-Identifier: GPL-3.0-only
"""A chip: an icon and a word on a tinted ground, 20 high."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from mtleak_gui.ui.theme.styling import styled
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.labels import label

_ROLES = {"ok": "ok", "warn": "warn", "danger": "danger", "primary": "primary_strong"}


class Chip(QFrame):
    """Shows a state by word, icon and colour. ``tone``: ok, warn, danger, primary, neutral."""

    def __init__(
        self,
        theme: ThemeKeeper,
        text: str = "",
        icon: str = "",
        tone: str = "neutral",
        *,
        icon_role: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = ""
        self._icon_role = ""
        self.setProperty("kind", "chip")
        self.setFixedHeight(20)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(4)
        self._picture, self._words = label(), label()
        row.addWidget(self._picture)
        row.addWidget(self._words)
        theme.changed.connect(self._tint)
        self.set(text, icon, tone, icon_role=icon_role)

    def set(self, text: str, icon: str = "", tone: str = "neutral", *, icon_role: str = "") -> None:
        """Show another state."""
        self._words.setText(text)
        self._icon_name, self._icon_role = icon, icon_role
        styled(self, tone=tone)
        for part in (self._words, self._picture):
            part.style().unpolish(part)
            part.style().polish(part)
        self.setAccessibleName(text)
        self._tint()
        self.updateGeometry()

    @property
    def text(self) -> str:
        """The word that it shows."""
        return self._words.text()

    @Slot()
    def _tint(self) -> None:
        self._picture.setVisible(bool(self._icon_name))
        if self._icon_name:
            role = self._icon_role or _ROLES.get(str(self.property("tone")), "neutral")
            self._picture.setPixmap(self._theme.pixmap(self._icon_name, role, 14))
