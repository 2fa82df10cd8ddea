# SPDX-License-Identifier: GPL-3.0-only
"""Where the link of a board stands while it is not heard: words, steps, an explanation, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.ui.pages.overview.link_facts import Explained, LinkFacts
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.alert_box import AlertBox
from mtleak_gui.ui.widgets.buttons import button
from mtleak_gui.ui.widgets.icon_label import IconLabel
from mtleak_gui.ui.widgets.labels import ElidedLabel
from mtleak_gui.ui.widgets.step_chips import StepChips


class LinkPanel(QWidget):
    """``acted`` tells the id of the act that was clicked; nothing waits for it."""

    acted = Signal(str)

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._facts = LinkFacts()
        self._alert: AlertBox | None = None
        self._icon = IconLabel(theme, "sync", "text_2", 16)
        self._words = ElidedLabel("", "small-strong")
        self._act = button("", "text", "small")
        self._act.clicked.connect(self._clicked)
        self.steps = StepChips(theme)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 10)
        self._column.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addStrut(28)
        row.addWidget(self._icon)
        row.addWidget(self._words, 1)
        row.addWidget(self._act)
        self._column.addLayout(row)
        self._column.addWidget(self.steps)
        self.hide()

    def show_facts(self, facts: LinkFacts) -> None:
        """Show where the link stands; nothing happens when that is shown already."""
        before, self._facts = self._facts, facts
        self.setVisible(bool(facts.words))
        if facts == before:
            return
        self._icon.set(_icon(facts), "warn" if facts.explained else "text_2")
        self._words.setText(facts.words)
        self._act.setVisible(facts.act is not None)
        if facts.act is not None:
            self._act.setText(facts.act[1])
        self.steps.setVisible(bool(facts.steps))
        self.steps.show_steps(facts.steps)
        if facts.explained != before.explained:
            self._explain(facts.explained)

    def _explain(self, explained: Explained | None) -> None:
        if self._alert is not None:
            self._column.removeWidget(self._alert)
            self._alert.hide()
            self._alert.deleteLater()
            self._alert = None
        if explained is not None:
            self._alert = AlertBox(
                self._theme, explained.tone, explained.title, explained.text, actions=explained.acts, parent=self
            )
            self._alert.acted.connect(self.acted)
            self._column.addWidget(self._alert)
            self._alert.show()

    @Slot()
    def _clicked(self) -> None:
        if self._facts.act is not None:
            self.acted.emit(self._facts.act[0])


def _icon(facts: LinkFacts) -> str:
    if not facts.is_wanted:
        return "lan-disconnect"
    rests = facts.explained is not None and facts.explained.acts
    return "pause-circle-outline" if rests else "sync"
