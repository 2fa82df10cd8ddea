# SPDX-License-Identifier: GPL-3.0-only
"""How a board is to be heard: three ways, each explained in a line, and whether it is connected by itself next time."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.addresses import BleAddress, DemoAddress, TcpAddress
from mtleak_gui.core.auto_capture import CaptureWay, auto_words, capture_way
from mtleak_gui.core.settings import Capture
from mtleak_gui.ui.devices.board_choice import BoardChoice
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.segmented import Segmented

_WIDTH = 520


class CaptureChoice(QWidget):
    """``offer`` says what the chosen board allows."""

    changed = Signal()
    """The user chose another way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choice: BoardChoice | None = None
        self._ways = Segmented(
            (("auto", self.tr("Auto")), ("api", self.tr("API session")), ("console", self.tr("Console tap"))),
            name=self.tr("Capture"),
        )
        self._again = QCheckBox(self.tr("connect automatically next time"))
        self._told = label("", "secondary", wrap=True)
        self._told.setMinimumWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label(self.tr("Capture"), "secondary"))
        row.addWidget(self._ways)
        row.addWidget(self._again)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._told)
        self._ways.chosen.connect(self._tell)
        self._ways.chosen.connect(self.changed)
        self._tell()

    @property
    def capture(self) -> Capture:
        """The way that is chosen."""
        key = self._ways.key
        return "api" if key == "api" else "console" if key == "console" else "auto"

    @property
    def connects_again(self) -> bool:
        """Whether the board is to be connected by itself."""
        return self._again.isChecked() and self._again.isEnabled()

    def offer(self, choice: BoardChoice) -> None:
        """Show what was chosen for a board before, and what it allows."""
        is_same = self._choice is not None and self._choice.key == choice.key
        before = self._choice
        self._choice = choice
        self._ways.enable("console", on=choice.has_console)
        # What the user chose a moment ago stays while the row is drawn anew.
        if not is_same or before is None or before.known != choice.known:
            wish = choice.capture
            self._ways.choose(wish if choice.has_console or wish != "console" else "auto")
            self._again.setEnabled(not isinstance(choice.address, DemoAddress))
            self._again.setChecked(choice.auto_connect)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        choice = self._choice
        if choice is None:
            self._told.setText("")
            return
        way = capture_way(self.capture, choice.known, has_console=choice.has_console)
        words = self._consequence(choice, way)
        if self.capture == "auto" and choice.has_console:
            zone = datetime.now(UTC).astimezone()
            words = f"{auto_words(choice.known, has_console=True, now=zone)} {words}"
        self._told.setText(words)

    def _consequence(self, choice: BoardChoice, way: CaptureWay) -> str:
        if isinstance(choice.address, TcpAddress):
            return self.tr("API session over the network: telemetry and packets only, no log stream.")
        if isinstance(choice.address, DemoAddress):
            return self.tr("A virtual board: it plays telemetry, packets and its log into a recording of its own.")
        if isinstance(choice.address, BleAddress):
            return self.tr("API session: telemetry and packets, and log lines where the board's Debug log API is on.")
        if way == "console":
            return self.tr(
                "Listens to the text console and sends nothing. Shows the [heap N] prefix of DEBUG_HEAP builds, no "
                "packets; silent until a reset once a client has spoken protobuf."
            )
        return self.tr("Telemetry and packets, and log lines where the board's Debug log API is on.")
