# SPDX-License-Identifier: GPL-3.0-only
"""How the window looks: theme, density, size of log text. All of it at once."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.pages.settings.bound_rows import Bond, ChoiceRow, NumberRow
from mtleak_gui.ui.pages.settings.section import Section, add_rows


class AppearanceSection(Section):
    """Puts the section ``appearance`` of the settings."""

    def __init__(self, settings: SettingsKeeper, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Appearance"), parent)
        themes = [("system", self.tr("System")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))]
        densities = [("comfortable", self.tr("Comfortable")), ("compact", self.tr("Compact"))]
        add_rows(
            self.add_card(self.tr("Appearance"), self.tr("Changes are seen at once.")),
            ChoiceRow(
                Bond(settings, "appearance", "theme"),
                themes,
                self.tr("Theme"),
                self.tr("System follows what the desktop is set to."),
            ),
            ChoiceRow(
                Bond(settings, "appearance", "density"),
                densities,
                self.tr("Density"),
                self.tr("Compact puts more rows of the log on a screen."),
            ),
            NumberRow(
                Bond(settings, "appearance", "log_font_px"),
                self.tr("Size of log text"),
                self.tr("In the Logbook Ctrl+wheel changes it too."),
                unit="px",
            ),
        )
