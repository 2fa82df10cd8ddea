# SPDX-License-Identifier: GPL-3.0-only
"""What is known of boards: their names, how they are heard, whether they are connected by themselves."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.addresses import AddressError
from mtleak_gui.core.node_address import node_address, node_url
from mtleak_gui.core.setting_rules import RefusedValueError
from mtleak_gui.core.settings import Devices, NetworkNode
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.pages.settings.checked_field import CheckedField
from mtleak_gui.ui.pages.settings.device_kind import BLUETOOTH, BOARD, NODE, DeviceKind
from mtleak_gui.ui.pages.settings.device_row import DeviceRow
from mtleak_gui.ui.pages.settings.section import Section
from mtleak_gui.ui.pages.settings.setting_row import SettingRow
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.alert_box import AlertBox
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.lines import line

_FIELD_WIDTH = 260


class DevicesSection(Section):
    """Puts the section ``devices`` of the settings. What was forgotten can be taken back while the page is open."""

    def __init__(self, theme: ThemeKeeper, settings: SettingsKeeper, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Devices"), parent)
        self._theme, self._settings = theme, settings
        self._before: Devices | None = None
        self._undo: AlertBox | None = None
        self._rows: dict[DeviceKind, list[DeviceRow]] = {BOARD: [], NODE: [], BLUETOOTH: []}
        self._cards: dict[DeviceKind, Card] = {
            BOARD: self.add_card(
                self.tr("Boards"),
                self.tr(
                    "Boards that were connected once. The API brings telemetry; the console brings every line of the "
                    "log with its heap prefix; Auto is the console where a DEBUG_HEAP build was seen. Another capture, "
                    "and other lines, are in force at the next connection."
                ),
            ),
            NODE: self.add_card(
                self.tr("Network nodes and remote ports"),
                self.tr(
                    "Boards in the network, which send no log there, and boards at serial ports of other computers."
                ),
            ),
            BLUETOOTH: self.add_card(
                self.tr("Bluetooth boards"),
                self.tr(
                    "Heard over the API. One that is connected automatically is tried at the start, without a scan."
                ),
            ),
        }
        self._places = {kind: QVBoxLayout() for kind in self._cards}
        self._nothing = {kind: label("", "secondary", wrap=True) for kind in self._cards}
        for kind, card in self._cards.items():
            card.body.addWidget(self._nothing[kind])
            card.body.addLayout(self._places[kind])
        self._nothing[BOARD].setText(self.tr("No board was connected yet."))
        self._nothing[NODE].setText(self.tr("No network node was added yet."))
        self._nothing[BLUETOOTH].setText(self.tr("No board was connected over Bluetooth yet."))
        self._cards[NODE].body.addWidget(line(self))
        self._cards[NODE].body.addWidget(self._adding())
        settings.changed.connect(self._show)
        self._show()

    @property
    def rows(self) -> tuple[DeviceRow, ...]:
        """The rows that are shown, boards first."""
        return (*self._rows[BOARD], *self._rows[NODE], *self._rows[BLUETOOTH])

    @Slot()
    def _show(self) -> None:
        devices = self._settings.settings.devices
        for kind in self._cards:
            wanted = [kind.key_of(device) for device in kind.devices(devices)]
            if [row.key for row in self._rows[kind]] != wanted:
                self._make_rows(kind, wanted)
            for row in self._rows[kind]:
                row.show_device()
            self._nothing[kind].setVisible(not wanted)

    def _make_rows(self, kind: DeviceKind, keys: list[str]) -> None:
        for row in self._rows[kind]:
            row.hide()
            row.deleteLater()
        self._rows[kind] = [DeviceRow(self._theme, self._settings, kind, key) for key in keys]
        for row in self._rows[kind]:
            row.forget_requested.connect(self._forget)
            self._places[kind].addWidget(row)

    @Slot(object, str)
    def _forget(self, kind: DeviceKind, key: str) -> None:
        devices = self._settings.settings.devices
        kept = tuple(device for device in getattr(devices, kind.rows) if getattr(device, kind.key) != key)
        gone = next(device for device in getattr(devices, kind.rows) if getattr(device, kind.key) == key)
        self._before = devices
        self._settings.change(devices=replace(devices, **{kind.rows: kept}))
        self._offer_undo(gone.name or key)

    def _offer_undo(self, name: str) -> None:
        self._take_undo_away()
        self._undo = AlertBox(
            self._theme,
            "neutral",
            self.tr("{} is forgotten. What it sent stays in the recordings.").format(name),
            actions=[("undo", self.tr("Undo"))],
        )
        self._undo.acted.connect(self._restore)
        self.cards.insertWidget(0, self._undo)

    @Slot()
    def _restore(self) -> None:
        if self._before is not None:
            self._settings.change(devices=self._before)
        self._take_undo_away()

    def _take_undo_away(self) -> None:
        if self._undo is not None:
            self._undo.hide()
            self._undo.deleteLater()
            self._undo = None

    def _adding(self) -> SettingRow:
        row = SettingRow(
            self.tr("Add a network node or remote port"),
            self.tr("Host name or address, with a port other than 4403; or socket://host:port, rfc2217://host:port."),
        )
        place = QWidget(row)
        alone = QHBoxLayout(place)
        alone.setContentsMargins(0, 0, 0, 0)
        self.adding = CheckedField(self.tr("Address of a network node or remote port"), self._add, place)
        self.adding.setPlaceholderText("192.168.1.40:4403")
        self.adding.setFixedWidth(_FIELD_WIDTH)
        self.adding.refused.connect(row.refuse)
        self.adding.accepted.connect(row.accept)
        alone.addWidget(self.adding)
        row.set_control(place)
        return row

    def _add(self, text: str) -> None:
        try:
            address = node_url(node_address(text))
        except AddressError as error:
            raise RefusedValueError(str(error)) from error
        devices = self._settings.settings.devices
        if any(node.address == address for node in devices.network_nodes):
            raise RefusedValueError(self.tr("{} is in the list already.").format(address))
        nodes = (*devices.network_nodes, NetworkNode(address))
        self._settings.change(devices=replace(devices, network_nodes=nodes))
        self.adding.clear()
