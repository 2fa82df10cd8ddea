# SPDX-License-Identifier: GPL-3.0-only
"""The page of settings: sections at the left, the chosen one at the right. A section is made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mtleak_gui.core.third_party import ThirdParty
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.settings_keeper import Background, SettingsKeeper
from mtleak_gui.ui.pages.settings.about_section import AboutSection
from mtleak_gui.ui.pages.settings.appearance_section import AppearanceSection
from mtleak_gui.ui.pages.settings.developer_section import DeveloperSection
from mtleak_gui.ui.pages.settings.devices_section import DevicesSection
from mtleak_gui.ui.pages.settings.keys_section import KeysSection
from mtleak_gui.ui.pages.settings.places_shown import PlacesShown
from mtleak_gui.ui.pages.settings.privacy_section import PrivacySection
from mtleak_gui.ui.pages.settings.quick_marks_section import QuickMarksSection
from mtleak_gui.ui.pages.settings.recording_section import RecordingSection
from mtleak_gui.ui.pages.settings.rules_section import RulesSection
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.labels import label

_LIST_WIDTH = 200


class _Entry(NamedTuple):
    key: str
    text: str
    icon: str
    make: Callable[[], QWidget]


class SettingsPage(QWidget):
    """``show_section`` opens one by its key: appearance, recording, devices, quick_marks, keys, rules ..."""

    def __init__(
        self,
        bench: Bench,
        theme: ThemeKeeper,
        settings: SettingsKeeper,
        *,
        disk: Background,
        places: PlacesShown,
        notices: Callable[[], tuple[ThirdParty, ...]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        tr = self.tr
        self._entries = {
            entry.key: entry
            for entry in (
                _Entry("appearance", tr("Appearance"), "image-outline", lambda: AppearanceSection(settings)),
                _Entry(
                    "recording",
                    tr("Recording"),
                    "record-circle",
                    lambda: RecordingSection(theme, settings, places.recordings),
                ),
                _Entry("devices", tr("Devices"), "usb-port", lambda: DevicesSection(theme, settings)),
                _Entry(
                    "quick_marks", tr("Quick marks"), "flag-variant-outline", lambda: QuickMarksSection(theme, settings)
                ),
                _Entry("keys", tr("Keys"), "keyboard-outline", lambda: KeysSection(theme, settings)),
                _Entry("rules", tr("Rules"), "magnify", lambda: RulesSection(theme, settings)),
                _Entry("privacy", tr("Privacy"), "lock-outline", lambda: PrivacySection(theme, places)),
                _Entry("developer", tr("Developer"), "memory", lambda: DeveloperSection(theme, bench, places)),
                _Entry("about", tr("About"), "information-outline", lambda: AboutSection(theme, disk, notices)),
            )
        }
        self._made: dict[str, QWidget] = {}
        self._shown = ""
        self._stack = QStackedWidget(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(label(tr("Settings"), "title"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._list(theme), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._stack, 1)
        column.addLayout(row, 1)
        self.show_section("appearance")

    @property
    def shown(self) -> str:
        """The key of the section that is shown."""
        return self._shown

    def show_section(self, key: str) -> QWidget | None:
        """Show a section and return it; a key that there is not is passed over."""
        if key not in self._entries:
            return None
        if key not in self._made:
            self._made[key] = self._entries[key].make()
            self._stack.addWidget(self._made[key])
        self._stack.setCurrentWidget(self._made[key])
        self._buttons[key].setChecked(True)
        self._shown = key
        return self._made[key]

    def view_state(self) -> dict[str, object]:
        """Return which section is shown."""
        return {"section": self._shown}

    def restore_view(self, state: Mapping[str, object]) -> None:
        """Show the section that was shown."""
        self.show_section(str(state.get("section", "")))

    def _list(self, theme: ThemeKeeper) -> Card:
        card = Card(padding=8, parent=self)
        card.setFixedWidth(_LIST_WIDTH)
        card.body.setSpacing(4)
        group = QButtonGroup(self)
        self._buttons: dict[str, QAbstractButton] = {}
        for entry in self._entries.values():
            made = IconButton(theme, entry.icon, entry.text, kind="sidebar-row", parent=card)
            made.setCheckable(True)
            made.setProperty("key", entry.key)
            group.addButton(made)
            card.body.addWidget(made)
            self._buttons[entry.key] = made
        group.buttonClicked.connect(self._clicked)
        return card

    @Slot(QAbstractButton)
    def _clicked(self, chosen: QAbstractButton) -> None:
        self.show_section(str(chosen.property("key")))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go up and down the list with Ctrl+Page up and Ctrl+Page down."""
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if step is None or event.modifiers() != Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        keys = list(self._entries)
        self.show_section(keys[(keys.index(self._shown) + step) % len(keys)])
