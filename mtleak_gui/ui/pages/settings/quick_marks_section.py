# SPDX-License-Identifier: GPL-3.0-only
"""Labels of the quick marks, in the order of their keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.checked import rules_of
from mtleak_gui.core.setting_rules import RefusedValueError
from mtleak_gui.core.settings import QUICK_MARK_LIMIT, Settings
from mtleak_gui.core.shortcuts import Shortcuts
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.pages.settings.checked_field import CheckedField
from mtleak_gui.ui.pages.settings.section import Section
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.key_label import key_label, native_key
from mtleak_gui.ui.widgets.labels import label

_FIELD_WIDTH = 240
_KEY_WIDTH = 64


class QuickMarksSection(Section):
    """Puts ``quick_marks`` of the settings."""

    def __init__(self, theme: ThemeKeeper, settings: SettingsKeeper, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Quick marks"), parent)
        self._theme, self._settings = theme, settings
        card = self.add_card(
            self.tr("Quick marks"),
            self.tr(
                "A key or a click sets a mark with this label. Up to {} labels of at most 24 characters; the order is "
                "that of the keys and of the buttons in the header."
            ).format(QUICK_MARK_LIMIT),
        )
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        card.body.addLayout(self._rows)
        self._refusal = label("", "small", "danger", wrap=True)
        self._refusal.hide()
        card.body.addWidget(self._refusal)
        self._shown: tuple[object, ...] = ()
        settings.changed.connect(self._show)
        self._show()

    @property
    def refusal(self) -> str:
        """Why the last label was refused, ``""`` when it was not."""
        return "" if self._refusal.isHidden() else self._refusal.text()

    @Slot()
    def _show(self) -> None:
        settings = self._settings.settings
        if (wanted := (settings.quick_marks, settings.keys)) == self._shown:
            return
        self._shown = wanted
        _clear(self._rows)
        marks, keys = settings.quick_marks, Shortcuts(settings.keys)
        for number, mark in enumerate(marks):
            self._rows.addWidget(self._row(number, mark, keys.key_for(f"quick_mark_{number + 1}")))
        if len(marks) < QUICK_MARK_LIMIT:
            self._rows.addWidget(self._new_row(keys.key_for(f"quick_mark_{len(marks) + 1}")))

    def _row(self, number: int, mark: str, key: str) -> QWidget:
        row, place = self._begin(key)
        name = self.tr("Quick mark {}").format(number + 1)
        place.addWidget(self._field(name, mark, partial(self._rename, number)))
        place.addStretch(1)
        last = len(self._settings.settings.quick_marks) - 1
        for icon, words, act, on in (
            ("chevron-up", self.tr("Move {} up"), partial(self._swap, number - 1), number > 0),
            ("chevron-down", self.tr("Move {} down"), partial(self._swap, number), number < last),
            ("delete-outline", self.tr("Remove {}"), partial(self._remove, number), True),
        ):
            made = IconButton(self._theme, icon, kind="icon", size="small", name=words.format(mark), parent=row)
            made.setEnabled(on)
            made.clicked.connect(act)
            place.addWidget(made)
        return row

    def _new_row(self, key: str) -> QWidget:
        row, place = self._begin(key)
        field = self._field(self.tr("New quick mark"), "", self._add)
        field.setPlaceholderText(self.tr("Add a label, then Enter"))
        place.addWidget(field)
        place.addStretch(1)
        return row

    def _begin(self, key: str) -> tuple[QWidget, QHBoxLayout]:
        row = QWidget(self.widget())
        place = QHBoxLayout(row)
        place.setContentsMargins(0, 0, 0, 0)
        place.setSpacing(8)
        words = key_label(native_key(key) or self.tr("no key"), row)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        words.setMinimumWidth(_KEY_WIDTH)
        place.addWidget(words, 0, Qt.AlignmentFlag.AlignVCenter)
        return row, place

    def _field(self, name: str, text: str, put: Callable[[str], None]) -> CheckedField:
        field = CheckedField(name, put, self.widget())
        field.setFixedWidth(_FIELD_WIDTH)
        field.show_value(text)
        field.refused.connect(self._refuse)
        field.accepted.connect(self._refusal.hide)
        return field

    @Slot(str)
    def _refuse(self, reason: str) -> None:
        self._refusal.setText(reason)
        self._refusal.show()

    def _rename(self, number: int, text: str) -> None:
        marks = list(self._settings.settings.quick_marks)
        marks[number] = text
        self._put(marks)

    def _add(self, text: str) -> None:
        self._put([*self._settings.settings.quick_marks, text])

    def _put(self, marks: list[str]) -> None:
        taken = rules_of(Settings)["quick_marks"].take(tuple(marks))
        if isinstance(taken, tuple) and len(taken) < len(marks):
            raise RefusedValueError(self.tr("There is a quick mark of that name already. Each needs another label."))
        self._settings.change(quick_marks=taken)

    def _remove(self, number: int) -> None:
        marks = list(self._settings.settings.quick_marks)
        del marks[number]
        self._put(marks)

    def _swap(self, upper: int) -> None:
        marks = list(self._settings.settings.quick_marks)
        marks[upper : upper + 2] = reversed(marks[upper : upper + 2])
        self._put(marks)


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
