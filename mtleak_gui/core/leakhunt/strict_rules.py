# SPDX-License-Identifier: GPL-3.0-only
"""The rules of ``strict 1``: the specification to the letter, with the errors that this brings.

Least squares over the whole window, every ``Alloc an err=`` or ``out of memory`` line is OOM (routing NAKs too), a
restart is a ``connection_lost`` event at which the heap jumped up, the time left is min / -slope.
"""

from __future__ import annotations

import numpy as np

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt import reasons
from mtleak_gui.core.leakhunt.evidence import SeenEvent, SeenLine
from mtleak_gui.core.leakhunt.facts import Facts, Restart
from mtleak_gui.core.leakhunt.memory_trouble import crash_lines
from mtleak_gui.core.leakhunt.thresholds import MIN_SAMPLES
from mtleak_gui.core.leakhunt.timeline import offset_of
from mtleak_gui.core.leakhunt.trend_words import MOVEMENT_LIMIT, STEADY_LIMIT
from mtleak_gui.core.leakhunt.verdict import Condition, Measures, RuleAnswer

_OOM_TEXTS = ("alloc an err=", "out of memory")


def measure(facts: Facts) -> Measures:
    """Return the numbers of ``strict 1``. ``leak`` is whether rule 4 holds; the suspect lost the most bytes."""
    is_leak = slow_leak(facts).met
    judged = facts.evidence.request.is_heap and facts.samples >= MIN_SAMPLES
    return Measures(
        slope=facts.least_squares,
        slope_interval=None,
        leak=is_leak if judged else None,
        minutes_left=_simple_minutes(facts) if is_leak else None,
        minutes_left_interval=None,
        restarts=jumps_after_loss(facts),
        suspect=_largest_loser(facts) if is_leak else None,
        oom_lines=_oom_lines(facts),
    )


def too_few_samples(facts: Facts) -> RuleAnswer:
    """Rule 1: fewer than 5 samples."""
    enough = facts.samples >= MIN_SAMPLES
    found = (Condition(f"at least {MIN_SAMPLES} samples", f"{facts.samples:,}", enough),)
    return RuleAnswer(not enough, reasons.lack(facts), found)


def restarted(facts: Facts) -> RuleAnswer:
    """Rule 2: any connection_lost event at which the heap jumped up."""
    jumps = jumps_after_loss(facts)
    places = ", ".join(offset_of(facts.evidence, jump.ts) for jump in jumps[:5])
    found = (Condition("connection_lost and heap jumped up", f"{len(jumps):,}", bool(jumps)),)
    return RuleAnswer(bool(jumps), f"connection lost and heap jumped up at {places}" if jumps else "", found)


def out_of_memory(facts: Facts) -> RuleAnswer:
    """Rule 3: any ``Alloc an err=`` or ``out of memory`` line."""
    lines = _oom_lines(facts)
    found = (Condition("an Alloc an err= or out of memory line", f"{len(lines):,}", bool(lines)),)
    reason = ""
    if lines:
        newest = lines[-1]
        reason = f'"{wording.single_line(newest.text)}" at {offset_of(facts.evidence, newest.ts)}'
    return RuleAnswer(bool(lines), reason, found)


def slow_leak(facts: Facts) -> RuleAnswer:
    """Rule 4: slope < -50 and max - min > 1,000 and no restart."""
    slope, moved, jumps = facts.least_squares, reasons.movement(facts), jumps_after_loss(facts)
    is_heap = facts.evidence.request.is_heap
    found = (
        Condition("the field is the free heap", facts.evidence.request.field, is_heap),
        Condition("slope < -50 B/min", wording.rate(slope, "B"), slope is not None and slope < -STEADY_LIMIT),
        Condition("max - min > 1,000 B", wording.quantity(moved, "B"), moved is not None and moved > MOVEMENT_LIMIT),
        Condition("no restart", f"{len(jumps):,}", not jumps),
    )
    suspect = _largest_loser(facts)
    reason = f"primary suspect {wording.single_line(suspect, 40)} thread" if suspect else reasons.suspicion(facts)
    return RuleAnswer(all(condition.holds for condition in found), reason, found)


