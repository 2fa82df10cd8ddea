# SPDX-License-Identifier: GPL-3.0-only
"""The verdict's banner: icon, word and colour, why, and the two figures; below it whatever weighs as much."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.leakhunt.verdict_card import Figure, VerdictCard
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.chip import Chip
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.lines import upright
from mtleak_gui.ui.widgets.verdict_looks import LOOKS

_BESIDE_ICONS = {"danger": "alert-octagon-outline", "warn": "alert-outline", "neutral": "information-outline"}
_ROLES = {"neutral": "text_2"}
_NARROW = 460
_LEAST = 240


class VerdictBanner(QFrame):
    """Shows one verdict."""

    def __init__(self, theme: ThemeKeeper, card: VerdictCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        look = LOOKS[card.headline]
        self._icon, self._role = look.icon, _ROLES.get(look.tone, look.tone)
        self.setProperty("kind", "banner")
        self.setProperty("tone", look.tone)
        self.setAccessibleName(f"{card.headline.title}. {card.reason}")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 10, 16, 10)
        self._row.setSpacing(12)
        self._picture = label()
        self._row.addLayout(self._words(card, look.tone), 1)
        if card.figures:
            self._row.addLayout(_figures(card.figures, look.tone))
        self.setMinimumHeight(64)
        theme.changed.connect(self._tint)
        self._tint()

    def _words(self, card: VerdictCard, tone: str) -> QHBoxLayout:
        row, words, head = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        head.setSpacing(8)
        head.addWidget(label(card.headline.title, "verdict", "text" if tone == "neutral" else tone))
        if card.demo:
            head.addWidget(Chip(self._theme, "DEMO", "flask-outline", "warn"))
        head.addStretch(1)
        words.setSpacing(0)
        words.addStretch(1)
        words.addLayout(head)
        if card.reason:
            words.addWidget(label(card.reason, "small", wrap=True))
        words.addStretch(1)
        row.addLayout(words, 1)
        return row

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the size that it can go down to with the figures below."""
        return QSize(_LEAST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the figures below where they have no room beside."""
        narrow = event.size().width() < _NARROW
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        super().resizeEvent(event)

    @Slot()
    def _tint(self) -> None:
        self._picture.setPixmap(self._theme.pixmap(self._icon, self._role, 28))


class BesideBanner(QFrame):
    """Shows what weighs as much as the headline and has the same tone, one line for each."""

    def __init__(self, theme: ThemeKeeper, tone: str, texts: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._tone = theme, tone
        self.setProperty("kind", "banner")
        self.setProperty("tone", tone)
        self.setAccessibleName(". ".join(texts))
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 8, 16, 8)
        row.setSpacing(14)
        self._picture = label()
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignVCenter)
        words = QVBoxLayout()
        words.setSpacing(2)
        for text in texts:
            words.addWidget(label(text, "card-title", tone, wrap=True))
        row.addLayout(words, 1)
        theme.changed.connect(self._tint)
        self._tint()

    @Slot()
    def _tint(self) -> None:
        role = _ROLES.get(self._tone, self._tone)
        self._picture.setPixmap(self._theme.pixmap(_BESIDE_ICONS[self._tone], role, 24))


def _figures(figures: tuple[Figure, ...], tone: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addStretch(1)
    for number, figure in enumerate(figures):
        if number:
            row.addWidget(upright(36), 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addStretch(1)
        value = label(figure.value, "verdict", "text" if tone == "neutral" else tone)
        for part in (value, label(figure.caption, "small")):
            part.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            column.addWidget(part)
        column.addStretch(1)
        row.addLayout(column)
    return row
