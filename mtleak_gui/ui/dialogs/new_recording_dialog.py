# SPDX-License-Identifier: GPL-3.0-only
"""Asks for the name of a new recording."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import button
from mtleak_gui.ui.widgets.icon_label import IconLabel
from mtleak_gui.ui.widgets.labels import label

_LONGEST_TITLE = 60
_WIDTH = 400


class NewRecordingDialog(QDialog):
    """Enter begins the recording; Esc leaves everything as it is."""

    recording_named = Signal(str)
    """The name, never empty."""

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("New recording"))
        self.setMinimumWidth(_WIDTH)
        self._title = QLineEdit()
        self._title.setMaxLength(_LONGEST_TITLE)
        self._title.setPlaceholderText(self.tr("Name, for example: heltec overnight"))
        self._title.setAccessibleName(self.tr("Name of the recording"))
        self._begin = button(self.tr("Begin"), "filled", "control", self)
        self._begin.setDefault(True)
        self._begin.clicked.connect(self._confirm)
        cancel = button(self.tr("Cancel"), "outline", "control", self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self._title.textChanged.connect(self._check)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(theme, "record-circle", "danger", 20))
        head.addWidget(label(self.tr("New recording"), "card-title"))
        head.addStretch(1)
        column.addLayout(head)
        told = self.tr(
            "Rows go into a folder of this name from now on. Boards stay connected; the one that is shown is kept."
        )
        column.addWidget(label(told, "secondary", wrap=True))
        column.addWidget(self._title)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self._begin)
        column.addLayout(foot)
        self._title.setFocus()
        self._check()

    @Slot()
    def _check(self) -> None:
        self._begin.setEnabled(bool(self._title.text().strip()))

    @Slot()
    def _confirm(self) -> None:
        self.recording_named.emit(self._title.text().strip())
        self.accept()
