# SPDX-License-Identifier: GPL-3.0-only
"""Asks why the recording is paused, before it pauses."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import button
from mtleak_gui.ui.widgets.icon_label import IconLabel
from mtleak_gui.ui.widgets.labels import label

_LONGEST_REASON = 120
_WIDTH = 400


class PauseDialog(QDialog):
    """Enter pauses, with or without a reason; Esc goes on recording."""

    pause_confirmed = Signal(str)
    """The reason, which may be empty."""

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Pause recording"))
        self.setMinimumWidth(_WIDTH)
        self._reason = QLineEdit()
        self._reason.setMaxLength(_LONGEST_REASON)
        self._reason.setPlaceholderText(self.tr("Reason, for example: flashing (optional)"))
        self._reason.setAccessibleName(self.tr("Reason of the pause"))
        pause = button(self.tr("Pause"), "filled", "control", self)
        pause.setDefault(True)
        pause.clicked.connect(self._confirm)
        cancel = button(self.tr("Cancel"), "outline", "control", self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(theme, "pause-circle-outline", "warn", 20))
        head.addWidget(label(self.tr("Pause recording"), "card-title"))
        head.addStretch(1)
        column.addLayout(head)
        told = self.tr(
            "Rows that come meanwhile are not kept, and the plot shows the pause as a gap. Marks are refused."
        )
        column.addWidget(label(told, "secondary", wrap=True))
        column.addWidget(self._reason)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(pause)
        column.addLayout(foot)
        self._reason.setFocus()

    @Slot()
    def _confirm(self) -> None:
        self.pause_confirmed.emit(self._reason.text().strip())
        self.accept()
