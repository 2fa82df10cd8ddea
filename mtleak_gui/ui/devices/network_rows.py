# SPDX-License-Identifier: GPL-3.0-only
"""The part of the port picker for boards in the network and at serial ports of other computers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mtleak_gui.ui.devices.node_field import NodeField
from mtleak_gui.ui.devices.picker_heading import PickerHeading
from mtleak_gui.ui.devices.row_group import RowGroup
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton


class NetworkRows(QWidget):
    """``group`` are the rows."""

    node_added = Signal(object)
    """A ``NodeAddress``."""
    given_up = Signal()

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = RowGroup(theme)
        self._field = NodeField()
        add = IconButton(theme, "plus", self.tr("Add network node"), size="small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PickerHeading(self.tr("Network"), add))
        column.addWidget(self.group)
        column.addWidget(self._field)
        add.clicked.connect(self._field.begin)
        self._field.node_added.connect(self.node_added)
        self._field.given_up.connect(self.given_up)
        self.begin()

    def begin(self) -> None:
        """Hide the field."""
        self._field.hide()
