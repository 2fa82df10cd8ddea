# SPDX-License-Identifier: GPL-3.0-only
"""A table of words to read: no selection, no scrolling of its own, as high as its words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.lines import line

Cell = str | QWidget


class FactTable(QWidget):
    """``stretches`` says how the columns share the width; a column with 0 is as wide as its words."""

    def __init__(self, stretches: Sequence[int], headers: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._stretches = stretches
        for column, share in enumerate(stretches):
            self._grid.setColumnStretch(column, share)
        for column, header in enumerate(headers):
            self._grid.addWidget(label(header, "column"), 0, column)
        self._next = 1 if headers else 0

    def add_row(self, cells: Sequence[Cell]) -> None:
        """Add a row under the others."""
        if self._next:
            self._grid.addWidget(line(self), self._next, 0, 1, len(self._stretches))
        for column, cell in enumerate(cells):
            shown = self._words(cell, column) if isinstance(cell, str) else cell
            self._grid.addWidget(shown, self._next + 1, column, Qt.AlignmentFlag.AlignTop)
        self._next += 2

    def _words(self, text: str, column: int) -> QLabel:
        words = label(text, "small" if column == 0 else "secondary", wrap=bool(self._stretches[column]))
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return words
