# SPDX-License-Identifier: GPL-3.0-only
"""Named filters: those that ship, those that were saved, and how one is saved or deleted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QLineEdit, QMenu, QPushButton, QWidget

from mtleak_gui.core.log_filter import LogFilter
from mtleak_gui.core.log_presets import BUILT_IN, preset_json, preset_of
from mtleak_gui.core.settings import LogPreset
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.labels import as_words, plain_tip

_LONGEST_NAME = 40


class PresetMenu(IconButton):
    """``chosen`` brings the filter of a preset."""

    chosen = Signal(object)

    def __init__(self, theme: ThemeKeeper, settings: SettingsKeeper, parent: QWidget | None = None) -> None:
        super().__init__(theme, "chevron-down", "", size="control", parent=parent)
        self.setText(self.tr("Presets"))
        self.setAccessibleName(self.tr("Presets of the filter"))
        self.setLayoutDirection(_icon_behind(self))
        self._settings = settings
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self._menu.aboutToShow.connect(self._fill)

    def save(self, wanted: LogFilter, parent: QWidget) -> None:
        """Ask for a name and keep the filter under it; one of that name is replaced."""
        name, agreed = QInputDialog.getText(
            parent, self.tr("Save preset"), self.tr("Name of this filter"), QLineEdit.EchoMode.Normal
        )
        name = " ".join(name.split())[:_LONGEST_NAME]
        if agreed and name:
            self.keep(name, wanted)

    def keep(self, name: str, wanted: LogFilter) -> None:
        """Keep a filter under a name."""
        others = tuple(preset for preset in self._settings.settings.log_presets if preset.name != name)
        self._settings.change(log_presets=(*others, LogPreset(name, preset_json(wanted))))

    def acts(self) -> list[QAction]:
        """Return what the menu offers now."""
        self._fill()
        return self._menu.actions()

    @Slot()
    def _fill(self) -> None:
        self._menu.clear()
        for preset in BUILT_IN:
            self._act(self._menu, self.tr(preset.name), preset.wanted)
        saved = self._settings.settings.log_presets
        if not saved:
            return
        self._menu.addSeparator()
        for kept in saved:
            self._act(self._menu, as_words(kept.name), preset_of(kept.filter))
        self._menu.addSeparator()
        deletion = self._menu.addMenu(self.tr("Delete a preset"))
        for kept in saved:
            act = deletion.addAction(as_words(kept.name))
            act.setToolTip(plain_tip(kept.name))
            act.setData(kept.name)
            act.triggered.connect(self._delete)

    def _act(self, menu: QMenu, name: str, wanted: LogFilter) -> None:
        act = menu.addAction(name)
        act.setToolTip(plain_tip(name))
        act.setData(wanted)
        act.triggered.connect(self._choose)

    @Slot()
    def _choose(self) -> None:
        act = self.sender()
        if isinstance(act, QAction):
            self.chosen.emit(act.data())

    @Slot()
    def _delete(self) -> None:
        act = self.sender()
        if isinstance(act, QAction):
            kept = self._settings.settings.log_presets
            self._settings.change(log_presets=tuple(preset for preset in kept if preset.name != act.data()))


def _icon_behind(button: QPushButton) -> Qt.LayoutDirection:
    """Return the direction in which the icon stands behind the words."""
    left_to_right = button.layoutDirection() == Qt.LayoutDirection.LeftToRight
    return Qt.LayoutDirection.RightToLeft if left_to_right else Qt.LayoutDirection.LeftToRight
