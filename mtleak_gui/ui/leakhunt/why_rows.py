# SPDX-License-Identifier: GPL-3.0-only
"""The rules of a verdict as the rows of a table: what was asked, the number found, and how it came out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.facts import Trend
from mtleak_gui.core.leakhunt.verdict import Condition, Headline, RuleOutcome, Verdict

RowState = Literal["passed", "met", "lacking", "not_met", "not_reached"]


class WhyRow(NamedTuple):
    """One condition. ``number`` is its rule's, in the rule's first row alone; ``decided``: it made the verdict."""

    number: str
    wanted: str
    found: str
    state: RowState
    decided: bool
    tip: str


def why_rows(outcomes: Sequence[RuleOutcome], *, everything: bool = False) -> tuple[WhyRow, ...]:
    """Return the rows in the order of the rules.

    The rule that made the verdict shows all its conditions, any other the one that kept it from being met; with
    ``everything`` all show all.
    """
    return tuple(row for outcome in outcomes for row in _rows(outcome, everything=everything))


def confidence(verdict: Verdict) -> tuple[tuple[str, str], ...]:
    """Return what to think of the trend, as (name, figure): shown beside the verdict, never overriding it."""
    facts, trend = verdict.facts, verdict.facts.present
    times = facts.evidence.samples.ts
    span = wording.spaced_span(float(times[-1] - times[0])) if times.size else "none"
    told = [("n", f"{facts.samples:,}"), ("span", span)]
    if trend is None:
        return tuple(told)
    if trend.r_squared is not None:
        told.append(("R²", f"{trend.r_squared:.2f}"))
    if trend.falling_share is not None:
        told.append(("bins falling", wording.percent(trend.falling_share)))
    low, high = trend.slope_interval
    told += [("95 % interval", "excludes 0" if low > 0 or high < 0 else "holds 0"), ("shape", _shape(trend))]
    return tuple(told)


def _rows(outcome: RuleOutcome, *, everything: bool) -> Iterator[WhyRow]:
    shown = outcome.conditions
    if not everything and outcome.state != "met":
        shown = (_telling(outcome),)
    tip = f"{outcome.name}: {outcome.headline.title}"
    for place, condition in enumerate(shown):
        state = _state(outcome, condition)
        decided = outcome.state == "met" and state in ("met", "lacking")
        number = str(outcome.number) if place == 0 else ""
        wanted, found = wording.on_screen(condition.wanted), wording.on_screen(condition.found)
        yield WhyRow(number, wanted, found, state, decided, tip)


def _telling(outcome: RuleOutcome) -> Condition:
    """Return what says most of a rule that was not met: of the question for data the first, else what failed."""
    if outcome.headline is Headline.INSUFFICIENT_DATA:
        return outcome.conditions[0]
    return next((condition for condition in outcome.conditions if not condition.holds), outcome.conditions[0])


def _state(outcome: RuleOutcome, condition: Condition) -> RowState:
    if outcome.state == "not_reached":
        return "not_reached"
    if outcome.headline is Headline.INSUFFICIENT_DATA:
        # This rule is met when one of its conditions does not hold.
        return "passed" if condition.holds else "lacking"
    return "met" if condition.holds else "not_met"


def _shape(trend: Trend) -> str:
    steps = f", {wording.count(trend.steps, 'step')}" if trend.steps else ""
    return trend.shape.replace("_", ", ") + steps
