# SPDX-License-Identifier: GPL-3.0-only
"""Rows of the port picker under one heading."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mtleak_gui.ui.devices.board_choice import BoardChoice
from mtleak_gui.ui.devices.picker_row import PickerRow
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper


class RowGroup(QWidget):
    """``rows`` are made anew when what they show has changed."""

    chosen = Signal(str)
    opened = Signal(str)
    remove_requested = Signal(str)

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[BoardChoice, ...] = ()
        self.rows: tuple[PickerRow, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 0, 1, 0)
        self._column.setSpacing(0)

    def show_choices(self, choices: Sequence[BoardChoice], aside: QWidget | None = None) -> None:
        """Show these; ``aside`` is a control at the right end of the last one, which goes on living."""
        if tuple(choices) == self._shown:
            return
        self._shown = tuple(choices)
        if aside is not None:
            aside.setParent(self)
        for old in self.rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        last = len(self._shown) - 1
        self.rows = tuple(
            PickerRow(choice, self._theme, aside if number == last else None, self)
            for number, choice in enumerate(self._shown)
        )
        for row in self.rows:
            row.chosen.connect(self.chosen)
            row.opened.connect(self.opened)
            row.remove_requested.connect(self.remove_requested)
            self._column.addWidget(row)
            row.show()
        if aside is not None:
            aside.show()
