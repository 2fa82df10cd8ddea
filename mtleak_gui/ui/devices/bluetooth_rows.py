# SPDX-License-Identifier: GPL-3.0-only
"""The part of the port picker for boards in reach of Bluetooth; nothing is looked for until somebody asks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.ui.devices.picker_heading import PickerHeading
from mtleak_gui.ui.devices.row_group import RowGroup
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.labels import breakable, label, plain_tip


class BluetoothRows(QWidget):
    """``group`` are the rows."""

    scan_requested = Signal()

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.group = RowGroup(theme)
        self._scan = IconButton(theme, "magnify", self.tr("Scan for Bluetooth boards"), size="small")
        self._told = label("", "secondary", wrap=True)
        self._told.setContentsMargins(16, 2, 16, 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(PickerHeading(self.tr("Bluetooth"), self._scan))
        column.addWidget(self.group)
        column.addWidget(self._told)
        self._scan.clicked.connect(self.scan_requested)
        self.show_scan(is_looking=False, has_looked=False, heard=0, trouble=None)

    def show_scan(self, *, is_looking: bool, has_looked: bool, heard: int, trouble: LinkTrouble | None) -> None:
        """Show how looking for boards stands; ``heard`` were found."""
        self._scan.setEnabled(not is_looking)
        self._scan.set_look(
            "timer-sand" if is_looking else "magnify",
            self.tr("Scanning…")
            if is_looking
            else self.tr("Scan again")
            if has_looked
            else self.tr("Scan for Bluetooth boards"),
        )
        words = self._words(is_looking=is_looking, has_looked=has_looked, heard=heard)
        if trouble is not None:
            words = trouble.sentence
        self._told.setText(breakable(words))
        self._told.setToolTip(plain_tip(trouble.detail) if trouble is not None and trouble.detail else "")
        self._told.setVisible(bool(words))

    def _words(self, *, is_looking: bool, has_looked: bool, heard: int) -> str:
        if heard or (self.group.rows and not has_looked):
            return ""
        if is_looking:
            return self.tr("Listening for boards for ten seconds.")
        if has_looked:
            return self.tr(
                "No board was heard. A board that a phone is connected to, or whose Bluetooth is off, does not show."
            )
        return self.tr("Nothing is looked for until you ask. A board needs its Bluetooth on and no phone connected.")
