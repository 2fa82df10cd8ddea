# SPDX-License-Identifier: GPL-3.0-only
"""One section of the settings: cards in a column that scrolls."""

from __future__ import annotations

import time
from collections.abc import Iterator

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.lines import line

_WIDEST = 780
_TURN_S = 0.006
"""So much is built at once: a frame stays smooth."""


class Section(QScrollArea):
    """``cards`` is the column; lines of words and controls stay near each other however wide the window is."""

    built = Signal()
    """All that was handed to ``build`` is there."""

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
        self._steps: Iterator[None] = iter(())
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(self._build_on)

    def add_card(self, title: str, text: str = "") -> Card:
        """Add a card with a title and a sentence under it."""
        card = Card(title, parent=self.widget())
        if text:
            card.body.addWidget(label(text, "secondary", wrap=True))
        self.cards.addWidget(card)
        return card

    def build(self, steps: Iterator[None]) -> None:
        """Take the steps of a long section a few at a time, the window being drawn in between."""
        self._steps = steps
        self._turn.start()

    @Slot()
    def _build_on(self) -> None:
        until = time.perf_counter() + _TURN_S
        for _ in self._steps:
            if time.perf_counter() > until:
                return
        self._turn.stop()
        self.built.emit()


def add_rows(card: Card, *rows: QWidget) -> None:
    """Put rows into a card, with a line between each two."""
    for row in rows:
        if card.property("has_rows"):
            card.body.addWidget(line(card))
        card.setProperty("has_rows", True)  # noqa: FBT003 - Qt's own form
        card.body.addWidget(row)
