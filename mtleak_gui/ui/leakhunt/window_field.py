# SPDX-License-Identifier: GPL-3.0-only
"""The window to judge: a list of suggestions, or words of one's own, and the times that they mean."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from mtleak_gui.core.time_words import TimeWindow, TimeWordsError, WindowWord
from mtleak_gui.ui.leakhunt.window_choices import WindowChoice, own_window, range_text, resolved
from mtleak_gui.ui.theme.styling import styled
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.labelled_combo import LabelledCombo

_DEFAULT = "6 h"
_LIST_WIDTH, _OPEN_WIDTH = 132, 240


class WindowField(QWidget):
    """``changed`` comes when another window was chosen or written, ``entered`` on Enter in the words."""

    changed = Signal()
    entered = Signal()

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: list[WindowChoice] = []
        self._own_choice: WindowChoice | None = None
        self._list = LabelledCombo(theme, self.tr("Window"))
        self._list.setMaximumWidth(_LIST_WIDTH)
        self._list.view().setMinimumWidth(_OPEN_WIDTH)
        self._words = QLineEdit()
        self._words.setPlaceholderText("1h30m   -3d/-1d   mark:a/mark:b")
        self._words.setAccessibleName(self.tr("Window in words"))
        self._words.setMinimumWidth(230)
        self._words.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._list)
        row.addWidget(self._words)
        self._list.activated.connect(self._chosen)
        self._words.textEdited.connect(self._edited)
        self._words.returnPressed.connect(self.entered)

    def offer(self, choices: tuple[WindowChoice, ...]) -> None:
        """Offer other windows; the one that is chosen stays."""
        shown = self._list.currentText() or _DEFAULT
        self._choices = [*((self._own_choice,) if self._own_choice else ()), *choices]
        self._list.clear()
        self._list.addItems([choice.text for choice in self._choices])
        self._list.addItem(self.tr("In words…"))
        place = self._list.findText(shown)
        self._list.setCurrentIndex(place if place >= 0 else self._list.findText(_DEFAULT))
        self._show_words()

    def choose(self, text: str) -> None:
        """Choose a window by its name in the list, or take the text as words."""
        place = self._list.findText(text)
        if place >= 0:
            self._list.setCurrentIndex(place)
        else:
            self._list.setCurrentIndex(self._list.count() - 1)
            self._words.setText(text)
        self._show_words()
        self.changed.emit()

    def choose_times(self, name: str, start: float, end: float) -> None:
        """Choose a window that lies between two epoch seconds."""
        standing = self._choices[1:] if self._own_choice else self._choices
        self._own_choice = WindowChoice(name, (start, end))
        self.offer(tuple(standing))
        self._list.setCurrentIndex(0)
        self._show_words()
        self.changed.emit()

    @property
    def words(self) -> WindowWord:
        """The window as a question takes it; an empty text when nothing is written yet."""
        place = self._list.currentIndex()
        return self._choices[place].words if 0 <= place < len(self._choices) else own_window(self._words.text())

    def times(self, end: float, latest: float | None) -> TimeWindow | None:
        """Return the times that the window means, ``None`` where they are not clear or only the recording knows."""
        try:
            return None if self.words == "" else resolved(self.words, end, latest)
        except TimeWordsError:
            return None

    def echo(self, end: float, latest: float | None) -> tuple[str, bool]:
        """Return the times that the window means, or what is wrong with it and False."""
        words = self.words
        if words == "":
            return self.tr("Write a window, such as 1h30m"), False
        try:
            window = resolved(words, end, latest)
        except TimeWordsError as trouble:
            styled(self._words, invalid=True)
            return str(trouble), False
        styled(self._words, invalid=False)
        return ("" if window is None else range_text(window)), True

    @Slot()
    def _chosen(self) -> None:
        self._show_words()
        if not self._words.isHidden():
            self._words.setFocus()
        self.changed.emit()

    @Slot()
    def _edited(self) -> None:
        self.changed.emit()

    def _show_words(self) -> None:
        self._words.setVisible(self._list.currentIndex() >= len(self._choices))
        self.updateGeometry()
