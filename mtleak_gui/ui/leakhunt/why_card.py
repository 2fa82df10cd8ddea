# SPDX-License-Identifier: GPL-3.0-only
"""Why this verdict: the rules in their order, each with its numbers and how it came out, and how sure the trend is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.leakhunt.verdict import Verdict
from mtleak_gui.ui.leakhunt.why_rows import RowState, WhyRow, confidence, why_rows
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import button
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.flow_layout import FlowLayout
from mtleak_gui.ui.widgets.icon_label import IconLabel
from mtleak_gui.ui.widgets.labels import label, plain_tip
from mtleak_gui.ui.widgets.lines import line
from mtleak_gui.ui.widgets.verdict_looks import LOOKS

_LOOKS: dict[RowState, tuple[str, str, str]] = {
    "passed": ("check", "ok", "passed"),
    "met": ("check-bold", "", "met"),
    "lacking": ("close", "warn", "lacking"),
    "not_met": ("close", "text_2", "not met"),
    "not_reached": ("minus", "text_2", "not reached"),
}
_LONG = 16
"""Longer findings stand below what was asked."""
_COLUMNS = 4


class WhyCard(Card):
    """Shows the conditions that decided; one button shows all of them."""

    def __init__(self, theme: ThemeKeeper, verdict: Verdict, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self._theme, self._verdict = theme, verdict
        self._everything = False
        self.body.setContentsMargins(0, 8, 0, 8)
        self.body.setSpacing(4)
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 8, 0)
        head.addWidget(label(self.tr("Why this verdict"), "card-title"))
        head.addStretch(1)
        head.addWidget(label(self.tr("first match wins"), "secondary"))
        self._more = button(self.tr("All numbers"), "text", "small")
        self._more.clicked.connect(self._toggle)
        head.addWidget(self._more)
        self.body.addLayout(head)
        self._table = self._made_table()
        self.body.addWidget(self._table)
        if all(outcome.state != "met" for outcome in verdict.why):
            self.body.addWidget(self._remark(self.tr("No rule holds, so the verdict is {}.").format(_title(verdict))))
        self.body.addWidget(line())
        self.body.addWidget(self._confidence())

    @Slot()
    def _toggle(self) -> None:
        self._everything = not self._everything
        self._more.setText(self.tr("Fewer numbers") if self._everything else self.tr("All numbers"))
        old, self._table = self._table, self._made_table()
        self.body.replaceWidget(old, self._table)
        old.hide()
        old.deleteLater()

    def _made_table(self) -> QWidget:
        table = QWidget(self)
        table.setAccessibleName(self.tr("Rules in their order"))
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(0)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        tone = LOOKS[self._verdict.headline].tone
        for place, row in enumerate(why_rows(self._verdict.why, everything=self._everything)):
            self._add(grid, place, row, tone)
        return table

    def _add(self, grid: QGridLayout, place: int, row: WhyRow, tone: str) -> None:
        if row.decided:
            ground = QFrame()
            ground.setProperty("kind", "row")
            ground.setProperty("tone", tone)
            grid.addWidget(ground, place, 0, 1, _COLUMNS)
        quiet = "secondary" if row.state == "not_reached" else ""
        number = label(row.number, "small", "secondary")
        number.setContentsMargins(16, 2, 4, 2)
        number.setFixedWidth(36)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(number, place, 0, top)
        grid.addWidget(self._wanted(row, quiet), place, 1, top)
        if len(row.found) <= _LONG:
            found = label(row.found, "small" if quiet else "small-strong", quiet)
            found.setAlignment(Qt.AlignmentFlag.AlignRight | top)
            found.setContentsMargins(8, 2, 0, 2)
            grid.addWidget(found, place, 2, top)
        grid.addWidget(self._state(row, tone), place, 3, top)

    @staticmethod
    def _wanted(row: WhyRow, quiet: str) -> QWidget:
        cell = QWidget()
        words = QVBoxLayout(cell)
        words.setContentsMargins(0, 2, 0, 2)
        words.setSpacing(0)
        wanted = label(row.wanted, "small", quiet, wrap=True)
        wanted.setToolTip(plain_tip(row.tip))
        words.addWidget(wanted)
        if len(row.found) > _LONG:
            words.addWidget(label(row.found, "small" if quiet else "small-strong", quiet, wrap=True))
        return cell

    def _state(self, row: WhyRow, tone: str) -> QWidget:
        icon, role, word = _LOOKS[row.state]
        shown = (role or tone) if row.decided or row.state != "met" else "text_2"
        shown = "text_2" if shown == "neutral" else shown
        cell = QWidget()
        cell.setFixedWidth(112)
        parts = QHBoxLayout(cell)
        parts.setContentsMargins(16, 2, 0, 2)
        parts.setSpacing(4)
        parts.addWidget(IconLabel(self._theme, icon, shown, 14))
        parts.addWidget(label(self.tr(word), "small", "secondary" if shown == "text_2" else shown))
        parts.addStretch(1)
        return cell

    def _confidence(self) -> QWidget:
        cell = QWidget()
        flow = FlowLayout(cell, gap=12, line_gap=2)
        flow.setContentsMargins(16, 4, 16, 0)
        flow.addWidget(label(self.tr("Confidence"), "secondary"))
        for name, figure in confidence(self._verdict):
            part = QWidget()
            row = QHBoxLayout(part)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(5)
            row.addWidget(label(name, "secondary"))
            row.addWidget(label(figure, "small-strong"))
            flow.addWidget(part)
        return cell

    @staticmethod
    def _remark(text: str) -> QWidget:
        remark = label(text, "secondary", wrap=True)
        remark.setContentsMargins(16, 2, 16, 2)
        return remark


def _title(verdict: Verdict) -> str:
    return verdict.headline.title
