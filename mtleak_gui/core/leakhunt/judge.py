# SPDX-License-Identifier: GPL-3.0-only
"""Facts and a rule set make a verdict: asks every rule in its order, takes the first that is met."""

from __future__ import annotations

from mtleak_gui.core.leakhunt.facts import Facts
from mtleak_gui.core.leakhunt.qualifiers import qualify
from mtleak_gui.core.leakhunt.rules import RULE_SETS, RuleSet
from mtleak_gui.core.leakhunt.verdict import Headline, RuleOutcome, Verdict


def judge(facts: Facts, rule_set: RuleSet | None = None) -> Verdict:
    """Return the verdict on ``facts`` by ``rule_set``, or by the one that the request names.

    Pure and deterministic. Every rule is asked, so that "Why" can show the numbers of those that were not reached.
    """
    rules = rule_set or RULE_SETS[facts.evidence.request.rules]
    why = _ask_all(facts, rules)
    met = next((outcome for outcome in why if outcome.state == "met"), None)
    headline = Headline.INCONCLUSIVE if met is None else met.headline
    reason = rules.explain_inconclusive(facts) if met is None else met.reason
    measures = rules.measure(facts)
    qualifiers = qualify(facts, headline, measures)
    urgent = headline is Headline.OOM_IMMINENT or any(qualifier.tone == "urgent" for qualifier in qualifiers)
    return Verdict(facts, rules.title, headline, reason, measures, urgent, qualifiers, why)


def _ask_all(facts: Facts, rules: RuleSet) -> tuple[RuleOutcome, ...]:
    outcomes: list[RuleOutcome] = []
    decided = False
    for place, rule in enumerate(rules.rules, start=1):
        answer = rule.ask(facts)
        if decided:
            outcomes.append(RuleOutcome(place, rule.name, rule.headline, "not_reached", "", answer.conditions))
            continue
        decided = answer.met
        # The sentence of a rule is true only where the rule holds.
        reason = answer.reason if answer.met else ""
        outcomes.append(
            RuleOutcome(place, rule.name, rule.headline, "met" if answer.met else "not_met", reason, answer.conditions)
        )
    return tuple(outcomes)
