# SPDX-License-Identifier: GPL-3.0-only
"""Asks on which of several ports a board came back. Nothing waits for the answer."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core import wording
from mtleak_gui.core.candidates import Candidates
from mtleak_gui.core.port_offer import PortOffer
from mtleak_gui.ui.dialogs.question import Question
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import button
from mtleak_gui.ui.widgets.icon_label import IconLabel
from mtleak_gui.ui.widgets.labels import label

_WIDTH = 560


class CandidatesDialog(Question):
    """``chosen`` tells port and device; closing it is the same as waiting."""

    chosen = Signal(str, str)

    def __init__(self, theme: ThemeKeeper, candidates: Candidates, parent: QWidget | None = None) -> None:
        name = wording.single_line(candidates.name, 40)
        title = self.tr("Which one is {0}?").format(name)
        text = self.tr(
            "Its port is gone, and {0} ports could be it: nothing about them tells them apart. Rows of two boards are "
            "never mixed, so nothing is opened until you say which one it is."
        ).format(len(candidates.offers))
        super().__init__(theme, "usb-port", "primary", title, text, width=_WIDTH, parent=parent)
        self._port = candidates.port
        for offer in candidates.offers:
            self.body.addWidget(self._row(theme, offer))
        wait = self.add_button(self.tr("Neither, wait"), focused=True)
        wait.clicked.connect(self.reject)

    def _row(self, theme: ThemeKeeper, offer: PortOffer) -> QFrame:
        frame = QFrame(self)
        frame.setProperty("kind", "surface")
        frame.setProperty("tone", "neutral")
        row = QHBoxLayout(frame)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(IconLabel(theme, "usb-port", "text_2", 20))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(offer.name, "card-title", wrap=True))
        words.addWidget(label(self._known(offer), "secondary", wrap=True))
        row.addLayout(words, 1)
        this = button(self.tr("This one"), size="control", parent=frame)
        this.setAccessibleName(self.tr("This one: {0}").format(offer.name))
        this.setAutoDefault(False)
        this.setProperty("device", offer.device)
        this.setEnabled(not offer.in_use_by)
        this.clicked.connect(self._choose)
        row.addWidget(this)
        return frame

    def _known(self, offer: PortOffer) -> str:
        holder = self.tr("in use by {0}").format(offer.in_use_by) if offer.in_use_by else ""
        socket = self.tr("socket {0}").format(offer.socket) if offer.socket else ""
        parts = (offer.title, offer.vid_pid, offer.identity_words, socket, holder)
        return wording.single_line(" · ".join(dict.fromkeys(part for part in parts if part)), 160)

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(self._port, str(self.sender().property("device")))
        self.accept()
