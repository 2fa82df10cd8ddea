# SPDX-License-Identifier: GPL-3.0-only
"""Asks for the words of a mark whose time is taken already: Enter saves, Esc discards."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mtleak_gui.core.screen_words import clock_time
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import button
from mtleak_gui.ui.widgets.icon_label import IconLabel
from mtleak_gui.ui.widgets.labels import label

_LONGEST_LABEL, _LONGEST_NOTE = 80, 400
_WIDTH = 380


class MarkDialog(QDialog):
    """``ts`` is the epoch time of the key press, which the mark keeps however long the typing takes."""

    mark_saved = Signal(str, str)
    """Label and note, both without spaces at their ends; the note may be empty."""

    def __init__(
        self, theme: ThemeKeeper, ts: float, parent: QWidget | None = None, *, label_text: str = "", note: str = ""
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Mark"))
        self.setMinimumWidth(_WIDTH)
        self._label = QLineEdit(label_text)
        self._label.setMaxLength(_LONGEST_LABEL)
        self._label.setPlaceholderText(self.tr("burst-start"))
        self._label.setAccessibleName(self.tr("Label of the mark"))
        self._note = QLineEdit(note)
        self._note.setMaxLength(_LONGEST_NOTE)
        self._note.setPlaceholderText(self.tr("optional"))
        self._note.setAccessibleName(self.tr("Note of the mark"))
        self._save = button(self.tr("Save mark"), "filled", "control", self)
        self._save.setDefault(True)
        self._cancel = button(self.tr("Discard"), "outline", "control", self)
        self._cancel.setAutoDefault(False)
        self._lay_out(theme, self.tr("Mark at {0}").format(clock_time(ts)))
        self._label.textChanged.connect(self._check)
        self._save.clicked.connect(self._accept)
        self._cancel.clicked.connect(self.reject)
        self._check()
        self._label.setFocus()

    def _lay_out(self, theme: ThemeKeeper, heading: str) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(theme, "flag-variant-outline", "marker", 20))
        head.addWidget(label(heading, "card-title"))
        head.addStretch(1)
        column.addLayout(head)
        fields = QGridLayout()
        fields.setHorizontalSpacing(12)
        fields.setVerticalSpacing(8)
        for row, (word, field) in enumerate(((self.tr("Label"), self._label), (self.tr("Note"), self._note))):
            fields.addWidget(label(word, "secondary"), row, 0)
            fields.addWidget(field, row, 1)
        column.addLayout(fields)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(label(self.tr("Enter saves, Esc discards."), "secondary"))
        foot.addStretch(1)
        foot.addWidget(self._cancel)
        foot.addWidget(self._save)
        column.addLayout(foot)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetMinimumSize)
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, on=False)

    @Slot()
    def _check(self) -> None:
        self._save.setEnabled(bool(self._label.text().strip()))

    @Slot()
    def _accept(self) -> None:
        self.mark_saved.emit(self._label.text().strip(), self._note.text().strip())
        self.accept()
