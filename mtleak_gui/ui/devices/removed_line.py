# SPDX-License-Identifier: GPL-3.0-only
"""Says which saved board was removed, and offers it back."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mtleak_gui.ui.widgets.buttons import button
from mtleak_gui.ui.widgets.labels import ElidedLabel


class RemovedLine(QWidget):
    """Hidden until something is removed."""

    undo_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ElidedLabel("", "secondary")
        undo = button(self.tr("Undo"), "text", "small")
        undo.clicked.connect(self._undo)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 12, 6)
        row.addWidget(self._words, 1)
        row.addWidget(undo)
        self.hide()

    def tell(self, name: str) -> None:
        """Say what was removed."""
        self._words.setText(self.tr("{0} was removed.").format(name))
        self.show()

    @Slot()
    def _undo(self) -> None:
        self.hide()
        self.undo_requested.emit()
