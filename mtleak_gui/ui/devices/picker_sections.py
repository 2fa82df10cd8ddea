# SPDX-License-Identifier: GPL-3.0-only
"""All rows of the port picker, one part below the other: boards, network, Bluetooth, demo, other ports."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.demo_offer import DemoOffer
from mtleak_gui.ui.devices.bluetooth_rows import BluetoothRows
from mtleak_gui.ui.devices.board_choice import BoardChoice, Choices, demo_choice
from mtleak_gui.ui.devices.network_rows import NetworkRows
from mtleak_gui.ui.devices.picker_heading import PickerHeading
from mtleak_gui.ui.devices.picker_row import PickerRow
from mtleak_gui.ui.devices.row_group import RowGroup
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.icon_label import IconLabel
from mtleak_gui.ui.widgets.labelled_combo import LabelledCombo
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.lines import line


class PickerSections(QWidget):
    """``chosen`` and ``opened`` tell the key of a row."""

    chosen = Signal(str)
    opened = Signal(str)
    remove_requested = Signal(object)
    """A ``BoardChoice``."""

    def __init__(self, theme: ThemeKeeper, demos: Sequence[DemoOffer], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._demos = theme, tuple(demos)
        self._boards, self._demo, self._others = RowGroup(theme), RowGroup(theme), RowGroup(theme)
        self.network, self.bluetooth = NetworkRows(theme), BluetoothRows(theme)
        self._scenarios = LabelledCombo(theme, size="small")
        self._scenarios.setAccessibleName(self.tr("Scenario of the demo"))
        self._scenarios.setFixedWidth(280)
        self._unfold = IconButton(theme, "chevron-right", "", kind="quiet", size="small")
        self._no_board = label(self.tr("No board is plugged in. One shows up here within a second."), "secondary")
        self._lay_out()
        for group in self._groups():
            group.chosen.connect(self.chosen)
            group.opened.connect(self.opened)
            group.remove_requested.connect(self._ask_to_remove)
        self._unfold.clicked.connect(self._fold_others)
        for offer in self._demos:
            self._scenarios.addItem(offer.title, offer.scenario)
        self._scenarios.currentIndexChanged.connect(self._scenario_changed)
        self._show_demo()
        self._others.hide()

    def show_choices(self, choices: Choices) -> None:
        """Show what can be connected: likely boards first, ports that are most likely none folded away."""
        likely = [choice for choice in choices.boards if choice.offer is not None and choice.offer.kind == "likely"]
        others = [choice for choice in choices.boards if choice not in likely]
        self._boards.show_choices(likely)
        self._no_board.setVisible(not likely)
        self._others.show_choices(others)
        names = " · ".join(f"{choice.title} {choice.usb}" if choice.usb else choice.port for choice in others[:3])
        self._unfold.setText(self.tr("Other ports ({0}): {1}").format(len(others), names))
        self._unfold.setVisible(bool(others))
        self.network.group.show_choices(choices.nodes)
        self.bluetooth.group.show_choices(choices.bluetooth)

    def rows(self, *, hidden: bool = False) -> list[PickerRow]:
        """Return the rows from top to bottom; on wish those too that are folded away."""
        return [row for group in self._groups() if hidden or not group.isHidden() for row in group.rows]

    def choice(self, key: str) -> BoardChoice | None:
        """Return what a row stands for."""
        return next((row.choice for row in self.rows(hidden=True) if row.choice.key == key), None)

    def unfold_for(self, key: str | None) -> None:
        """Unfold the other ports when the row is there."""
        if key in {row.choice.key for row in self._others.rows} and self._others.isHidden():
            self._fold_others()

    def _groups(self) -> tuple[RowGroup, ...]:
        return self._boards, self.network.group, self.bluetooth.group, self._demo, self._others

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._no_board.setContentsMargins(16, 2, 16, 10)
        boards = PickerHeading(self.tr("Boards"), self._looking())
        demo = PickerHeading(self.tr("Demo"))
        parts = (boards, self._no_board, self._boards, line(), self.network, line(), self.bluetooth, line())
        for part in (*parts, demo, self._demo, line()):
            column.addWidget(part)
        unfold = QHBoxLayout()
        unfold.setContentsMargins(8, 4, 8, 4)
        unfold.addWidget(self._unfold)
        unfold.addStretch(1)
        column.addLayout(unfold)
        column.addWidget(self._others)

    def _looking(self) -> QWidget:
        told = QWidget()
        row = QHBoxLayout(told)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(IconLabel(self._theme, "refresh", "text_2", 14))
        row.addWidget(label(self.tr("looking every second"), "secondary"))
        return told

    def _show_demo(self) -> None:
        if self._demos:
            offer = self._demos[max(0, self._scenarios.currentIndex())]
            self._demo.show_choices([demo_choice(offer)], aside=self._scenarios)

    @Slot()
    def _fold_others(self) -> None:
        self._others.setVisible(self._others.isHidden())
        self._unfold.set_look("chevron-right" if self._others.isHidden() else "chevron-down")

    @Slot()
    def _scenario_changed(self) -> None:
        self._show_demo()
        self.chosen.emit(self._demo.rows[0].choice.key)

    @Slot(str)
    def _ask_to_remove(self, key: str) -> None:
        if (choice := self.choice(key)) is not None:
            self.remove_requested.emit(choice)
