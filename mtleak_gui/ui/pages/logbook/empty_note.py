# SPDX-License-Identifier: GPL-3.0-only
"""What stands where no row is: why there is none, and the act that mends it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.ui.widgets.buttons import button
from mtleak_gui.ui.widgets.labels import label


class EmptyNote(QWidget):
    """Says ``title`` and ``text``; ``acted`` when its button is pressed."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = label("", "card-title", wrap=True, parent=self)
        self._text = label("", "small", "secondary", wrap=True, parent=self)
        self.act = button("", "outline", "control", self)
        for words in (self._title, self._text):
            words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            words.setMaximumWidth(560)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.setSpacing(8)
        parts: tuple[tuple[QWidget, int], ...] = ((self._title, 8), (self._text, 8), (self.act, 0))
        for part, stretch in parts:
            row = QHBoxLayout()
            row.addStretch(1)
            row.addWidget(part, stretch)
            row.addStretch(1)
            column.addLayout(row)
        column.addStretch(2)
        self.act.clicked.connect(self.acted)

    @property
    def words(self) -> str:
        """All that it says."""
        return f"{self._title.text()} {self._text.text()}".strip()

    def say(self, title: str, text: str = "", act: str = "") -> None:
        """Say something else; without ``act`` there is no button."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self.act.setText(act)
        self.act.setVisible(bool(act))
