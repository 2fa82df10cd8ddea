# SPDX-License-Identifier: GPL-3.0-only
"""A card: the ground on which a page puts what belongs together."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.ui.widgets.labels import label


class Card(QFrame):
    """A frame with 12 px corners, a divider line and an optional header; ``body`` takes what it holds."""

    def __init__(self, title: str = "", *, padding: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(8)
        if title:
            self.set_header(title)

    def set_header(self, title: str, *widgets: QWidget, aside: QWidget | None = None) -> None:
        """Put a title at the top, ``aside`` right after it and ``widgets`` at the right end."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(title, "card-title"))
        if aside is not None:
            row.addWidget(aside)
        row.addStretch(1)
        for widget in widgets:
            row.addWidget(widget)
        self.body.insertLayout(0, row)
