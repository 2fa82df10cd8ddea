# SPDX-License-Identifier: GPL-3.0-only
"""An alert inside a card: what happened, why, and the acts that mend it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import button
from mtleak_gui.ui.widgets.labels import label

_ICONS = {
    "warn": "alert-outline",
    "danger": "alert-octagon-outline",
    "ok": "check-circle-outline",
    "neutral": "information-outline",
}
_ROLES = {"warn": "warn", "danger": "danger", "ok": "ok", "neutral": "text_2"}


class AlertBox(QFrame):
    """``actions`` are (id, word); ``acted`` tells the id of the one that was clicked."""

    acted = Signal(str)

    def __init__(
        self,
        theme: ThemeKeeper,
        tone: str,
        title: str,
        text: str = "",
        *,
        actions: Sequence[tuple[str, str]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._tone, self._title = theme, tone, title
        self.setProperty("kind", "surface")
        self.setProperty("tone", tone)
        self.setAccessibleName(f"{title}. {text}")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 8)
        row.setSpacing(12)
        self._picture = label()
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, "card-title" if not text else "small-strong", tone, wrap=True))
        self._text = label(text, "small", wrap=True)
        self._text.setVisible(bool(text))
        words.addWidget(self._text)
        if actions:
            words.addLayout(self._buttons(actions))
        row.addLayout(words, 1)
        theme.changed.connect(self._tint)
        self._tint()

    def set_text(self, text: str) -> None:
        """Show another text under the title."""
        if text != self._text.text():
            self._text.setText(text)
            self._text.setVisible(bool(text))
            self.setAccessibleName(f"{self._title}. {text}")

    def _buttons(self, actions: Sequence[tuple[str, str]]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 2, 0, 0)
        row.setSpacing(8)
        for number, (key, word) in enumerate(actions):
            act = button(word, "text", "small", self)
            act.setProperty("key", key)
            act.clicked.connect(self._clicked)
            if number == 0:
                # The words of the first one stand under the text, so that its padding hangs out.
                row.addSpacing(-8)
            row.addWidget(act)
        row.addStretch(1)
        return row

    @Slot()
    def _clicked(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.acted.emit(str(sender.property("key")))

    @Slot()
    def _tint(self) -> None:
        self._picture.setPixmap(self._theme.pixmap(_ICONS[self._tone], _ROLES[self._tone], 20))
