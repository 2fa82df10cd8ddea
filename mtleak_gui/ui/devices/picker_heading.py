# SPDX-License-Identifier: GPL-3.0-only
"""The line above rows of the port picker: what they are and, at the right, what can be done about them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from mtleak_gui.ui.widgets.labels import label


class PickerHeading(QWidget):
    """``aside`` are the controls at the right end."""

    def __init__(self, title: str, *aside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 4)
        row.setSpacing(8)
        row.addWidget(label(title, "small-strong", "secondary"))
        row.addStretch(1)
        for control in aside:
            row.addWidget(control)
