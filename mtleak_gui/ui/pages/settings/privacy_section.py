# SPDX-License-Identifier: GPL-3.0-only
"""What leaves this computer (nothing), what is recorded, and where it lies."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mtleak_gui.ui.pages.settings.places_shown import PlacesShown
from mtleak_gui.ui.pages.settings.section import Section, add_rows
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.alert_box import AlertBox
from mtleak_gui.ui.widgets.fact_table import FactTable
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.path_row import PathRow


class PrivacySection(Section):
    """Nothing to set: it tells how things are."""

    def __init__(self, theme: ThemeKeeper, places: PlacesShown, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Privacy"), parent)
        card = self.add_card(self.tr("Network"))
        card.body.addWidget(
            AlertBox(
                theme,
                "ok",
                self.tr("Nothing leaves this computer"),
                self.tr(
                    "MT Leakhunt opens no connection but those to the boards that you choose. It does not look for "
                    "updates, sends no statistics and uploads no reports or faults."
                ),
            )
        )
        card.body.addWidget(
            label(
                self.tr(
                    "To a board it writes nothing by itself but what the connection needs. It sends no messages to the "
                    "mesh and changes no configuration."
                ),
                "secondary",
                wrap=True,
            )
        )
        recorded = self.add_card(
            self.tr("What is recorded"), self.tr("Files that only your user account may read, in plain JSON lines.")
        )
        table = FactTable((0, 1), parent=recorded)
        for row in self._recorded():
            table.add_row(row)
        recorded.body.addWidget(table)
        add_rows(
            self.add_card(self.tr("Where it lies")),
            PathRow(theme, self.tr("Recordings"), places.recordings),
            PathRow(theme, self.tr("Reports"), places.reports),
            PathRow(theme, self.tr("Settings"), places.settings),
            PathRow(theme, self.tr("Log of the program, and faults"), places.logs),
        )

    def _recorded(self) -> tuple[tuple[str, str], ...]:
        return (
            (
                self.tr("Logs"),
                self.tr("Every line that the firmware prints. It may name nodes, positions and channels."),
            ),
            (self.tr("Telemetry"), self.tr("Readings of the board, and those that it hears from other nodes.")),
            (
                self.tr("Packets"),
                self.tr(
                    "Who sent what kind of packet to whom, and its first 64 bytes, which for text messages are their "
                    "text. The content of admin messages is left out: it may hold keys."
                ),
            ),
            (self.tr("Events"), self.tr("Connections, restarts, marks and their notes.")),
        )
