# SPDX-License-Identifier: GPL-3.0-only
"""F1: every key and gesture in columns, with a search."""

from __future__ import annotations

import sys
from itertools import groupby

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from mtleak_gui.core.shortcut_lines import KeyLine, key_lines
from mtleak_gui.core.shortcuts import Shortcuts
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton, button
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.key_label import key_label, native_key
from mtleak_gui.ui.widgets.labels import label

_SIZE = (880, 640)
_ROOM_ROUND = 48
_COLUMNS = 2
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class ShortcutsDialog(QDialog):
    """Modeless. ``edit_requested`` comes when the user wants other keys: they are chosen in Settings."""

    edit_requested = Signal()

    def __init__(self, theme: ThemeKeeper, shortcuts: Shortcuts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys and gestures"))
        self._lines = key_lines(shortcuts)
        self._cards: list[_GroupCard] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(self._head(theme))
        column.addWidget(self._scroller(), 1)
        self._nothing = label("", "secondary")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.hide()
        column.addWidget(self._nothing)
        column.addLayout(self._foot())
        room = self.screen().availableGeometry() if parent is None else parent.window().rect()
        self.resize(min(_SIZE[0], room.width() - _ROOM_ROUND), min(_SIZE[1], room.height() - _ROOM_ROUND))
        self._search.setFocus()

    def _head(self, theme: ThemeKeeper) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(self.tr("Keys and gestures"), "title"))
        row.addStretch(1)
        self._search = QLineEdit(self)
        self._search.setPlaceholderText(self.tr("Search"))
        self._search.setAccessibleName(self.tr("Search keys and gestures"))
        self._search.setClearButtonEnabled(True)
        self._search.setFixedWidth(240)
        self._search.textChanged.connect(self._filter)
        row.addWidget(self._search)
        close = IconButton(theme, "close", kind="icon", name=self.tr("Close"), parent=self)
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        row.addWidget(close)
        return row

    def _scroller(self) -> QScrollArea:
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget(area)
        inside.setProperty("kind", "scrolled")
        columns = QHBoxLayout(inside)
        columns.setContentsMargins(0, 0, 4, 0)
        columns.setSpacing(8)
        sides = [QVBoxLayout() for _ in range(_COLUMNS)]
        heights = [0] * _COLUMNS
        for group, members in groupby(self._lines, key=lambda line: line.group):
            card = _GroupCard(group, tuple(members), inside)
            self._cards.append(card)
            shortest = heights.index(min(heights))
            sides[shortest].addWidget(card)
            heights[shortest] += card.sizeHint().height()
        for side in sides:
            side.setSpacing(8)
            side.addStretch(1)
            columns.addLayout(side, 1)
        area.setWidget(inside)
        return area

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(label(self.tr("Single letters work while no text field has the focus."), "secondary"))
        row.addStretch(1)
        edit = button(self.tr("Choose other keys…"), "text", "small", self)
        edit.setAutoDefault(False)
        edit.clicked.connect(self._edit)
        row.addWidget(edit)
        return row

    @Slot(str)
    def _filter(self, words: str) -> None:
        shown = [card.filter(words) for card in self._cards]
        self._nothing.setText(self.tr("No key matches “{}”.").format(words.strip()))
        self._nothing.setVisible(not any(shown))

    @Slot()
    def _edit(self) -> None:
        self.close()
        self.edit_requested.emit()


class _GroupCard(Card):
    def __init__(self, group: str, lines: tuple[KeyLine, ...], parent: QWidget) -> None:
        super().__init__(group, parent=parent)
        self._rows: list[tuple[KeyLine, QWidget]] = []
        self.body.setSpacing(0)
        for line in lines:
            row = _row(line, self)
            self._rows.append((line, row))
            self.body.addWidget(row)

    def filter(self, words: str) -> bool:
        """Show the lines that hold the words; return whether any does."""
        found = False
        for line, row in self._rows:
            row.setVisible(line.holds(words))
            found = found or line.holds(words)
        self.setVisible(found)
        return found


def _row(line: KeyLine, parent: QWidget) -> QWidget:
    row = QWidget(parent)
    grid = QGridLayout(row)
    grid.setContentsMargins(0, 4, 0, 4)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(0)
    words = label(line.text, "small", wrap=True)
    grid.addWidget(words, 0, 0)
    if line.where:
        grid.addWidget(label(line.where, "tiny"), 1, 0)
    grid.setColumnStretch(0, 1)
    keys = QHBoxLayout()
    keys.setSpacing(4)
    for number, key in enumerate(line.keys):
        if number:
            keys.addWidget(label(row.tr("or"), "tiny"))
        keys.addWidget(key_label(_gesture(key) if line.is_gesture else native_key(key), row), 0, _MIDDLE)
    if line.to_key:
        keys.addWidget(label("…", "tiny"))
        keys.addWidget(key_label(native_key(line.to_key), row), 0, _MIDDLE)
    if not line.keys:
        keys.addWidget(label(row.tr("no key"), "tiny"))
    grid.addLayout(keys, 0, 1, 2 if line.where else 1, 1)
    return row


def _gesture(words: str) -> str:
    if sys.platform == "darwin":
        return words.replace("Ctrl+", "⌘").replace("Alt+", "⌥")
    return words
