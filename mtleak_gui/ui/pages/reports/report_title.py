# SPDX-License-Identifier: GPL-3.0-only
"""The title of a report, which can be written over in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.labels import ElidedLabel


class ReportTitle(QWidget):
    """``renamed`` brings the new title; the shown one changes when somebody shows it."""

    renamed = Signal(str)
    delete_requested = Signal()

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel("", "subtitle")
        self._about = ElidedLabel("", "secondary")
        self._field = _Field()
        self._field.setAccessibleName(self.tr("Title of the report"))
        self._field.hide()
        self._pencil = IconButton(theme, "pencil-outline", kind="icon", name=self.tr("Rename"))
        bin_ = IconButton(theme, "delete-outline", kind="icon", name=self.tr("Delete"))
        words = QVBoxLayout()
        words.setSpacing(2)
        for widget in (self._title, self._field, self._about):
            words.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addLayout(words, 1)
        row.addWidget(self._pencil)
        row.addWidget(bin_)
        self._pencil.clicked.connect(self._begin)
        bin_.clicked.connect(self.delete_requested)
        self._field.returnPressed.connect(self._end)
        self._field.left.connect(self._cancel)

    def show_title(self, title: str, about: str, *, can_rename: bool) -> None:
        """Show another title."""
        self._title.setText(title)
        self._about.setText(about)
        self._pencil.setEnabled(can_rename)
        self._cancel()

    @Slot()
    def _begin(self) -> None:
        self._field.setText(self._title.text())
        self._title.hide()
        self._field.show()
        self._field.selectAll()
        self._field.setFocus()

    @Slot()
    def _end(self) -> None:
        title = self._field.text().strip()
        changed = bool(title) and title != self._title.text()
        self._cancel()
        if changed:
            self._title.setText(title)
            self.renamed.emit(title)

    @Slot()
    def _cancel(self) -> None:
        self._field.hide()
        self._title.show()


class _Field(QLineEdit):
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves everything as it was."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
