# SPDX-License-Identifier: GPL-3.0-only
"""How DTR and RTS stand when a board's port is opened, and what that brings about."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from mtleak_gui.core.line_policy import line_words, vendor_of_pair
from mtleak_gui.core.settings import LinePolicy
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.segmented import Segmented


class LineChoice(QWidget):
    """``show_lines`` shows what is in force."""

    chosen = Signal(str)
    """A ``LinePolicy``."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        words = (
            ("auto", self.tr("Auto")),
            ("off", self.tr("Off")),
            ("dtr", self.tr("DTR")),
            ("on", self.tr("DTR and RTS")),
        )
        self._ways = Segmented(words, name=self.tr("Lines of {}").format(key), parent=self)
        self._told = label("", "secondary", wrap=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        grid.addWidget(label(self.tr("Lines when the port is opened"), "small"), 0, 0)
        grid.addWidget(self._told, 1, 0)
        grid.addWidget(self._ways, 0, 1, 2, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._ways.chosen.connect(self.chosen)

    @Slot()
    def show_lines(self, lines: LinePolicy, vid_pid: str | None) -> None:
        """Show the choice, and how the lines stand with it at the USB port of this identity."""
        self._ways.choose(lines)
        self._told.setText(line_words(vendor_of_pair(vid_pid), lines))
