# SPDX-License-Identifier: GPL-3.0-only
"""A line of code to be copied; it is never run."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton


class CodeRow(QWidget):
    """A line of code in a field that can be read but not written, and a button that copies it."""

    copy_requested = Signal(str)

    def __init__(self, theme: ThemeKeeper, code: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._field = QLineEdit(code)
        self._field.setProperty("kind", "code")
        self._field.setReadOnly(True)
        self._field.setCursorPosition(0)
        self._field.setAccessibleName(self.tr("Command"))
        row.addWidget(self._field, 1)
        copies = IconButton(theme, "content-copy", self.tr("Copy"), size="small")
        copies.clicked.connect(self._clicked)
        row.addWidget(copies)

    @Slot()
    def _clicked(self) -> None:
        self.copy_requested.emit(self._field.text())
