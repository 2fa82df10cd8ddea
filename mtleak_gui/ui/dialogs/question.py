# SPDX-License-Identifier: GPL-3.0-only
"""The form of every question and message: a round icon, what it is about, words, and buttons that name their act."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import button
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.round_icon import RoundIcon

_WIDTH = 460
_PADDING = 20


class Question(QDialog):
    """Modal to its window when shown by ``open``; Esc rejects. ``body`` takes what stands between words and buttons."""

    def __init__(
        self,
        theme: ThemeKeeper,
        icon: str,
        role: str,
        title: str,
        text: str,
        *,
        width: int = _WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        """``role`` is the colour of the icon; the words are plain text."""
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleDescription(text)
        self.setMinimumWidth(width)
        column = QVBoxLayout(self)
        column.setContentsMargins(_PADDING, _PADDING, _PADDING, 16)
        column.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(RoundIcon(theme, icon, role, size=40, glyph=22), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(label(title, "verdict", wrap=True))
        if text:
            words.addWidget(label(text, wrap=True))
        head.addLayout(words, 1)
        column.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column.addLayout(self.body)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        self._at_left = 0
        column.addLayout(self._buttons)

    def add_button(self, text: str, kind: str = "outline", *, focused: bool = False) -> QPushButton:
        """Add a button at the right end; the ``focused`` one is pressed by Enter as long as nobody moves on."""
        made = button(text, kind, parent=self)
        self._buttons.addWidget(made)
        if focused:
            made.setDefault(True)
            made.setFocus(Qt.FocusReason.OtherFocusReason)
        return made

    def add_left_button(self, made: QPushButton) -> None:
        """Put a button at the left end, where acts stand that do not answer the question."""
        made.setAutoDefault(False)
        self._buttons.insertWidget(self._at_left, made)
        self._at_left += 1

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Be as high as its words need at its width; Qt guesses that from another width."""
        super().showEvent(event)
        if (column := self.layout()) is not None:
            self.resize(self.width(), max(self.height(), column.totalHeightForWidth(self.width())))
