# SPDX-License-Identifier: GPL-3.0-only
"""By which rules Leakhunt judges: the choice of the rule set, and its rules, thresholds and signatures to read."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from mtleak_gui.core.leakhunt.rules import RULE_SETS, Rule, RuleSet
from mtleak_gui.core.leakhunt.threshold_table import STANDARD_TABLE, STRICT_TABLE
from mtleak_gui.core.signatures import SIGNATURES
from mtleak_gui.engine.settings_keeper import SettingsKeeper
from mtleak_gui.ui.pages.settings.section import Section, add_rows
from mtleak_gui.ui.pages.settings.setting_row import SettingRow
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.chip import Chip
from mtleak_gui.ui.widgets.fact_table import Cell, FactTable
from mtleak_gui.ui.widgets.segmented import Segmented
from mtleak_gui.ui.widgets.verdict_looks import LOOKS


class RulesSection(Section):
    """Puts ``rule_set`` of the settings."""

    def __init__(self, theme: ThemeKeeper, settings: SettingsKeeper, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Rules"), parent)
        self._settings = settings
        choice = SettingRow(
            self.tr("Rule set of new verdicts"),
            self.tr(
                "standard cleans the samples and asks whether the decline is real; strict follows the specification to "
                "the letter, with the errors that this brings."
            ),
        )
        self.control = Segmented([(key, rules.title) for key, rules in RULE_SETS.items()], name=choice.title)
        self.control.chosen.connect(self._put)
        choice.set_control(self.control)
        add_rows(self.add_card(self.tr("Rules")), choice)
        self._tables: dict[str, list[QWidget]] = {key: [] for key in RULE_SETS}
        settings.changed.connect(self._show)
        self._show()
        self.build(self._steps_of_tables(theme))

    def _steps_of_tables(self, theme: ThemeKeeper) -> Iterator[None]:
        for key, rules in RULE_SETS.items():
            what = self.tr("Asked in this order; the first that holds decides.")
            asked = self.add_card(self.tr("Rules of {}").format(rules.title), what)
            numbers = self.add_card(self.tr("Thresholds of {}").format(rules.title))
            self._tables[key] = [asked, numbers]
            self._show()
            yield from _fill(asked, FactTable((0, 0, 1), parent=asked), _rule_rows(theme, rules))
            thresholds = STANDARD_TABLE if key == "standard" else STRICT_TABLE
            yield from _fill(numbers, FactTable((1, 0), parent=numbers), thresholds)
        signatures = self.add_card(
            self.tr("Lines that mean trouble"),
            self.tr(
                "What boards print when memory fails, when they crash and when they restart, and where that is from."
            ),
        )
        table = FactTable((0, 3, 3), (self.tr("Class"), self.tr("What it means"), self.tr("Source")), signatures)
        yield from _fill(signatures, table, ((s.name.replace("_", " "), s.meaning, s.source) for s in SIGNATURES))

    @Slot()
    def _show(self) -> None:
        chosen = self._settings.settings.rule_set
        self.control.choose(chosen)
        for key, cards in self._tables.items():
            for card in cards:
                card.setVisible(key == chosen)

    @Slot(str)
    def _put(self, key: str) -> None:
        self._settings.change(rule_set=key)


def _fill(card: Card, table: FactTable, rows: Iterable[Sequence[Cell]]) -> Iterator[None]:
    card.body.addWidget(table)
    for row in rows:
        table.add_row(row)
        yield


def _rule_rows(theme: ThemeKeeper, rules: RuleSet) -> Iterator[Sequence[Cell]]:
    for number, rule in enumerate(rules.rules, 1):
        look = LOOKS[rule.headline]
        yield f"{number}", Chip(theme, rule.headline.title, look.icon, look.tone), _asks(rule)


def _asks(rule: Rule) -> str:
    """Return what a rule asks: the sentence that stands with its function, without its number."""
    sentence = (inspect.getdoc(rule.ask) or rule.name).split("\n\n", 1)[0].replace("\n", " ").replace("``", "")
    words = sentence.split(": ", 1)[-1]
    return words[:1].upper() + words[1:]
