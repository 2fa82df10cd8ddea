# SPDX-License-Identifier: GPL-3.0-only
"""The list of pages at the left, with words or as icons alone."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

WIDE, NARROW = 200, 56
_GAP = 8


class PageEntry(NamedTuple):
    """A page: its key, the word for it and its icon."""

    key: str
    word: str
    icon: str


class Sidebar(QWidget):
    """The last entry stands at the foot. ``page_chosen`` comes when the user picks one, not by ``choose``."""

    page_chosen = Signal(str)

    def __init__(self, theme: ThemeKeeper, entries: tuple[PageEntry, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entries = entries
        self._narrow = False
        self.setProperty("kind", "sidebar")
        self.setAccessibleName(self.tr("Pages"))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 9, 8)
        column.setSpacing(4)
        self._group = QButtonGroup(self)
        self._rows: dict[str, QPushButton] = {}
        for number, entry in enumerate(entries):
            if number == len(entries) - 1:
                column.addStretch(1)
            column.addWidget(self._row(entry))
        theme.changed.connect(self._tint)
        self._group.buttonToggled.connect(self._tint)
        self.set_narrow(narrow=False)

    @property
    def narrow(self) -> bool:
        """Whether only icons are shown."""
        return self._narrow

    def choose(self, key: str) -> None:
        """Show which page is open. Raises ``KeyError`` for one that there is not."""
        self._rows[key].setChecked(True)

    def set_narrow(self, *, narrow: bool) -> None:
        """Show icons alone, or icons and words."""
        self._narrow = narrow
        self.setFixedWidth(NARROW if narrow else WIDE)
        for entry in self._entries:
            row = self._rows[entry.key]
            row.setText("" if narrow else entry.word)
            row.setToolTip(entry.word if narrow else "")
        self._tint()

    def _row(self, entry: PageEntry) -> QPushButton:
        row = QPushButton(self)
        row.setProperty("kind", "sidebar-row")
        row.setProperty("key", entry.key)
        row.setCheckable(True)
        row.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row.setAccessibleName(entry.word)
        row.setIconSize(QSize(20 + _GAP, 20))
        row.clicked.connect(self._clicked)
        self._group.addButton(row)
        self._rows[entry.key] = row
        return row

    @Slot()
    def _clicked(self) -> None:
        row = self._group.checkedButton()
        if row is not None:
            self.page_chosen.emit(str(row.property("key")))

    @Slot()
    def _tint(self) -> None:
        for entry in self._entries:
            row = self._rows[entry.key]
            role = "primary_strong" if row.isChecked() else "text_2"
            row.setIcon(self._theme.icon(entry.icon, role, gap=0 if self._narrow else _GAP))
            row.setIconSize(QSize(20 if self._narrow else 20 + _GAP, 20))