def fragmentation(facts: Facts) -> RuleAnswer:
    """Rule 5: flat, the low points fall, and ``Alloc an err=`` lines without total OOM (which rule 3 takes first)."""
    failures = [line for line in _oom_lines(facts) if _OOM_TEXTS[0] in line.text.lower()]
    falls = _low_points_fall(facts)
    found = (
        _flat(facts),
        Condition("the low points fall", "yes" if falls else "no", falls),
        Condition("Alloc an err= lines", f"{len(failures):,}", bool(failures)),
    )
    return RuleAnswer(all(condition.holds for condition in found), "flat, yet allocations fail", found)


def steady(facts: Facts) -> RuleAnswer:
    """Rule 6: flat and no error lines."""
    lines = [*_oom_lines(facts), *crash_lines(facts)]
    found = (_flat(facts), Condition("no error lines", f"{len(lines):,}", not lines))
    return RuleAnswer(all(condition.holds for condition in found), "no leak seen", found)


def recovery(facts: Facts) -> RuleAnswer:
    """Rule 7: slope of 50 per minute or more."""
    slope = facts.least_squares
    rises = facts.evidence.request.is_heap and slope is not None and slope >= STEADY_LIMIT
    found = (Condition("slope >= 50 B/min", wording.rate(slope, "B"), rises),)
    return RuleAnswer(rises, f"memory was released at {wording.rate(slope, 'B')}" if rises else "", found)


def explain_inconclusive(facts: Facts) -> str:
    """Return which condition failed, for when no rule holds."""
    unit = wording.unit_of(facts.evidence.request.field)
    slope = wording.rate(facts.least_squares, unit)
    if not facts.evidence.request.is_heap:
        return f"least-squares slope {slope}; no rule judges {facts.evidence.request.field}"
    moved = reasons.movement(facts) or 0.0
    if moved <= MOVEMENT_LIMIT and facts.least_squares is not None and facts.least_squares < -STEADY_LIMIT:
        return f"slope {slope} but range {wording.quantity(moved, 'B')}: too little movement to call"
    return f"slope {slope} is flat but there are {wording.count(len(crash_lines(facts)), 'error line')}"


def jumps_after_loss(facts: Facts) -> tuple[Restart, ...]:
    """Return the ``connection_lost`` events at which the heap rose by more than 1,000 B between two samples."""
    losses = [event for event in facts.evidence.events if event.kind == "connection_lost"]
    found = [(event, _rise_at(facts, event)) for event in losses]
    return tuple(
        Restart(event.ts, event.note or event.label, (f"connection lost and heap rose by {rise:,.0f} B",))
        for event, rise in found
        if rise > MOVEMENT_LIMIT
    )


def _rise_at(facts: Facts, event: SeenEvent) -> float:
    samples = facts.evidence.samples
    after = int(np.searchsorted(samples.ts, event.ts, side="right"))
    if not 0 < after < samples.ts.size:
        return 0.0
    return float(samples.value[after] - samples.value[after - 1])


def _oom_lines(facts: Facts) -> tuple[SeenLine, ...]:
    lines = [line for line in facts.evidence.lines if any(text in line.text.lower() for text in _OOM_TEXTS)]
    return tuple(sorted(lines, key=lambda line: line.ts))


def _flat(facts: Facts) -> Condition:
    slope = facts.least_squares
    holds = facts.evidence.request.is_heap and slope is not None and abs(slope) < STEADY_LIMIT
    return Condition("slope within +-50 B/min", wording.rate(slope, "B"), holds)


def _low_points_fall(facts: Facts) -> bool:
    values = facts.evidence.samples.value
    half = values.size // 2
    return bool(half) and float(values[half:].min()) < float(values[:half].min())


def _simple_minutes(facts: Facts) -> float | None:
    if facts.minimum is None or not facts.least_squares:
        return None
    return facts.minimum / -facts.least_squares


def _largest_loser(facts: Facts) -> str | None:
    lost: dict[str, int] = {}
    for event in facts.evidence.thread_deltas:
        if event.kind == "leaked":
            lost[event.thread] = lost.get(event.thread, 0) + event.delta
    return min(lost, key=lambda thread: lost[thread]) if lost else None
