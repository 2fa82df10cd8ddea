# SPDX-License-Identifier: GPL-3.0-only
"""The rules of ``standard 1``: each takes the facts and says whether it is met, why, and by which numbers.

Thresholds in bytes apply to the free heap only. For any other field the trend speaks, without leak words.
"""

from __future__ import annotations

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt import memory_trouble, reasons
from mtleak_gui.core.leakhunt.facts import Facts
from mtleak_gui.core.leakhunt.thresholds import MIN_SAMPLES
from mtleak_gui.core.leakhunt.timeline import happening_before, offset_of
from mtleak_gui.core.leakhunt.trend_words import MOVEMENT_LIMIT, STEADY_LIMIT, is_significant
from mtleak_gui.core.leakhunt.verdict import Condition, Measures, RuleAnswer

_FASTER_THAN_FREE = 1.5


def measure(facts: Facts) -> Measures:
    """Return the numbers of ``standard 1``: the slope now, cleaned restarts, time left from the fitted level."""
    trend = facts.present
    leak = _leak(facts)
    left = facts.time_left if leak else None
    return Measures(
        slope=None if trend is None else trend.slope,
        slope_interval=None if trend is None else trend.slope_interval,
        leak=leak,
        minutes_left=None if left is None else left.to_zero,
        minutes_left_interval=None if left is None else left.interval,
        restarts=facts.restarts,
        suspect=facts.suspects.prime if leak and facts.debug_heap == "ON" else None,
        oom_lines=memory_trouble.urgent_lines(facts),
    )


def too_little_data(facts: Facts) -> RuleAnswer:
    """Rule 1: fewer than 5 samples, heap not reported, the device silent, or samples without any span of time."""
    enough = facts.samples >= MIN_SAMPLES
    spread = facts.present is not None or bool(facts.restarts) or not enough
    silent = facts.silent_for
    conditions = (
        Condition(f"at least {MIN_SAMPLES} samples", f"{facts.samples:,}", enough),
        Condition(
            "reported by the platform",
            "not reported" if facts.heap_unsupported else "yes",
            not reasons.unsupported(facts),
        ),
        Condition(
            "device heard at the end", "yes" if silent is None else f"silent {wording.span(silent)}", silent is None
        ),
        Condition("samples span some time", "yes" if spread else "all bear one time", spread),
    )
    return RuleAnswer(not all(condition.holds for condition in conditions), reasons.lack(facts), conditions)


def restarted(facts: Facts) -> RuleAnswer:
    """Rule 2: a restart in the window, unless the last boot is running out of memory."""
    restarts = facts.restarts
    yields = bool(restarts) and bool(_urgent_of_last_boot(facts))
    conditions = [Condition("a restart in the window", f"{len(restarts):,}", bool(restarts))]
    if yields:
        conditions.append(
            Condition("no out-of-memory line of the last boot", "there is one: rule 3 decides", holds=False)
        )
    return RuleAnswer(
        bool(restarts) and not yields, reasons.restart_reason(facts) if restarts else "", tuple(conditions)
    )


def out_of_memory(facts: Facts) -> RuleAnswer:
    """Rule 3: a hard OOM line, an allocation failure at a low heap, or an exhausted pool."""
    urgent = memory_trouble.urgent_lines(facts)
    is_heap = facts.evidence.request.is_heap
    conditions = (
        *_heap_only(facts),
        Condition(
            "hard OOM, pool exhausted, or failed allocation at a low heap",
            wording.count(len(urgent), "line"),
            bool(urgent),
        ),
    )
    reason = ""
    if urgent:
        newest = urgent[-1]
        reason = f'"{wording.single_line(newest.text)}" at {offset_of(facts.evidence, newest.ts)}'
    return RuleAnswer(is_heap and bool(urgent), reason, conditions)


