# SPDX-License-Identifier: GPL-3.0-only
"""The notices of the software of others: a list to search, and the whole text of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPlainTextEdit, QVBoxLayout, QWidget

from mtleak_gui.core.third_party import ThirdParty
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.labels import label, plain_tip
from mtleak_gui.ui.widgets.search_field import SearchField

_SIZE = (880, 600)
_ROOM_ROUND = 48
_LIST_WIDTH = 260


class NoticesDialog(QDialog):
    """Searches names, licences and texts; the first place where the words stand is shown."""

    def __init__(self, theme: ThemeKeeper, parts: Sequence[ThirdParty], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Third-party notices"))
        self._parts = tuple(parts)
        self.search = SearchField(theme, self.tr("Search names, licences and texts"), self)
        self.search.textChanged.connect(self._filter)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Software of others"))
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.currentRowChanged.connect(self._show)
        for part in self._parts:
            QListWidgetItem(f"{part.name} {part.version}", self.list).setToolTip(plain_tip(part.licence))
        self._about = label("", "secondary", wrap=True)
        self._about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Notices"))
        self.text.setFont(theme.mono(12))
        self._lay_out(theme)
        room = self.screen().availableGeometry() if parent is None else parent.window().rect()
        self.resize(min(_SIZE[0], room.width() - _ROOM_ROUND), min(_SIZE[1], room.height() - _ROOM_ROUND))
        self.list.setCurrentRow(0)
        self.search.setFocus()

    def _lay_out(self, theme: ThemeKeeper) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Third-party notices"), "title"))
        head.addStretch(1)
        self.search.setFixedWidth(_LIST_WIDTH + 40)
        head.addWidget(self.search)
        close = IconButton(theme, "close", kind="icon", name=self.tr("Close"), parent=self)
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        head.addWidget(close)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._about)
        right.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(row, 1)

    @Slot(str)
    def _filter(self, words: str) -> None:
        rows = [row for row, part in enumerate(self._parts) if part.holds(words)]
        for row in range(len(self._parts)):
            self.list.item(row).setHidden(row not in rows)
        if not rows:
            self.list.setCurrentRow(-1)
        elif self.list.currentRow() not in rows:
            self.list.setCurrentRow(rows[0])
        else:
            self._find(words)

    @Slot(int)
    def _show(self, row: int) -> None:
        if row < 0:
            self._about.setText(self.tr("None of them holds “{}”.").format(self.search.text().strip()))
            self.text.clear()
            return
        part = self._parts[row]
        self._about.setText("\n".join(filter(None, (part.licence, part.link))))
        self.text.setPlainText(part.text)
        self._find(self.search.text())

    def _find(self, words: str) -> None:
        """Show the first place of the words in the text."""
        cursor = self.text.textCursor()
        cursor.clearSelection()
        cursor.setPosition(0)
        self.text.setTextCursor(cursor)
        if words.strip():
            self.text.find(words.strip(), QTextDocument.FindFlag(0))
