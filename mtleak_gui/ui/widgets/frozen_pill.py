# SPDX-License-Identifier: GPL-3.0-only
"""The pill that says a view stands still while the recording goes on."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.labels import label


class FrozenPill(QFrame):
    """Says ``text``; shown over a page by its owner."""

    def __init__(self, theme: ThemeKeeper, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("kind", "frozen")
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 14, 0)
        row.setSpacing(8)
        self._picture = label()
        row.addWidget(self._picture)
        row.addWidget(label(text or self.tr("View frozen, recording continues")))
        theme.changed.connect(self._tint)
        self._tint()

    @Slot()
    def _tint(self) -> None:
        self._picture.setPixmap(self._theme.pixmap("pause-circle-outline", "warn", 18))
