# SPDX-License-Identifier: GPL-3.0-only
"""Rows of a grey key at the left and its value at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from mtleak_gui.ui.theme.styling import styled
from mtleak_gui.ui.widgets.labels import ElidedLabel, PlainLabel, label

_ROW_HEIGHT = 16


class FactRows(QWidget):
    """``show_facts`` puts words into rows; rows that are there already are kept."""

    def __init__(self, *, gap: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(gap)
        self._grid.setHorizontalSpacing(16)
        self._grid.setColumnStretch(1, 1)
        self._rows: list[tuple[PlainLabel, ElidedLabel]] = []

    def show_facts(self, facts: Sequence[tuple[str, str]], *, tones: Sequence[str] = ()) -> None:
        """Show keys and values; ``tones`` colour values."""
        while len(self._rows) < len(facts):
            key, value = label("", "secondary"), ElidedLabel("", "small-strong")
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for part in (key, value):
                part.setMinimumHeight(_ROW_HEIGHT)
            row = len(self._rows)
            self._grid.addWidget(key, row, 0)
            self._grid.addWidget(value, row, 1)
            self._rows.append((key, value))
        for number, (key, value) in enumerate(self._rows):
            is_used = number < len(facts)
            key.setVisible(is_used)
            value.setVisible(is_used)
            if is_used:
                key.setText(facts[number][0])
                value.setText(facts[number][1])
                styled(value, tone=tones[number] if number < len(tones) else "")
