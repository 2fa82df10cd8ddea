# SPDX-License-Identifier: GPL-3.0-only
"""Other keys for acts: press one into the field of the act; a key that means something else there is refused."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QKeySequenceEdit, QWidget

from mtleak_gui.core.key_names import normal_key
from mtleak_gui.core.shortcut_table import ACTS, Act
from mtleak_gui.core.shortcuts import Shortcuts
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.pages.settings.section import Section, add_rows
from mtleak_gui.ui.pages.settings.setting_row import SettingRow
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton, button
from mtleak_gui.ui.widgets.key_label import native_key
from mtleak_gui.ui.widgets.labels import label

_FIELD_WIDTH, _FIELD_HEIGHT = 150, 32
_PORTABLE = QKeySequence.SequenceFormat.PortableText


class KeysSection(Section):
    """Puts ``keys`` of the settings."""

    def __init__(self, theme: ThemeKeeper, settings: SettingsKeeper, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Keys"), parent)
        self._settings = settings
        head = self.add_card(
            "",
            self.tr(
                "Click a field or go to it by Tab, then press the key. Space, Esc and Enter keep their meaning. "
                "F1 lists everything that keys and the mouse do."
            ),
        )
        self._all = button(self.tr("All usual keys"), size="small", parent=head)
        self._all.clicked.connect(self._reset_all)
        head.set_header(self.tr("Keys"), self._all)
        # A file that was written by hand may hold what this page would refuse.
        self.collisions = label("", "small", "danger", wrap=True)
        head.body.addWidget(self.collisions)
        settings.changed.connect(self._show)
        self._show()
        self.build(self._steps_of_rows(theme))

    def _steps_of_rows(self, theme: ThemeKeeper) -> Iterator[None]:
        for group, acts in groupby((act for act in ACTS if not act.fixed), key=lambda act: act.group):
            card = self.add_card(group)
            for act in acts:
                add_rows(card, KeyRow(theme, self._settings, act, card))
                yield

    @Slot()
    def _show(self) -> None:
        keys = self._settings.settings.keys
        self._all.setEnabled(bool(keys))
        found = Shortcuts(keys).conflicts()
        self.collisions.setText("\n".join(conflict.sentence for conflict in found))
        self.collisions.setVisible(bool(found))

    @Slot()
    def _reset_all(self) -> None:
        self._settings.change(keys={})


class KeyRow(SettingRow):
    """The key of one act."""

    def __init__(self, theme: ThemeKeeper, settings: SettingsKeeper, act: Act, parent: QWidget | None = None) -> None:
        super().__init__(act.text, _places(act), parent)
        self._settings, self._act = settings, act
        place = QWidget(self)
        row = QHBoxLayout(place)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._reset = IconButton(
            theme, "restart", kind="icon", size="small", name=self.tr("Usual key: {}").format(_keys(act.keys))
        )
        self._reset.clicked.connect(self._put_usual)
        row.addWidget(self._reset)
        self.field = QKeySequenceEdit(place)
        self.field.setMaximumSequenceLength(1)
        self.field.setFixedSize(_FIELD_WIDTH, _FIELD_HEIGHT)
        self.field.setAccessibleName(self.tr("Key for: {}").format(act.text))
        self.field.editingFinished.connect(self._take)
        row.addWidget(self.field)
        self._none = IconButton(
            theme, "close", kind="icon", size="small", name=self.tr("No key for: {}").format(act.text)
        )
        self._none.clicked.connect(self._put_none)
        row.addWidget(self._none)
        self.set_control(place)
        settings.changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        shortcuts = Shortcuts(self._settings.settings.keys)
        self._reset.setVisible(shortcuts.is_changed(self._act.id))
        self._none.setEnabled(bool(shortcuts.key_for(self._act.id)))
        self.field.setKeySequence(QKeySequence(shortcuts.key_for(self._act.id), _PORTABLE))

    @Slot()
    def _take(self) -> None:
        key = normal_key(self.field.keySequence().toString(_PORTABLE))
        shortcuts = Shortcuts(self._settings.settings.keys)
        if key == shortcuts.key_for(self._act.id):
            return
        conflict = shortcuts.conflict_if(self._act.id, key) if key else None
        if key is None or conflict is not None:
            reason = self.tr("That key cannot be used here.") if conflict is None else conflict.sentence
            self._show()
            self.refuse(reason)
            return
        self._put(key)

    def _put(self, key: str) -> None:
        self.accept()
        keys = {name: kept for name, kept in self._settings.settings.keys.items() if name != self._act.id}
        if (key,) != self._act.keys:
            keys[self._act.id] = key
        self._settings.change(keys=keys)

    @Slot()
    def _put_none(self) -> None:
        self._put("")

    @Slot()
    def _put_usual(self) -> None:
        conflicts = map(partial(Shortcuts(self._settings.settings.keys).conflict_if, self._act.id), self._act.keys)
        conflict = next(filter(None, conflicts), None)
        if conflict is not None:
            self.refuse(conflict.sentence)
            return
        self.accept()
        keys = self._settings.settings.keys
        self._settings.change(keys={name: key for name, key in keys.items() if name != self._act.id})


def _keys(keys: tuple[str, ...]) -> str:
    return ", ".join(native_key(key) for key in keys)


def _places(act: Act) -> str:
    return "" if act.group.casefold().startswith(act.where) else ", ".join(place.capitalize() for place in act.where)
