# SPDX-License-Identifier: GPL-3.0-only
"""The header: shows ``HeaderState`` and says what the tester wishes. It gives way in steps where room is short."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Signal, Slot
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QMenu, QPushButton, QWidget

from mtleak_gui.ui.header.brand import Brand
from mtleak_gui.ui.header.device_button import DeviceButton
from mtleak_gui.ui.header.header_state import HeaderState
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton, button
from mtleak_gui.ui.widgets.chip import Chip
from mtleak_gui.ui.widgets.labelled_combo import LabelledCombo
from mtleak_gui.ui.widgets.labels import as_words, plain_tip
from mtleak_gui.ui.widgets.lines import upright

SPANS = ("10 m", "30 m", "1 h", "3 h", "6 h", "12 h", "1 d", "3 d")
_DEVICE_GIVES_WAY = 40
"""Pixels by which the name of the board may be shortened before anything else goes."""

DEFAULT_SPAN = "6 h"


class Header(QWidget):
    """Wishes are signals; the window turns them into calls of the engine."""

    boards_requested = Signal()
    """The board's button was pressed."""
    port_picker_requested = Signal()
    connect_requested = Signal()
    disconnect_requested = Signal()
    record_requested = Signal()
    stop_requested = Signal()
    pause_requested = Signal()
    resume_requested = Signal()
    mark_requested = Signal()
    range_mark_requested = Signal()
    quick_mark_requested = Signal(int)
    """The number of the quick mark, from 0."""
    span_chosen = Signal(str)
    leakhunt_requested = Signal()
    sidebar_fold_requested = Signal()

    def __init__(self, theme: ThemeKeeper, more: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = HeaderState()
        self._quick_marks: list[QPushButton] = []
        self._words: dict[IconButton, str] = {}
        self.setProperty("kind", "header")
        self.setFixedHeight(56)
        self.brand = Brand(theme, self)
        self.device_button = DeviceButton(theme, self)
        self._connect = self._act("connection", self.tr("Connect"), self._connect_clicked)
        self._record = self._act("record", self.tr("Record"), self._record_clicked, role="danger")
        self._pause = self._act("pause", self.tr("Pause"), self._pause_clicked)
        self._mark_menu = QMenu(self)
        self._mark = IconButton(theme, "flag-variant-outline", self.tr("Mark"), role="marker", parent=self)
        self._mark.set_menu(self._mark_menu)
        self._span = LabelledCombo(theme, size="header", parent=self)
        self._span.setAccessibleName(self.tr("Window"))
        self._span.addItems(SPANS)
        self._span.setCurrentText(DEFAULT_SPAN)
        self._leakhunt = IconButton(theme, "magnify", self.tr("Leakhunt"), kind="filled", parent=self)
        self._more = IconButton(theme, "dots-vertical", kind="icon", name=self.tr("More"), parent=self)
        self._more_menu = more
        self._demo = Chip(theme, "DEMO", "flask-outline", "warn", parent=self)
        self._row = QHBoxLayout(self)
        self._quick_row = QHBoxLayout()
        self._lay_out()
        self._join_signals()
        self.set_quick_marks(())
        self.show_state(HeaderState())

    @property
    def span(self) -> str:
        """The chosen span, such as ``6 h``."""
        return self._span.currentText()

    def choose_span(self, words: str) -> None:
        """Show a span without telling; one that is not offered is left out."""
        if words in SPANS:
            self._span.setCurrentText(words)

    def set_quick_marks(self, labels: Sequence[tuple[str, str]]) -> None:
        """Offer marks of one click: (label, key as words)."""
        for old in self._quick_marks:
            self._quick_row.removeWidget(old)
            old.deleteLater()
        self._quick_marks.clear()
        self._mark_menu.clear()
        self._mark_menu.addAction(self.tr("Mark with text…\tM"), self.mark_requested.emit)
        self._mark_menu.addAction(self.tr("Start or end a range…\tShift+M"), self.range_mark_requested.emit)
        if labels:
            self._mark_menu.addSeparator()
        for number, (label, key) in enumerate(labels):
            quick = button(as_words(label), parent=self)
            quick.setToolTip(plain_tip(self.tr("Mark “{0}” ({1})").format(label, key)))
            quick.setAccessibleName(self.tr("Mark {0}").format(label))
            quick.setProperty("number", number)
            quick.clicked.connect(self._quick_clicked)
            self._quick_marks.append(quick)
            if number < 3:
                self._quick_row.addWidget(quick)
            else:
                quick.hide()
            act = QAction(f"{as_words(label)}\t{key}", self._mark_menu)
            act.setToolTip(plain_tip(label))
            act.setData(number)
            act.triggered.connect(self._quick_clicked)
            self._mark_menu.addAction(act)
        self.show_state(self._state)
        self._fit()

    def set_narrow(self, *, narrow: bool) -> None:
        """Fold the program's name with the sidebar, and use the room."""
        self.brand.set_narrow(narrow=narrow)
        self._fit()

    def show_state(self, state: HeaderState) -> None:
        """Show what is chosen and which acts make sense."""
        self._state = state
        self.device_button.show_device(state.board, state.place, connected=state.connected, trying=state.trying)
        self._demo.setVisible(state.demo)
        cancel_or_leave = self.tr("Cancel") if state.trying else self.tr("Disconnect")
        icon = "close" if state.trying else "connection"
        self._set_act(self._connect, icon, cancel_or_leave if state.wanted else self.tr("Connect"))
        self._connect.setEnabled(bool(state.board))
        if state.recording:
            self._set_act(self._record, "stop", self.tr("Stop"), kind="danger")
        else:
            self._set_act(self._record, "record", self.tr("Record"), kind="outline")
        self._record.setEnabled(state.can_record or state.recording)
        self._set_act(self._pause, *(("play", self.tr("Resume")) if state.paused else ("pause", self.tr("Pause"))))
        self._pause.setEnabled(state.recording)
        for control in (self._mark, *self._quick_marks):
            control.setEnabled(state.can_mark)
        self._leakhunt.setEnabled(state.can_judge)
        self._span.setEnabled(bool(state.board) or state.can_judge)
        self._fit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return what the fewest words need."""
        return QSize(640, 56)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Give way where room is short."""
        super().resizeEvent(event)
        self._fit()

    def _act(self, icon: str, word: str, clicked: object, role: str = "") -> IconButton:
        made = IconButton(self._theme, icon, word, role=role, parent=self)
        self._words[made] = word
        made.clicked.connect(clicked)
        return made

    def _set_act(self, act: IconButton, icon: str, word: str, kind: str | None = None) -> None:
        self._words[act] = word
        act.set_look(icon, word, kind=kind)
        act.setToolTip(word)

    def _lay_out(self) -> None:
        row = self._row
        # The width decides what is shown, not the other way round.
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.setContentsMargins(0, 0, 12, 1)
        row.setSpacing(6)
        row.addWidget(self.brand)
        row.addSpacing(10)
        row.addWidget(self.device_button)
        row.addWidget(self._connect)
        self._add_separator(row)
        row.addWidget(self._record)
        row.addWidget(self._pause)
        self._add_separator(row)
        row.addWidget(self._mark)
        self._quick_row.setSpacing(6)
        row.addLayout(self._quick_row)
        row.addStretch(1)
        row.addSpacing(4)
        row.addWidget(self._demo)
        row.addSpacing(4)
        row.addWidget(self._span)
        row.addWidget(self._leakhunt)
        row.addWidget(self._more)

    def _add_separator(self, row: QHBoxLayout) -> None:
        row.addSpacing(8)
        row.addWidget(upright(24, self))
        row.addSpacing(8)

    def _join_signals(self) -> None:
        self.brand.clicked.connect(self.sidebar_fold_requested)
        self.device_button.clicked.connect(self.boards_requested)
        self._leakhunt.clicked.connect(self.leakhunt_requested)
        self._span.textActivated.connect(self.span_chosen)
        self._more.clicked.connect(self._open_more)

    def _fit(self) -> None:
        """Show the fullest form that the width holds: all; fewer quick marks; none, and icons alone."""
        for quick_marks, words in ((3, True), (2, True), (1, True), (0, True), (0, False)):
            for number, quick in enumerate(self._quick_marks[:3]):
                quick.setVisible(number < quick_marks)
            for act, word in self._words.items():
                act.setText(word if words else "")
                act.setAccessibleName(word)
            self._quick_row.invalidate()
            self._row.invalidate()
            if self._row.sizeHint().width() - _DEVICE_GIVES_WAY <= self.width():
                return

    @Slot()
    def _connect_clicked(self) -> None:
        (self.disconnect_requested if self._state.wanted else self.connect_requested).emit()

    @Slot()
    def _record_clicked(self) -> None:
        (self.stop_requested if self._state.recording else self.record_requested).emit()

    @Slot()
    def _pause_clicked(self) -> None:
        (self.resume_requested if self._state.paused else self.pause_requested).emit()

    @Slot()
    def _quick_clicked(self) -> None:
        sender = self.sender()
        number: object = None
        if isinstance(sender, QAction):
            number = sender.data()
        elif isinstance(sender, QPushButton):
            number = sender.property("number")
        if isinstance(number, int):
            self.quick_mark_requested.emit(number)

    @Slot()
    def _open_more(self) -> None:
        corner = self._more.mapToGlobal(QPoint(self._more.width() - self._more_menu.sizeHint().width(), 40))
        self._more_menu.popup(corner)
