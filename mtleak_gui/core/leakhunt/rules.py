# SPDX-License-Identifier: GPL-3.0-only
"""The rule sets as tables: rules in their order, first match wins. A new rule is one function and one row here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from mtleak_gui.core.leakhunt import reasons, standard_rules, strict_rules
from mtleak_gui.core.leakhunt.facts import Facts
from mtleak_gui.core.leakhunt.verdict import Headline, Measures, RuleAnswer


class Rule(NamedTuple):
    """One row: the headline that it gives when ``ask`` says that it is met."""

    headline: Headline
    name: str
    ask: Callable[[Facts], RuleAnswer]


class RuleSet(NamedTuple):
    """A named and versioned table, the numbers that it judges by, and the sentence for when no rule holds."""

    name: str
    version: int
    rules: tuple[Rule, ...]
    measure: Callable[[Facts], Measures]
    explain_inconclusive: Callable[[Facts], str]

    @property
    def title(self) -> str:
        """Return name and version as reports print them."""
        return f"{self.name} {self.version}"


STANDARD = RuleSet(
    "standard",
    1,
    (
        Rule(Headline.INSUFFICIENT_DATA, "too little data", standard_rules.too_little_data),
        Rule(Headline.REBOOT, "restart in the window", standard_rules.restarted),
        Rule(Headline.OOM_IMMINENT, "out of memory", standard_rules.out_of_memory),
        Rule(Headline.SLOW_LEAK, "slow leak", standard_rules.slow_leak),
        Rule(Headline.FRAGMENTATION, "fragmentation", standard_rules.fragmentation),
        Rule(Headline.STEADY, "steady", standard_rules.steady),
        Rule(Headline.RECOVERY, "recovery", standard_rules.recovery),
    ),
    standard_rules.measure,
    reasons.explain_inconclusive,
)

STRICT = RuleSet(
    "strict",
    1,
    (
        Rule(Headline.INSUFFICIENT_DATA, "fewer than 5 samples", strict_rules.too_few_samples),
        Rule(Headline.REBOOT, "connection lost and heap jumped up", strict_rules.restarted),
        Rule(Headline.OOM_IMMINENT, "Alloc an err= or out of memory", strict_rules.out_of_memory),
        Rule(Headline.SLOW_LEAK, "slow leak", strict_rules.slow_leak),
        Rule(Headline.FRAGMENTATION, "fragmentation", strict_rules.fragmentation),
        Rule(Headline.STEADY, "steady", strict_rules.steady),
        Rule(Headline.RECOVERY, "recovery", strict_rules.recovery),
    ),
    strict_rules.measure,
    strict_rules.explain_inconclusive,
)

RULE_SETS: dict[Literal["standard", "strict"], RuleSet] = {"standard": STANDARD, "strict": STRICT}
