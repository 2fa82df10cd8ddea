# SPDX-License-Identifier: GPL-3.0-only
"""That a device is asked for LocalStats whenever it is heard, and the button that ends it; nothing where it is not.

Asking begins in the board's dialog only, where it is confirmed.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mtleak_gui.core.board_acts import every_words
from mtleak_gui.core.settings import KnownBoard, NetworkNode
from mtleak_gui.ui.widgets.buttons import button
from mtleak_gui.ui.widgets.labels import label


class AskingLine(QWidget):
    """``key`` names the device for those who cannot see where the button stands."""

    stop_requested = Signal()

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self._words = label("", "small")
        row.addWidget(self._words, 1)
        self._stop = button(self.tr("Stop asking"), size="small", parent=self)
        self._stop.setAccessibleName(self.tr("Stop asking {}").format(key))
        self._stop.clicked.connect(self.stop_requested)
        row.addWidget(self._stop)
        self.hide()

    def show_device(self, device: KnownBoard | NetworkNode) -> None:
        """Show whether it is asked, and how often."""
        self.setVisible(device.poll)
        self._words.setText(
            self.tr("Asked for LocalStats every {} when heard").format(every_words(device.poll_every_s))
        )
