# SPDX-License-Identifier: GPL-3.0-only
"""What is true of a scenario, and the headline that the seven rules give when fed with true facts."""

from __future__ import annotations

from dataclasses import dataclass

from mtleak_gui.core.leakhunt.evidence import Evidence


@dataclass(frozen=True, slots=True)
class RuleInput:
    """The numbers that the rules ask for; slope in bytes per minute."""

    samples: int
    unsupported: bool
    silent: bool
    restarts: int
    hard_oom: bool
    pool_exhausted: bool
    alloc_failure: bool
    low_heap: bool
    slope: float
    spread: float
    leaking: bool
    block_falls: bool
    memory_lines: bool


@dataclass(frozen=True, slots=True)
class Truth:
    """The label of a scenario. ``slope`` and ``minutes_left`` are ``None`` where there is nothing to score."""

    headline: str
    leak: bool
    slope: float | None
    minutes_left: float | None
    restarts: int
    suspect: str | None = None


@dataclass(frozen=True, slots=True)
class Labelled:
    """A scenario with its label. ``wild`` tells the hard ones."""

    name: str
    wild: bool
    evidence: Evidence
    truth: Truth


def headline(given: RuleInput) -> str:
    """Return the verdict key that the rules in their order give."""
    steady = abs(given.slope) <= 50
    oom = given.hard_oom or given.pool_exhausted or (given.alloc_failure and given.low_heap)
    if given.samples < 5 or given.unsupported or given.silent:
        return "insufficient_data"
    if given.restarts:
        return "reboot"
    if oom:
        return "oom_imminent"
    return _of_slope(given, steady=steady)


def _of_slope(given: RuleInput, *, steady: bool) -> str:
    if given.slope < -50 and given.spread > 1_000 and given.leaking:
        return "slow_leak"
    if steady and (given.alloc_failure or given.block_falls):
        return "fragmentation"
    if steady and not given.memory_lines:
        return "steady"
    return "recovery" if given.slope >= 50 else "inconclusive"
