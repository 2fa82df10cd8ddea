# SPDX-License-Identifier: GPL-3.0-only
"""One setting: what it is, what it does, its control, and under it why a value was refused."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from mtleak_gui.ui.widgets.labels import label

_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class SettingRow(QWidget):
    """Words at the left, the control at the right; ``refuse`` shows a sentence until ``accept``."""

    def __init__(self, title: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title, self.hint = title, hint
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 4)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(label(title, wrap=True), 0, 0, Qt.AlignmentFlag.AlignBottom if hint else _MIDDLE)
        self._hint = label(hint, "secondary", wrap=True)
        self._hint.setVisible(bool(hint))
        self._grid.addWidget(self._hint, 1, 0, Qt.AlignmentFlag.AlignTop)
        self._refusal = label("", "small", "danger", wrap=True)
        self._refusal.hide()
        self._grid.addWidget(self._refusal, 2, 0, 1, 2)

    def set_control(self, control: QWidget) -> None:
        """Put the control at the right."""
        self._grid.addWidget(control, 0, 1, 2 if self.hint else 1, 1, Qt.AlignmentFlag.AlignRight | _MIDDLE)

    def set_hint(self, hint: str) -> None:
        """Say something else under the title."""
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))

    def refuse(self, reason: str) -> None:
        """Say why a value was not taken."""
        self._refusal.setText(reason)
        self._refusal.show()

    def accept(self) -> None:
        """Take the refusal away."""
        self._refusal.hide()

    @property
    def refusal(self) -> str:
        """The sentence that is shown, ``""`` when the value is fine."""
        return "" if self._refusal.isHidden() else self._refusal.text()
