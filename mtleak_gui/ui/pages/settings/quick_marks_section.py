# SPDX-License-Identifier: GPL-3.0-only
"""Labels of the quick marks, in the order of their keys."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from mtleak_gui.core.setting_rules import RefusedValueError
from mtleak_gui.core.settings import QUICK_MARK_LIMIT, Settings
from mtleak_gui.core.shortcuts import Shortcuts
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.pages.settings.quick_mark_row import QuickMarkRow
from mtleak_gui.ui.pages.settings.section import Section
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.labels import label


class QuickMarksSection(Section):
    """Puts ``quick_marks`` of the settings."""

    def __init__(self, theme: ThemeKeeper, settings: SettingsKeeper, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Quick marks"), parent)
        self._settings = settings
        card = self.add_card(
            self.tr("Quick marks"),
            self.tr(
                "A key or a click sets a mark with this label. Up to {} labels of at most 24 characters; the order is "
                "that of the keys and of the buttons in the header."
            ).format(QUICK_MARK_LIMIT),
        )
        self.rows = tuple(QuickMarkRow(theme, number, self._put_at, card) for number in range(QUICK_MARK_LIMIT))
        self._refusal = label("", "small", "danger", wrap=True)
        self._refusal.hide()
        for row in self.rows:
            card.body.addWidget(row)
            row.moved.connect(self._move)
            row.removed.connect(self._remove)
            row.field.refused.connect(self._refuse)
            row.field.accepted.connect(self._refusal.hide)
        card.body.addWidget(self._refusal)
        settings.changed.connect(self._show)
        self._show()

    @property
    def refusal(self) -> str:
        """Why the last label was refused, ``""`` when it was not."""
        return "" if self._refusal.isHidden() else self._refusal.text()

    @Slot()
    def _show(self) -> None:
        marks, keys = self._settings.settings.quick_marks, Shortcuts(self._settings.settings.keys)
        for number, row in enumerate(self.rows):
            mark = marks[number] if number < len(marks) else ""
            row.show_mark(mark, keys.key_for(f"quick_mark_{number + 1}"), is_last=number == len(marks) - 1)
            row.setVisible(number <= len(marks))

    def _put_at(self, number: int, text: str) -> None:
        marks = self._settings.settings.quick_marks
        self._put([*marks[:number], text, *marks[number + 1 :]])
        if number == len(marks) and number + 1 < QUICK_MARK_LIMIT:
            self.rows[number + 1].field.setFocus()

    def _put(self, marks: list[str]) -> None:
        taken = Settings.rules()["quick_marks"].take(tuple(marks))
        if isinstance(taken, tuple) and len(taken) < len(marks):
            raise RefusedValueError(self.tr("There is a quick mark of that name already. Each needs another label."))
        self._settings.change(quick_marks=taken)

    @Slot(int, int)
    def _move(self, number: int, to: int) -> None:
        marks = list(self._settings.settings.quick_marks)
        marks.insert(to, marks.pop(number))
        self._put(marks)
        # The focus goes with the mark, so that pressing on moves it on.
        row = self.rows[to]
        first, second = (row.up, row.down) if to < number else (row.down, row.up)
        (first if first.isEnabled() else second).setFocus()

    @Slot(int)
    def _remove(self, number: int) -> None:
        marks = self._settings.settings.quick_marks
        self._put([*marks[:number], *marks[number + 1 :]])
        self.rows[number].field.setFocus()

    @Slot(str)
    def _refuse(self, reason: str) -> None:
        self._refusal.setText(reason)
        self._refusal.show()
