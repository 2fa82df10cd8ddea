# SPDX-License-Identifier: GPL-3.0-only
"""Rows that are bound to one field of the settings: they show what is in force and put what the user chooses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mtleak_gui.core.checked import Checked
from mtleak_gui.core.setting_rules import Rule, Whole, refusal
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.pages.settings.checked_field import CheckedField
from mtleak_gui.ui.pages.settings.setting_row import SettingRow
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.segmented import Segmented
from mtleak_gui.ui.widgets.switch import Switch

_NUMBER_WIDTH = 88


class Bond(NamedTuple):
    """One field of a section of the settings."""

    settings: SettingsKeeper
    section: str
    field: str

    @property
    def value(self) -> object:
        """What is in force."""
        value: object = getattr(getattr(self.settings.settings, self.section), self.field)
        return value

    @property
    def rule(self) -> Rule:
        """What is allowed."""
        section: Checked = getattr(self.settings.settings, self.section)
        return section.rules()[self.field]

    def put(self, value: object) -> None:
        """Put another value. Raises ``RefusedValueError``."""
        self.settings.change_in(self.section, **{self.field: self.rule.take(value)})


class SwitchRow(SettingRow):
    """A field that is on or off."""

    def __init__(
        self, theme: ThemeKeeper, bond: Bond, title: str, hint: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(title, hint, parent)
        self._bond = bond
        self.control = Switch(theme, title, self)
        self.control.toggled.connect(self._put)
        self.set_control(self.control)
        bond.settings.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        self.control.setChecked(bool(self._bond.value))

    @Slot(bool)
    def _put(self, on: bool) -> None:  # noqa: FBT001 - the signal's own argument
        self._bond.put(on)


class ChoiceRow(SettingRow):
    """A field that is one of a few words; ``choices`` are (value, word)."""

    def __init__(
        self,
        bond: Bond,
        choices: Sequence[tuple[str, str]],
        title: str,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(title, hint, parent)
        self._bond = bond
        self.control = Segmented(choices, name=title, parent=self)
        self.control.chosen.connect(self._put)
        self.set_control(self.control)
        bond.settings.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        self.control.choose(str(self._bond.value))

    @Slot(str)
    def _put(self, key: str) -> None:
        self._bond.put(key)


class NumberRow(SettingRow):
    """A whole number with its unit; what is allowed stands under the title."""

    def __init__(
        self, bond: Bond, title: str, hint: str = "", *, unit: str = "", parent: QWidget | None = None
    ) -> None:
        allowed = bond.rule.allowed
        super().__init__(title, f"{hint} {self.tr('Allowed: {}.').format(allowed)}".strip(), parent)
        self._bond = bond
        self.control = _NumberField(title, bond, self)
        self.control.refused.connect(self.refuse)
        self.control.accepted.connect(self.accept)
        place = QWidget(self)
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.control)
        words = label(unit, "secondary")
        words.setMinimumWidth(44)
        row.addWidget(words)
        self.set_control(place)
        bond.settings.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        self.control.show_value(f"{self._bond.value:,}")


class _NumberField(CheckedField):
    def __init__(self, name: str, bond: Bond, parent: QWidget) -> None:
        super().__init__(name, self._put_text, parent)
        self._bond = bond
        self.setFixedWidth(_NUMBER_WIDTH)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def _put_text(self, text: str) -> None:
        try:
            number = int(text.replace(",", "").replace("\u202f", "").replace(" ", ""))
        except ValueError:
            raise refusal(text, self._bond.rule) from None
        self._bond.put(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Step by one with the arrows."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        rule, value = self._bond.rule, self._bond.value
        if step is None or not isinstance(rule, Whole) or not isinstance(value, int):
            super().keyPressEvent(event)
            return
        self._bond.put(min(max(value + step, rule.low), rule.high))
