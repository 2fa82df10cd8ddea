# SPDX-License-Identifier: GPL-3.0-only
"""All that is known of one board: its state, a day of its heap, its activity, details, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from mtleak_gui.core import wording
from mtleak_gui.core.link_words import is_trying
from mtleak_gui.core.screen_words import clock_or_date
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.port_watch import PortWatch
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.board_colors import board_role
from mtleak_gui.ui.devices.board_acting import BoardActing
from mtleak_gui.ui.pages.overview.activity_list import ActivityList
from mtleak_gui.ui.pages.overview.board_details import board_details
from mtleak_gui.ui.pages.overview.board_section import BoardSection
from mtleak_gui.ui.pages.overview.fact_rows import FactRows
from mtleak_gui.ui.pages.overview.link_panel import LinkPanel
from mtleak_gui.ui.pages.overview.sparkline import Sparkline, extremes
from mtleak_gui.ui.pages.overview.tile_state import TileState, tile_state
from mtleak_gui.ui.theme.styling import styled
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton, button
from mtleak_gui.ui.widgets.chip import Chip
from mtleak_gui.ui.widgets.labels import ElidedLabel, label
from mtleak_gui.ui.widgets.lines import line
from mtleak_gui.ui.widgets.round_icon import RoundIcon

_DAY_S = 86_400.0
_TICK_MS = 1_000
_SIZE = (680, 660)


class MoreInfo(QDialog):
    """Refreshes itself each second while it is open; closes when its board is forgotten."""

    leakhunt_wished = Signal(str)
    heap_wished = Signal(str)
    link_wished = Signal(str, str)
    """The id of an act on the link, and the port."""

    def __init__(
        self, session: Session, bench: Bench, theme: ThemeKeeper, ports: PortWatch | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._bench, self._ports = session, bench, ports
        self._icon = RoundIcon(theme, "memory", "primary")
        self._name, self._where = ElidedLabel("", "card-title"), ElidedLabel("", "secondary")
        self._chip, self._asking = Chip(theme), Chip(theme)
        self._value, self._note, self._aside = label("", "value"), label("", "note"), label("", "secondary")
        self._trend, self._panel = label("", "small-strong"), LinkPanel(theme)
        self._curve = Sparkline(theme, height=120)
        self._from, self._extremes, self._to = (label("", "tiny") for _ in range(3))
        self._identity, self._running = FactRows(), FactRows()
        self._board, self._acting = BoardSection(theme), BoardActing(bench, theme, self)
        self._board_title = label(self.tr("Board"), "card-title")
        self._activity = ActivityList(theme, lambda _port: session.name, with_board=False)
        self._link = button("", size="control")
        self._forget = button(self.tr("Forget"), size="control")
        self._heap = IconButton(theme, "chart-line", self.tr("Open Heap"), size="control")
        self._run = IconButton(theme, "magnify", self.tr("Run Leakhunt"), kind="filled", size="control")
        self._lay_out()
        self._board.asking_wished.connect(self._wish_asking)
        self._board.switch_wished.connect(self._wish_switch)
        self._link.clicked.connect(self._change_link)
        self._panel.acted.connect(self._wish_link)
        self._forget.clicked.connect(self._forget_board)
        self._heap.clicked.connect(self._open_heap)
        self._run.clicked.connect(self._judge)
        bench.session_removed.connect(self._end_with)
        self._tick = QTimer(self, interval=_TICK_MS)
        self._tick.timeout.connect(self.refresh)
        self._tick.start()
        session.changed.connect(self.refresh)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        room = self.screen().availableGeometry()
        self.resize(min(_SIZE[0], room.width()), min(_SIZE[1], room.height() - 40))
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show how the board stands now."""
        session, now = self._session, self._bench.now()
        state = tile_state(session, self._bench.recorder, now)
        self.setWindowTitle(state.name)
        self._show_state(state)
        self._show_curve(state, now)
        offer = None if self._ports is None else self._ports.offer(session.port)
        identity, running = board_details(session, offer, now)
        self._identity.show_facts(identity)
        self._running.show_facts(running)
        rows = [row for row in self._bench.activity if row.port in (session.port, None)]
        self._activity.show_rows(rows, now)
        self._board.show_session(session)
        for part in (self._board_title, self._board):
            part.setVisible(not session.read_only)
        self._link.setVisible(not session.read_only)
        self._forget.setVisible(not session.read_only)
        wanted = self.tr("Cancel") if is_trying(session.link) else self.tr("Disconnect")
        self._link.setText(self.tr("Reconnect") if session.link.phase == "closed" else wanted)

    def _show_state(self, state: TileState) -> None:
        self._icon.set("memory" if state.is_there else "lan-disconnect", "primary" if state.is_there else "text_2")
        self._name.setText(state.name)
        self._where.setText(state.where)
        self._chip.set(state.chip.text, state.chip.icon, state.chip.tone, icon_role=state.chip.icon_role)
        self._asking.set(state.asking, "sync", "primary")
        self._asking.setVisible(bool(state.asking))
        self._value.setText(state.value)
        styled(self._value, tone="" if state.is_there else "secondary")
        self._note.setText(state.value_note)
        self._aside.setText(state.aside)
        words = f"{state.trend} · {state.slope}" if state.slope else state.trend
        self._trend.setText(words)
        self._trend.setVisible(state.is_there)
        styled(self._trend, tone="warn" if state.direction == "falling" else "secondary")
        # The button at the foot connects a board that was left.
        self._panel.show_facts(state.link if state.link.is_wanted else state.link._replace(act=None))

    def _show_curve(self, state: TileState, now: float) -> None:
        heap, newest = self._session.heap, self._session.last_ts
        live = state.is_there and not self._session.read_only
        end = now if live or newest is None else newest
        part = heap.between(end - _DAY_S, end)
        start = float(heap.ts[part][0]) - 1.0 if part.stop > part.start else end - _DAY_S
        role = board_role(self._session) if state.is_there else "text_2"
        self._curve.show_history(heap, start, end, role=role, live=live)
        many = part.stop - part.start
        self._from.setText(clock_or_date(start, now) if many else "")
        self._to.setText("" if not many else self.tr("now") if live else clock_or_date(end, now))
        count = wording.count(many, "sample")
        self._extremes.setText(f"{extremes(heap, part)} · {count} in 24 h" if many else self.tr("no heap sample yet"))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(8)
        column.addLayout(self._header())
        value = QHBoxLayout()
        value.setSpacing(7)
        for widget, below in ((self._value, 0), (self._note, 4)):
            widget.setContentsMargins(0, 0, 0, below)
            value.addWidget(widget, 0, Qt.AlignmentFlag.AlignBottom)
        value.addStretch(1)
        self._aside.setContentsMargins(0, 0, 0, 5)
        value.addWidget(self._aside, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(value)
        column.addWidget(self._trend)
        column.addWidget(self._panel)
        column.addWidget(self._curve)
        column.addWidget(line())
        axis = QHBoxLayout()
        for number, widget in enumerate((self._from, self._extremes, self._to)):
            if number:
                axis.addStretch(1)
            axis.addWidget(widget)
        column.addLayout(axis)
        column.addWidget(self._scrolled(), 1)
        column.addLayout(self._foot())

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._icon)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._where)
        row.addLayout(names, 1)
        row.addWidget(self._asking)
        row.addWidget(self._chip)
        return row

    def _scrolled(self) -> QScrollArea:
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 4, 8, 0)
        column.setSpacing(8)
        column.addWidget(label(self.tr("Details"), "card-title"))
        details = QHBoxLayout()
        details.setSpacing(32)
        for facts, share in ((self._identity, 4), (self._running, 5)):
            details.addWidget(facts, share, Qt.AlignmentFlag.AlignTop)
        column.addLayout(details)
        column.addSpacing(4)
        column.addWidget(self._board_title)
        column.addWidget(self._board)
        column.addSpacing(4)
        column.addWidget(label(self.tr("Activity"), "card-title"))
        column.addWidget(self._activity, 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        return area

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for act in (self._link, self._forget):
            act.setAutoDefault(False)
            row.addWidget(act)
        row.addStretch(1)
        for act in (self._heap, self._run):
            act.setAutoDefault(False)
            row.addWidget(act)
        return row

    @Slot(int)
    def _wish_asking(self, every_s: int) -> None:
        port = self._session.port
        if not every_s:
            self._acting.stop_asking(port)
        elif self._session.acts.asking is None:
            self._acting.ask_for_stats(port, every_s)
        else:
            # Asking was confirmed; another pace is no other act.
            self._bench.ask_for_stats(port, every_s)

    @Slot(bool)
    def _wish_switch(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._acting.switch_debug_log(self._session.port, on=on)

    @Slot()
    def _change_link(self) -> None:
        if self._session.link.phase == "closed":
            self._bench.reconnect(self._session.port)
        else:
            self._bench.disconnect_board(self._session.port)

    @Slot(str)
    def _wish_link(self, act: str) -> None:
        self.link_wished.emit(act, self._session.port)

    @Slot()
    def _forget_board(self) -> None:
        self._bench.forget(self._session.port)

    @Slot()
    def _open_heap(self) -> None:
        self.heap_wished.emit(self._session.port)
        self.close()

    @Slot()
    def _judge(self) -> None:
        self.leakhunt_wished.emit(self._session.port)
        self.close()

    @Slot(str)
    def _end_with(self, port: str) -> None:
        if port == self._session.port:
            self._tick.stop()
            self.close()
