# SPDX-License-Identifier: GPL-3.0-only
"""How a board is to be heard: three ways, each explained in a line, and whether it is connected by itself next time."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.settings import Capture
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.segmented import Segmented

_WIDTH = 520


class CaptureChoice(QWidget):
    """``offer`` says what the chosen board allows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = {
            "auto": self.tr(
                "Auto: an API session, which brings telemetry and packets. The board's settings stay as they are."
            ),
            "api": self.tr("API session: telemetry and packets, and log lines where the board's Debug log API is on."),
            "console": self.tr(
                "Console tap: listens to the text console and sends nothing. Shows the [heap N] prefix of DEBUG_HEAP "
                "builds, no packets; silent until a reset once a client has spoken protobuf."
            ),
        }
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

    def offer(self, capture: Capture, *, has_console: bool, may_connect_again: bool, connects_again: bool) -> None:
        """Show what was chosen for a board before, and what it allows."""
        self._ways.enable("console", on=has_console)
        self._ways.choose(capture if has_console or capture != "console" else "auto")
        self._again.setEnabled(may_connect_again)
        self._again.setChecked(connects_again)
        self._tell()

    @Slot()
    def _tell(self) -> None:
        self._told.setText(self._words[self._ways.key])
