# SPDX-License-Identifier: GPL-3.0-only
"""What the rules of ``standard 1`` say: the sentence after the headline, made from the facts."""

from __future__ import annotations

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt import memory_trouble
from mtleak_gui.core.leakhunt.facts import Facts, Restart
from mtleak_gui.core.leakhunt.thresholds import MIN_SAMPLES
from mtleak_gui.core.leakhunt.timeline import offset_of
from mtleak_gui.core.leakhunt.trend_words import (
    MOVEMENT_LIMIT,
    STEADY_LIMIT,
    describe_boots,
    interval_text,
    is_significant,
)
from mtleak_gui.core.leakhunt.waiting import expected_cadence_s, missing_samples, ready_at


def unsupported(facts: Facts) -> bool:
    """Return whether the platform reports no heap and heap is what was asked for."""
    return facts.heap_unsupported and facts.evidence.request.is_heap


def lack(facts: Facts) -> str:
    """Return what is missing for a verdict, how many and when they will be there."""
    if unsupported(facts):
        return "heap not reported by this platform: its readings are 4294967295 or -1"
    if facts.silent_for is not None:
        return f"device silent for {wording.span(facts.silent_for)}: no row of any kind from it"
    missing = missing_samples(facts)
    if not missing:
        return f"all {facts.samples:,} samples bear one time: they span nothing"
    text = f"{facts.samples} of {MIN_SAMPLES} samples, {missing} more needed"
    ready = ready_at(facts)
    if ready is not None:
        wait = wording.long_span((ready - facts.evidence.now) / 60)
        text += f", in about {wait} (one each {wording.span(expected_cadence_s(facts))})"
    if facts.evidence.wider_window is not None:
        text += f"; window={facts.evidence.wider_window} holds enough"
    return text


def restart_reason(facts: Facts) -> str:
    """Return the restarts and what the boots did."""
    restarts = facts.restarts
    places = ", ".join(_restart_place(facts, restart) for restart in restarts[:3])
    if len(restarts) > 3:
        places += f" and {len(restarts) - 3:,} more"
    likely = "; likely out of memory" if any(restart.out_of_memory for restart in restarts) else ""
    boots = describe_boots(facts.segments, facts.evidence.request)
    return f"{wording.count(len(restarts), 'restart')} at {places}{likely}; {boots}"


def _restart_place(facts: Facts, restart: Restart) -> str:
    reason = f" ({wording.single_line(restart.reason, 40)})" if restart.reason else ""
    return f"{offset_of(facts.evidence, restart.ts)}{reason}"


def suspicion(facts: Facts) -> str:
    """Return who is to blame, or why that is not known."""
    if facts.debug_heap != "ON":
        return f"suspect not known (DEBUG_HEAP {facts.debug_heap})"
    if facts.suspects.prime is None:
        return "no thread stands out"
    return f"primary suspect {wording.single_line(facts.suspects.prime, 40)} thread"


def explain_inconclusive(facts: Facts) -> str:
    """Return which condition failed, for when no rule holds."""
    trend = facts.present
    if trend is None:
        return "no boot in the window holds enough samples to judge"
    if not facts.evidence.request.is_heap:
        return f"{trend_found(facts)}; no rule judges {facts.evidence.request.field}"
    slope, moved = wording.rate(trend.slope, "B"), movement(facts) or 0.0
    if trend.slope < -STEADY_LIMIT and moved <= MOVEMENT_LIMIT:
        return f"slope {slope} but range {wording.quantity(moved, 'B')}: too little movement to call"
    if trend.slope < -STEADY_LIMIT:
        return f"slope {slope} but not sure to be a leak: {first_failed(facts)}"
    lines = memory_trouble.memory_lines(facts)
    return f"slope {slope} is flat but {wording.count(len(lines), 'memory line')}: neither steady nor fragmentation"


def slow_decline(facts: Facts) -> str | None:
    """Return "slow decline of 12 B/min, empty in 4.1 days" for a leak that stays within the limit of rule 6."""
    trend = facts.present
    if trend is None or not facts.evidence.request.is_heap or not facts.leaking:
        return None
    if not -STEADY_LIMIT <= trend.slope < 0:
        return None
    empty = "" if facts.time_left is None else f", empty in {wording.long_span(facts.time_left.to_zero)}"
    return f"slow decline of {wording.rate(-trend.slope, 'B')}{empty}"


def movement(facts: Facts) -> float | None:
    """Return max - min of the window."""
    if facts.minimum is None or facts.maximum is None:
        return None
    return facts.maximum - facts.minimum


def first_failed(facts: Facts) -> str:
    """Return the first condition of the leak flag that does not hold, as a sentence."""
    trend = facts.present
    if trend is None:
        return "no trend"
    return trend.failed[0] if trend.failed else "the boots do not agree"


def trend_found(facts: Facts) -> str:
    """Return direction, slope, interval and significance of the trend, without leak words."""
    trend = facts.present
    if trend is None:
        return "no trend"
    unit = wording.unit_of(facts.evidence.request.field)
    word = "rising" if trend.slope > 0 else "falling"
    sure = "significant" if is_significant(trend) else "not significant"
    interval = interval_text(trend.slope_interval, unit)
    return f"{word} {wording.rate(abs(trend.slope), unit)} (95 % interval {interval}, {sure})"
