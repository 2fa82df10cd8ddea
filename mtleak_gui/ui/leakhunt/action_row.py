# SPDX-License-Identifier: GPL-3.0-only
"""What can be done with a verdict: save it, copy it. At the right, how long it took or what is being done."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.labels import ElidedLabel


class ActionRow(QWidget):
    """Its buttons work while there is a verdict."""

    save_requested = Signal()
    copy_text_requested = Signal()
    copy_markdown_requested = Signal()

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._save = IconButton(theme, "content-save-outline", self.tr("Save report"), kind="filled", size="control")
        self._save.setToolTip(self.tr("Save report (Ctrl+S)"))
        self._copy = IconButton(theme, "content-copy", self.tr("Copy text"), size="control")
        markdown = self.tr("Copy as Markdown")
        self._markdown = IconButton(theme, "file-document-outline", markdown, size="control")
        self._markdown.setToolTip(self.tr("Copy as Markdown, for an issue"))
        self._said = ElidedLabel("", "secondary")
        self._said.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._words = {self._copy: self.tr("Copy text"), self._markdown: markdown}
        self._row = row = QHBoxLayout(self)
        # The width decides which words are shown, not the other way round.
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(16, 10, 16, 10)
        row.setSpacing(8)
        for button in (self._save, self._copy, self._markdown):
            row.addWidget(button)
        row.addWidget(self._said, 1)
        self._save.clicked.connect(self.save_requested)
        self._copy.clicked.connect(self.copy_text_requested)
        self._markdown.clicked.connect(self.copy_markdown_requested)
        self.set_ready(ready=False)

    def set_ready(self, *, ready: bool, saved: bool = False) -> None:
        """Let the buttons work; a report that is saved already needs no saving."""
        self._save.setEnabled(ready and not saved)
        self._copy.setEnabled(ready)
        self._markdown.setEnabled(ready)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return what the icons need."""
        return QSize(320, self._row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show the copy buttons without words where room is short."""
        super().resizeEvent(event)
        for shown in (True, False):
            for copy, words in self._words.items():
                copy.setText(words if shown else "")
                copy.setAccessibleName(words)
            self._row.invalidate()
            if self._row.minimumSize().width() <= self.width():
                return

    def say(self, text: str) -> None:
        """Show how long it took, or what is being done."""
        self._said.setText(text)
