# SPDX-License-Identifier: GPL-3.0-only
"""One choice out of a few, as segments side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget


class Segmented(QFrame):
    """``choices`` are (key, word). ``chosen`` comes when the user picks another one, not by ``choose``."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[tuple[str, str]], *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "segments")
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for number, (key, word) in enumerate(choices):
            segment = QPushButton(word, self)
            segment.setProperty("kind", "segment")
            segment.setProperty("place", _place(number, len(choices)))
            segment.setCheckable(True)
            segment.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            segment.setAccessibleName(f"{name}: {word}" if name else word)
            segment.setProperty("key", key)
            self._group.addButton(segment)
            self._buttons[key] = segment
            row.addWidget(segment)
        self._group.buttonClicked.connect(self._clicked)
        if choices:
            self.choose(choices[0][0])

    @property
    def key(self) -> str:
        """The key of the chosen segment."""
        checked = self._group.checkedButton()
        return "" if checked is None else str(checked.property("key"))

    def choose(self, key: str) -> None:
        """Choose a segment without telling. Raises ``KeyError`` for a key that there is not."""
        self._buttons[key].setChecked(True)

    def set_word(self, key: str, word: str) -> None:
        """Show another word on a segment."""
        self._buttons[key].setText(word)

    def enable(self, key: str, *, on: bool) -> None:
        """Let a segment be chosen or not."""
        self._buttons[key].setEnabled(on)

    @Slot(QAbstractButton)
    def _clicked(self, segment: QAbstractButton) -> None:
        self.chosen.emit(str(segment.property("key")))


def _place(number: int, count: int) -> str:
    if count == 1:
        return "only"
    return "first" if number == 0 else "last" if number == count - 1 else "middle"
