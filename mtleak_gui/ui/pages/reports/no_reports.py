# SPDX-License-Identifier: GPL-3.0-only
"""What the page shows while no report was saved."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mtleak_gui.ui.requests import LeakhuntRequest
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.round_icon import RoundIcon


class NoReports(Card):
    """``leakhunt_requested`` asks for Leakhunt on whatever is chosen."""

    leakhunt_requested = Signal(LeakhuntRequest)

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        column = QVBoxLayout()
        column.setSpacing(12)
        column.addStretch(1)
        center = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(RoundIcon(theme, "file-document-outline", size=48, glyph=26), 0, center)
        column.addWidget(label(self.tr("No reports yet. Run Leakhunt (Ctrl+L)."), "card-title"), 0, center)
        run = IconButton(theme, "magnify", self.tr("Run Leakhunt"), kind="filled")
        run.clicked.connect(self._clicked)
        column.addWidget(run, 0, center)
        column.addStretch(1)
        self.body.addLayout(column)

    @Slot()
    def _clicked(self) -> None:
        self.leakhunt_requested.emit(LeakhuntRequest())
