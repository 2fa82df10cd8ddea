# SPDX-License-Identifier: GPL-3.0-only
"""Where the address of a network node is typed: checked as it is added, with the reason below when it is refused."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mtleak_gui.core.addresses import AddressError, TcpAddress, network_address
from mtleak_gui.ui.theme.styling import styled
from mtleak_gui.ui.widgets.buttons import button
from mtleak_gui.ui.widgets.labels import label


class NodeField(QWidget):
    """Enter adds, Esc gives up."""

    node_added = Signal(TcpAddress)
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = QLineEdit()
        self._field.setPlaceholderText("192.168.1.40")
        self._field.setAccessibleName(self.tr("Address of the network node"))
        self._field.setMaxLength(280)
        self._reason = label("", "small", "danger", wrap=True)
        self._reason.hide()
        add = button(self.tr("Add"), size="control")
        add.clicked.connect(self._add)
        self._field.returnPressed.connect(self._add)
        self._field.textEdited.connect(self._clear)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 8)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(add)
        column.addLayout(row)
        column.addWidget(self._reason)

    def begin(self) -> None:
        """Show the field empty, and put the cursor into it."""
        self._field.clear()
        self._clear()
        self.show()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _add(self) -> None:
        try:
            address = network_address(self._field.text())
        except AddressError as refusal:
            styled(self._field, invalid=True)
            self._reason.setText(str(refusal))
            self._reason.show()
            return
        self.hide()
        self.node_added.emit(address)

    @Slot()
    def _clear(self) -> None:
        styled(self._field, invalid=False)
        self._reason.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Give up by Esc; keep Enter from connecting what is chosen elsewhere."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.given_up.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
