# SPDX-License-Identifier: GPL-3.0-only
"""How good the facts are: the figures of the table of goals, over many labelled scenarios."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from mtleak_gui.core.leakhunt.facts import Facts
from tests.leakhunt_scenarios.truth import Labelled, RuleInput, headline

_LEAK_HEADLINE = "slow_leak"
FALSE_ALARM = "false alarm"
_WITHIN = 0.2


@dataclass
class Score:
    """Counts of right answers per figure, and the scenarios that went wrong."""

    right: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    asked: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    wrong: list[str] = field(default_factory=list)

    def count(self, figure: str, *, right: bool, labelled: Labelled, seen: object) -> None:
        """Count one answer."""
        self.asked[figure] += 1
        self.right[figure] += right
        if not right:
            self.wrong.append(f"{figure:10} {labelled.name:22} {seen}")

    def count_alarm(self, *, alarm: bool, labelled: Labelled, seen: object) -> None:
        """Count one recording without a leak, and whether it was called one."""
        self.asked[FALSE_ALARM] += 1
        self.right[FALSE_ALARM] += alarm
        if alarm:
            self.wrong.append(f"{FALSE_ALARM:10} {labelled.name:22} {seen}")

    def share(self, figure: str) -> float:
        """Return the share of right answers."""
        return self.right[figure] / self.asked[figure] if self.asked[figure] else float("nan")


def rule_input(facts: Facts) -> RuleInput:
    """Return what the rules ask for, out of the facts."""
    present, classes = facts.present, facts.memory.by_class
    low = facts.minimum is not None and facts.minimum < max(6_144.0, 0.06 * (facts.evidence.total_heap or 0.0))
    return RuleInput(
        samples=facts.samples,
        unsupported=facts.heap_unsupported,
        silent=facts.silent_for is not None,
        restarts=len(facts.restarts),
        hard_oom="oom" in classes,
        pool_exhausted="pool_exhausted" in classes,
        alloc_failure="alloc_failure" in classes,
        low_heap=low,
        slope=present.slope if present else 0.0,
        spread=(facts.maximum or 0.0) - (facts.minimum or 0.0),
        leaking=facts.leaking,
        block_falls=facts.block_slope is not None,
        memory_lines=bool(classes),
    )


def score(judged: Iterable[tuple[Labelled, Facts]]) -> Score:
    """Return the score of the facts against the labels."""
    result = Score()
    for labelled, facts in judged:
        _count(result, labelled, facts)
    return result


def _count(result: Score, labelled: Labelled, facts: Facts) -> None:
    truth, present = labelled.truth, facts.present
    seen = headline(rule_input(facts))
    told = f"seen {seen}, true {truth.headline}; " + _told(facts, labelled)
    result.count("headline", right=seen == truth.headline, labelled=labelled, seen=told)
    result.count("restarts", right=len(facts.restarts) == truth.restarts, labelled=labelled, seen=told)
    if truth.headline == "insufficient_data":
        return
    if facts.leaking:
        result.count("precision", right=truth.leak, labelled=labelled, seen=told)
    if truth.leak:
        result.count("recall", right=facts.leaking, labelled=labelled, seen=told)
    else:
        # Counted the other way round: the share of alarms among the recordings without a leak.
        result.count_alarm(alarm=seen == _LEAK_HEADLINE, labelled=labelled, seen=told)
    if truth.leak and truth.slope is not None:
        good = present is not None and abs(present.slope - truth.slope) <= _WITHIN * abs(truth.slope)
        result.count("slope", right=good, labelled=labelled, seen=told)
    if truth.minutes_left is not None:
        left = facts.time_left
        good = left is not None and abs(left.to_zero - truth.minutes_left) <= _WITHIN * truth.minutes_left
        result.count("time left", right=good, labelled=labelled, seen=told)
    if truth.suspect is not None:
        result.count("suspect", right=facts.suspects.prime == truth.suspect, labelled=labelled, seen=told)


def _told(facts: Facts, labelled: Labelled) -> str:
    request, present = facts.evidence.request, facts.present
    where = f"{facts.cadence_s or 0:.0f}s/{request.window} n={facts.samples} r={len(facts.restarts)}"
    if present is None:
        return where
    return (
        f"{where} slope {present.slope:.1f}±{present.slope_error:.1f} (true {labelled.truth.slope}) {present.shape}"
        f"+{present.steps} tau {present.tau:.1f} {'; '.join(present.failed)}"
    )
