# SPDX-License-Identifier: GPL-3.0-only
"""What may be asked of a board, in its dialog: asking for LocalStats, and its debug log over the API."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.board_acts import EVERY_CHOICES_S, FASTEST_S, every_words, rate_words
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import button
from mtleak_gui.ui.widgets.labelled_combo import LabelledCombo
from mtleak_gui.ui.widgets.labels import ElidedLabel, label
from mtleak_gui.ui.widgets.switch import Switch

_CONSOLE = "A console only listens: nothing is sent to the board."
_NETWORK = "Over the network no board sends log lines, whatever this switch says. Connect its serial port."


class BoardSection(QWidget):
    """Wishes only; the switch shows what is, so a question that was cancelled leaves it where it was."""

    asking_wished = Signal(int)
    """Ask each so many seconds; 0: no more."""
    switch_wished = Signal(bool)

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._every = LabelledCombo(theme, self.tr("Every"), size="small")
        for every_s in EVERY_CHOICES_S:
            self._every.addItem(every_words(every_s), every_s)
        self._asking = Switch(theme, self.tr("Ask for LocalStats"))
        self._asking_note, self._log_note = ElidedLabel("", "secondary"), ElidedLabel("", "secondary")
        self._log = button("", size="small")
        self._log.setAutoDefault(False)
        self._turns_on = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._row(self.tr("Ask for LocalStats"), self._asking_note, self._every, self._asking))
        column.addLayout(self._row(self.tr("Debug log over the API"), self._log_note, self._log))
        self._asking.clicked.connect(self._wish_asking)
        self._every.activated.connect(self._wish_pace)
        self._log.clicked.connect(self._wish_switch)

    @property
    def every_s(self) -> int:
        """The pace that is chosen."""
        return int(self._every.currentData() or FASTEST_S)

    def show_session(self, session: Session) -> None:
        """Show how the two stand."""
        console = session.capture == "Console"
        live = session.link.phase == "live" and not console
        asking = session.acts.asking
        self._asking.setChecked(asking is not None)
        self._asking.setEnabled(asking is not None or live)
        self._every.setEnabled(not console)
        if asking is not None and not self._every.view().isVisible():
            self._show_pace(asking.every_s)
        self._asking_note.setText(self._asking_words(session, console=console))
        self._turns_on = not (session.device is not None and session.device.debug_log_api)
        words = self.tr("Turn on debug log…") if self._turns_on else self.tr("Turn off debug log…")
        self._log.setText(self.tr("{0} (reboots the board)").format(words))
        switch = session.acts.switch
        self._log.setVisible(not console and session.role != "tcp")
        self._log.setEnabled(live and not (switch is not None and switch.is_under_way))
        self._log_note.setText(self._log_words(session, console=console))

    def _show_pace(self, every_s: int) -> None:
        place = self._every.findData(every_s)
        if place < 0:
            self._every.addItem(every_words(every_s), every_s)
            place = self._every.count() - 1
        self._every.setCurrentIndex(place)

    def _asking_words(self, session: Session, *, console: bool) -> str:
        if console:
            return _CONSOLE
        asking = session.acts.asking
        return rate_words(asking) if asking is not None else self.tr("off: the board tells its heap every 15 min")

    def _log_words(self, session: Session, *, console: bool) -> str:
        if console:
            return _CONSOLE
        if session.role == "tcp":
            return _NETWORK
        switch = session.acts.switch
        if switch is not None and switch.is_under_way:
            return self.tr("the board restarts…") if switch.phase == "sent" else self.tr("being switched…")
        if switch is not None and switch.why:
            return switch.why
        known = None if session.device is None else session.device.debug_log_api
        return {None: self.tr("not told yet"), True: self.tr("on"), False: self.tr("off")}[known]

    def _row(self, title: str, note: ElidedLabel, *controls: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(title))
        words.addWidget(note)
        row.addLayout(words, 1)
        for control in controls:
            row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    @Slot(bool)
    def _wish_asking(self, wanted: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._asking.setChecked(not wanted)
        self.asking_wished.emit(self.every_s if wanted else 0)

    @Slot()
    def _wish_pace(self) -> None:
        if self._asking.isChecked():
            self.asking_wished.emit(self.every_s)

    @Slot()
    def _wish_switch(self) -> None:
        self.switch_wished.emit(self._turns_on)
