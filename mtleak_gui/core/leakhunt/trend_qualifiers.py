# SPDX-License-Identifier: GPL-3.0-only
"""Qualifiers from the curve: slow declines, leaks that began or ended, shapes, suspects, marked phases."""

from __future__ import annotations

from collections.abc import Iterator

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt import reasons
from mtleak_gui.core.leakhunt.facts import Facts, Phase
from mtleak_gui.core.leakhunt.timeline import offset_of
from mtleak_gui.core.leakhunt.trend_words import STEADY_LIMIT
from mtleak_gui.core.leakhunt.verdict import Headline, Measures, Qualifier

_ENOUGH_EXPLAINED = 0.5
_CHANGING_SHAPES = ("flat_line", "line_flat", "two_lines")
_SHAPE_WORDS = {
    "settling": "warm-up: the heap settles after the boot, which is no leak",
    "settling_line": "warm-up after the boot was told apart from the slope",
    "daily": "a daily cycle explains the movement",
    "daily_line": "a daily cycle was told apart from the slope",
}


def leak(facts: Facts, headline: Headline, measures: Measures) -> Iterator[Qualifier]:
    """A leak that the headline does not tell."""
    if not measures.leak or headline is Headline.SLOW_LEAK:
        return
    slow = reasons.slow_decline(facts)
    if slow is not None:
        yield Qualifier("slow_decline", slow, "warning")
    elif measures.slope is not None and measures.slope < 0:
        left = "" if measures.minutes_left is None else f", empty in {wording.long_span(measures.minutes_left)}"
        yield Qualifier("leaking", f"leaking at {wording.rate(-measures.slope, 'B')}{left}", "warning")


def change_of_regime(facts: Facts, _: Headline, __: Measures) -> Iterator[Qualifier]:
    """A slope that began, ended or changed within the boot."""
    trend = facts.present
    if trend is None or trend.shape not in _CHANGING_SHAPES or trend.regime_start <= trend.start:
        return
    at = offset_of(facts.evidence, trend.regime_start)
    if trend.shape == "line_flat":
        text = f"the slope before {at} has ended; the heap is flat since"
    elif trend.shape == "flat_line":
        text = f"the slope began at {at}; it was flat before"
    else:
        text = f"the slope changed at {at}"
    yield Qualifier("regime", text, "warning")


def shape(facts: Facts, _: Headline, __: Measures) -> Iterator[Qualifier]:
    """Warm-up, daily cycle and lasting steps."""
    trend = facts.present
    if trend is None:
        return
    if trend.shape in _SHAPE_WORDS:
        yield Qualifier("shape", _SHAPE_WORDS[trend.shape])
    if trend.steps:
        yield Qualifier("steps", f"{wording.count(trend.steps, 'lasting step')} in level, told apart from the slope")


def least_squares_disagrees(facts: Facts, _: Headline, measures: Measures) -> Iterator[Qualifier]:
    """The whole-window line would have given another answer than the slope now."""
    least, trend = facts.least_squares, facts.present
    if least is None or trend is None or measures.slope == least or not facts.evidence.request.is_heap:
        return
    if (least < -STEADY_LIMIT) != (trend.slope < -STEADY_LIMIT):
        now = wording.rate(trend.slope, "B")
        yield Qualifier(
            "least_squares", f"whole-window least squares says {wording.rate(least, 'B')}, the slope now is {now}"
        )


def suspect_share(facts: Facts, headline: Headline, measures: Measures) -> Iterator[Qualifier]:
    """Most of the loss lies outside the threads that were seen to leak."""
    share = facts.suspects.share_explained
    if not measures.leak or facts.debug_heap != "ON" or headline is Headline.INSUFFICIENT_DATA:
        return
    if share is not None and share < _ENOUGH_EXPLAINED:
        text = f"most of the loss is outside these threads: they explain {wording.percent(share)}"
        yield Qualifier("outside_threads", text, "warning")


def phases(facts: Facts, _: Headline, __: Measures) -> Iterator[Qualifier]:
    """Dips between marks that came back, and cycles that lose each time."""
    unit = wording.unit_of(facts.evidence.request.field)
    for phase in facts.phases:
        if phase.came_back and phase.dip:
            yield Qualifier("dip", _dip_text(phase, unit))
    for cycle in facts.cycles:
        spread = "" if cycle.sd_net is None else f" (sd {wording.plain_quantity(cycle.sd_net, unit)})"
        mean = wording.quantity(cycle.mean_net, unit)
        name = wording.single_line(cycle.name, 40)
        yield Qualifier("cycles", f'{wording.count(cycle.count, "cycle")} of "{name}": {mean} each on average{spread}')


def _dip_text(phase: Phase, unit: str) -> str:
    dip = wording.quantity(abs(phase.dip or 0.0), unit)
    back = "" if phase.samples_to_recover is None else f" after {wording.count(phase.samples_to_recover, 'sample')}"
    return f'"{wording.single_line(phase.name, 40)}" dipped {dip} and came back{back}: no leak'
