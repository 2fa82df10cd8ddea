# SPDX-License-Identifier: GPL-3.0-only
"""The tile of one board. A click opens what else is known of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.recorder_state import RecorderState
from mtleak_gui.core.screen_words import short_clock
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.board_colors import board_role
from mtleak_gui.ui.pages.overview.clickable_card import ClickableCard
from mtleak_gui.ui.pages.overview.fact_rows import FactRows
from mtleak_gui.ui.pages.overview.link_panel import LinkPanel
from mtleak_gui.ui.pages.overview.sparkline import Sparkline, extremes
from mtleak_gui.ui.pages.overview.tile_state import TREND_WINDOW_S, TileState, tile_state
from mtleak_gui.ui.theme.styling import styled
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton, button
from mtleak_gui.ui.widgets.chip import Chip
from mtleak_gui.ui.widgets.icon_label import IconLabel
from mtleak_gui.ui.widgets.labels import ElidedLabel, label
from mtleak_gui.ui.widgets.lines import line
from mtleak_gui.ui.widgets.round_icon import RoundIcon

_TREND_LOOKS = {
    "falling": ("trending-down", "warn"),
    "rising": ("trending-up", "primary"),
    "steady": ("minus", "text_2"),
    "": ("timer-sand", "text_2"),
}
_TREND_TONES = {"falling": "warn", "rising": "", "steady": "", "": "secondary"}


class BoardTile(ClickableCard):
    """``refresh`` shows how the session stands."""

    leakhunt_wished = Signal(str)
    settings_wished = Signal()
    forget_wished = Signal(str)
    opened = Signal(str)
    link_wished = Signal(str, str)
    """The id of an act on the link, and the port."""

    def __init__(self, session: Session, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.session = session
        self._shown: TileState | None = None
        self._icon = RoundIcon(theme, "memory", "primary")
        self._name, self._where = ElidedLabel("", "card-title"), ElidedLabel("", "secondary")
        self._chip, self._asking = Chip(theme), Chip(theme)
        self._value, self._note, self._aside = label("", "value"), label("", "note"), label("", "secondary")
        self._heap_part = QWidget()
        self._curve = Sparkline(theme)
        self._from, self._extremes, self._to = (label("", "tiny") for _ in range(3))
        self._trend_icon = IconLabel(theme, "minus", "text_2", 16)
        self._trend, self._slope = label("", "small-strong"), label("", "small-strong")
        self._link = LinkPanel(theme)
        self._run = IconButton(theme, "magnify", self.tr("Run Leakhunt"), size="small")
        self._cancel = button(self.tr("Cancel"), size="small")
        self._settings = button(self.tr("Settings"), size="small")
        self._forget = button(self.tr("Forget"), size="small")
        self._facts = FactRows()
        self._lay_out()
        self._run.clicked.connect(self._wish_leakhunt)
        self._link.acted.connect(self._wish_link)
        self._cancel.clicked.connect(self._wish_cancel)
        self._settings.clicked.connect(self.settings_wished)
        self._forget.clicked.connect(self._wish_forget)
        self.clicked.connect(self._open)

    def refresh(self, recorder: RecorderState, now: float) -> None:
        """Show how the session stands now."""
        state = tile_state(self.session, recorder, now)
        self._show_curve(state, now)
        if state != self._shown:
            self._shown = state
            self._show(state)

    def _show(self, state: TileState) -> None:
        self._name.setText(state.name)
        self._where.setText(state.where)
        self._chip.set(state.chip.text, state.chip.icon, state.chip.tone, icon_role=state.chip.icon_role)
        self._asking.set(state.asking, "sync", "primary")
        self._asking.setVisible(bool(state.asking))
        self._icon.set("memory" if state.is_there else "lan-disconnect", "primary" if state.is_there else "text_2")
        # A board that never told its heap has nothing to show there: what its link does is what counts.
        self._heap_part.setVisible(state.is_there or len(self.session.heap) > 0)
        self._value.setText(state.value)
        styled(self._value, tone="" if state.is_there else "secondary")
        self._note.setText(state.value_note)
        self._aside.setText(state.aside)
        icon, role = _TREND_LOOKS[state.direction]
        self._trend_icon.set(icon, role)
        self._trend.setText(state.trend)
        styled(self._trend, tone=_TREND_TONES[state.direction])
        self._slope.setText(f" ·  {state.slope}" if state.slope and state.direction != "steady" else "")
        self._link.show_facts(state.link)
        for shown_there in (self._trend_icon, self._trend, self._slope, self._run):
            shown_there.setVisible(state.is_there)
        for shown_gone in (self._settings, self._forget):
            shown_gone.setVisible(not state.is_there)
        self._cancel.setVisible(state.link.is_wanted)
        self._facts.show_facts(state.facts)
        chips = f"{state.chip.text}, {state.asking}" if state.asking else state.chip.text
        goes = state.trend if state.is_there else state.link.words
        words = (state.name, state.where, chips, f"{state.value} {state.value_note}", goes)
        self.setAccessibleName(", ".join(words))

    def _show_curve(self, state: TileState, now: float) -> None:
        heap = self.session.heap
        newest = self.session.last_ts
        live = state.is_there and not self.session.read_only
        end = now if live or newest is None else newest
        start = end - TREND_WINDOW_S
        first = float(heap.ts[heap.between(start, end)][0]) if newest is not None and newest >= start else start
        # A young recording is shown from its first sample on: six hours of nothing tell nobody anything.
        start = max(start, first - 1.0)
        role = board_role(self.session) if state.is_there else "text_2"
        self._curve.show_history(heap, start, end, role=role, live=live)
        part = heap.between(start, end)
        is_empty = part.stop <= part.start
        self._from.setText("" if is_empty else short_clock(start))
        self._to.setText("" if is_empty else self.tr("now") if live else short_clock(end))
        self._extremes.setText(self.tr("the curve begins with the first sample") if is_empty else extremes(heap, part))

    def _lay_out(self) -> None:
        self.body.setSpacing(0)
        self.body.addLayout(self._header())
        self.body.addSpacing(8)
        value = QHBoxLayout()
        value.setSpacing(7)
        value.addWidget(self._value, 0, Qt.AlignmentFlag.AlignBottom)
        value.addWidget(self._note, 0, Qt.AlignmentFlag.AlignBottom)
        value.addStretch(1)
        value.addWidget(self._aside, 0, Qt.AlignmentFlag.AlignBottom)
        self._note.setContentsMargins(0, 0, 0, 4)
        self._aside.setContentsMargins(0, 0, 0, 5)
        part = QVBoxLayout(self._heap_part)
        part.setContentsMargins(0, 0, 0, 8)
        part.setSpacing(0)
        part.addLayout(value)
        part.addSpacing(8)
        part.addWidget(self._curve)
        part.addWidget(line())
        part.addSpacing(2)
        axis = QHBoxLayout()
        axis.addWidget(self._from)
        axis.addStretch(1)
        axis.addWidget(self._extremes)
        axis.addStretch(1)
        axis.addWidget(self._to)
        part.addLayout(axis)
        self.body.addWidget(self._heap_part)
        self.body.addWidget(self._link)
        self.body.addLayout(self._trend_row())
        self.body.addSpacing(10)
        self.body.addWidget(line())
        self.body.addSpacing(10)
        self.body.addWidget(self._facts)
        self.body.addStretch(1)

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._icon)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._where)
        row.addLayout(names, 1)
        chips = QVBoxLayout()
        chips.setSpacing(4)
        for chip in (self._chip, self._asking):
            chips.addWidget(chip, 0, Qt.AlignmentFlag.AlignRight)
        row.addLayout(chips)
        return row

    def _trend_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._trend_icon)
        row.addWidget(self._trend)
        row.addWidget(self._slope)
        row.addStretch(1)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for act in (self._run, self._cancel, self._settings, self._forget):
            acts.addWidget(act)
        row.addLayout(acts)
        return row

    @Slot()
    def _wish_leakhunt(self) -> None:
        self.leakhunt_wished.emit(self.session.port)

    @Slot(str)
    def _wish_link(self, act: str) -> None:
        self.link_wished.emit(act, self.session.port)

    @Slot()
    def _wish_cancel(self) -> None:
        self.link_wished.emit("cancel", self.session.port)

    @Slot()
    def _wish_forget(self) -> None:
        self.forget_wished.emit(self.session.port)

    @Slot()
    def _open(self) -> None:
        self.opened.emit(self.session.port)
