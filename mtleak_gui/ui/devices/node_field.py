# SPDX-License-Identifier: GPL-3.0-only
"""Where the address of a network node or a remote serial port is typed: below stands what it is taken for.

While it is typed nothing is refused; when it is added, the reason is told.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mtleak_gui.core.addresses import AddressError
from mtleak_gui.core.node_address import NodeAddress, node_address, understood
from mtleak_gui.ui.theme.styling import styled
from mtleak_gui.ui.widgets.buttons import button
from mtleak_gui.ui.widgets.labels import breakable, label


class NodeField(QWidget):
    """Enter adds, Esc gives up."""

    node_added = Signal(object)
    """A ``NodeAddress``."""
    given_up = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = QLineEdit()
        self._field.setPlaceholderText("192.168.1.40, [fe80::1]:4403, rfc2217://host:2217 or socket://host:4001")
        self._field.setAccessibleName(self.tr("Address of the network node or remote serial port"))
        self._field.setMaxLength(280)
        self._reason = label("", "small", "danger", wrap=True)
        self._reason.hide()
        self._told = label("", "small", "secondary", wrap=True)
        add = button(self.tr("Add"), size="control")
        add.clicked.connect(self._add)
        self._field.returnPressed.connect(self._add)
        self._field.textChanged.connect(self._tell)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 4, 16, 8)
        column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(add)
        column.addLayout(row)
        column.addWidget(self._told)
        column.addWidget(self._reason)

    def begin(self) -> None:
        """Show the field empty, and put the cursor into it."""
        self._field.clear()
        self._tell()
        self.show()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _add(self) -> None:
        text = self._field.text()
        try:
            address = node_address(text)
        except AddressError as refusal:
            styled(self._field, invalid=True)
            self._reason.setText(breakable(str(refusal)))
            self._reason.show()
            self._told.hide()
            return
        self.hide()
        self.node_added.emit(address)

    @Slot()
    def _tell(self) -> None:
        styled(self._field, invalid=False)
        self._reason.hide()
        taken_for = _taken_for(self._field.text())
        self._told.setText(
            taken_for
            or self.tr("A host name or address; a port after a colon. IPv6 needs brackets only before a port.")
        )
        self._told.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Give up by Esc; keep Enter from connecting what is chosen elsewhere."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.given_up.emit()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


def _taken_for(text: str) -> str:
    address: NodeAddress
    try:
        address = node_address(text)
    except AddressError:
        return ""
    return breakable(understood(address))
