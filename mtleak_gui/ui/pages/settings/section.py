# SPDX-License-Identifier: GPL-3.0-only
"""One section of the settings: cards in a column that scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.lines import line

_WIDEST = 780


class Section(QScrollArea):
    """``cards`` is the column; lines of words and controls stay near each other however wide the window is."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(title)
        inside = QWidget(self)
        inside.setProperty("kind", "scrolled")
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 4, 0)
        column = QWidget(inside)
        column.setProperty("kind", "plain")
        column.setMaximumWidth(_WIDEST)
        self.cards = QVBoxLayout(column)
        self.cards.setContentsMargins(0, 0, 0, 0)
        self.cards.setSpacing(8)
        self.cards.setAlignment(Qt.AlignmentFlag.AlignTop)
        row.addWidget(column, 1)
        row.addStretch(0)
        self.setWidget(inside)

    def add_card(self, title: str, text: str = "") -> Card:
        """Add a card with a title and a sentence under it."""
        card = Card(title, parent=self.widget())
        if text:
            card.body.addWidget(label(text, "secondary", wrap=True))
        self.cards.addWidget(card)
        return card


def add_rows(card: Card, *rows: QWidget) -> None:
    """Put rows into a card, with a line between each two."""
    for row in rows:
        if card.property("has_rows"):
            card.body.addWidget(line(card))
        card.setProperty("has_rows", True)  # noqa: FBT003 - Qt's own form
        card.body.addWidget(row)