def slow_leak(facts: Facts) -> RuleAnswer:
    """Rule 4: slope below -50 per minute, range over 1,000, no restart, and the leak flag holds."""
    trend, moved = facts.present, reasons.movement(facts)
    slope = None if trend is None else trend.slope
    flag = "holds" if facts.leaking else reasons.first_failed(facts)
    conditions = (
        *_heap_only(facts),
        Condition(
            f"slope < -{STEADY_LIMIT:.0f} B/min", wording.rate(slope, "B"), slope is not None and slope < -STEADY_LIMIT
        ),
        Condition("max - min > 1,000 B", wording.quantity(moved, "B"), moved is not None and moved > MOVEMENT_LIMIT),
        Condition("no restart", f"{len(facts.restarts):,}", not facts.restarts),
        Condition("leak flag", flag, facts.leaking),
    )
    return RuleAnswer(all(condition.holds for condition in conditions), reasons.suspicion(facts), conditions)


def fragmentation(facts: Facts) -> RuleAnswer:
    """Rule 5: flat, and allocations fail with a healthy free heap or the largest block falls by itself."""
    failures = memory_trouble.healthy_failures(facts)
    falling = _block_falls_alone(facts)
    signs = bool(failures) or falling
    found = [wording.count(len(failures), "allocation failure") + " with a healthy free heap"]
    if facts.block_slope is not None:
        found.append(f"largest block {wording.rate(facts.block_slope, 'B')}")
    conditions = (*_heap_only(facts), _flat(facts), Condition("failures or a falling block", ", ".join(found), signs))
    told = [found[0]] if failures else []
    if falling:
        told.append(
            f"largest block falling at {wording.rate(abs(facts.block_slope or 0.0), 'B')} while free heap is flat"
        )
    return RuleAnswer(all(condition.holds for condition in conditions), "; ".join(told), conditions)


def steady(facts: Facts) -> RuleAnswer:
    """Rule 6: flat and no memory lines. For a field that is no heap: no significant trend."""
    trend = facts.present
    if not facts.evidence.request.is_heap:
        still = trend is not None and not is_significant(trend)
        return RuleAnswer(
            still, "no significant trend", (Condition("no significant trend", reasons.trend_found(facts), still),)
        )
    lines = memory_trouble.memory_lines(facts)
    conditions = (_flat(facts), Condition("no memory lines", f"{len(lines):,}", not lines))
    return RuleAnswer(all(c.holds for c in conditions), reasons.slow_decline(facts) or "no leak seen", conditions)


def recovery(facts: Facts) -> RuleAnswer:
    """Rule 7: slope of 50 per minute or more: memory was released."""
    trend = facts.present
    rising = trend is not None and trend.slope >= STEADY_LIMIT
    slope = None if trend is None else trend.slope
    conditions = (*_heap_only(facts), Condition(f"slope >= {STEADY_LIMIT:.0f} B/min", wording.rate(slope, "B"), rising))
    reason = ""
    if trend is not None and rising:
        before = happening_before(facts.evidence, trend.regime_start)
        reason = f"memory was released at {wording.rate(trend.slope, 'B')}" + (f", after {before}" if before else "")
    return RuleAnswer(all(condition.holds for condition in conditions), reason, conditions)


def _block_falls_alone(facts: Facts) -> bool:
    """Return whether the largest block falls, and clearly faster than a slow leak of the free heap takes it along."""
    if facts.block_slope is None or facts.block_slope >= 0:
        return False
    trend = facts.present
    leaked = trend.slope if trend is not None and facts.leaking else 0.0
    return facts.block_slope < _FASTER_THAN_FREE * leaked


def _leak(facts: Facts) -> bool | None:
    if not facts.evidence.request.is_heap or too_little_data(facts).met or facts.present is None:
        return None
    return facts.leaking


def _urgent_of_last_boot(facts: Facts) -> bool:
    if not facts.evidence.request.is_heap:
        return False
    lines = memory_trouble.urgent_lines(facts)
    return any(memory_trouble.belongs_to_last_boot(line, facts.restarts) for line in lines)


def _flat(facts: Facts) -> Condition:
    slope = None if facts.present is None else facts.present.slope
    holds = slope is not None and abs(slope) <= STEADY_LIMIT
    return Condition(f"slope within +-{STEADY_LIMIT:.0f} B/min", wording.rate(slope, "B"), holds)


def _heap_only(facts: Facts) -> tuple[Condition, ...]:
    if facts.evidence.request.is_heap:
        return ()
    return (Condition("the field is the free heap", facts.evidence.request.field, holds=False),)
