# SPDX-License-Identifier: GPL-3.0-only
"""A line to write a value into: taken on Enter or when it is left, refused with a reason, put back by Esc."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mtleak_gui.core.setting_rules import RefusedValueError
from mtleak_gui.ui.theme.styling import styled


class CheckedField(QLineEdit):
    """``put`` takes the text and raises ``RefusedValueError`` when it cannot; then the text stays, marked."""

    refused = Signal(str)
    """Why the text was not taken."""
    accepted = Signal()

    def __init__(self, name: str, put: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._put = put
        self._in_force = ""
        self.setAccessibleName(name)
        self.editingFinished.connect(self._take)

    def show_value(self, text: str) -> None:
        """Show the value in force, unless the user is writing another one."""
        changed = text != self._in_force
        self._in_force = text
        if changed or not self.hasFocus():
            self.setText(text)
            self._mark(wrong=False)

    @Slot()
    def _take(self) -> None:
        if self.text().strip() == self._in_force:
            self._put_back()
            return
        try:
            self._put(self.text().strip())
        except RefusedValueError as error:
            self._mark(wrong=True)
            self.refused.emit(str(error))
        else:
            self._mark(wrong=False)
            self.accepted.emit()

    def _put_back(self) -> None:
        self.setText(self._in_force)
        self._mark(wrong=False)
        self.accepted.emit()

    def _mark(self, *, wrong: bool) -> None:
        styled(self, invalid=wrong)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Put the value in force back on Esc."""
        if event.key() == Qt.Key.Key_Escape and self.text() != self._in_force:
            self._put_back()
        else:
            super().keyPressEvent(event)
