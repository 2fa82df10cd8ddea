# SPDX-License-Identifier: GPL-3.0-only
"""The suspects: threads with what they lost, how often, and which share of the decline that is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.verdict import Verdict
from mtleak_gui.ui.leakhunt.suspect_rows import SuspectRow, explained, no_suspect_words, other_traces, suspect_rows
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.labels import ElidedLabel, label, plain_tip
from mtleak_gui.ui.widgets.share_bar import ShareBar


class SuspectsCard(Card):
    """Shows who is to blame, or why that is not known."""

    def __init__(self, theme: ThemeKeeper, verdict: Verdict, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._theme = theme
        facts = verdict.facts
        self.body.setContentsMargins(16, 8, 16, 12)
        told = explained(facts)
        self.set_header(self.tr("Suspects"), aside=label(told, "secondary") if told else None)
        rows = suspect_rows(verdict)
        if rows:
            self.body.addLayout(self._table(rows))
        else:
            self.body.addWidget(label(no_suspect_words(facts), "secondary", wrap=True))
        for name, figure in other_traces(facts):
            self.body.addWidget(label(f"{name}: {figure}", "small", wrap=True))

    def _table(self, rows: tuple[SuspectRow, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for place, row in enumerate(rows):
            name = ElidedLabel(row.name, "small-strong" if row.prime else "small")
            name.setToolTip(plain_tip(row.tip))
            grid.addWidget(name, place, 0)
            grid.addWidget(_right(label(row.net, "small-strong", "warn" if row.prime else "")), place, 1)
            grid.addWidget(_right(label(row.events, "secondary")), place, 2)
            if row.share is not None:
                grid.addWidget(ShareBar(self._theme, row.share, "warn" if row.prime else "disabled"), place, 3)
                grid.addWidget(_right(label(wording.percent(row.share), "small")), place, 4)
            grid.setRowMinimumHeight(place, 20)
        return grid


def _right(cell: QLabel) -> QLabel:
    cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return cell
