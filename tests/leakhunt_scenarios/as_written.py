# SPDX-License-Identifier: GPL-3.0-only
"""The facts as the specification's letter has them, for comparison: least squares over the whole window, no more."""

from __future__ import annotations

from dataclasses import replace

from mtleak_gui.core.leakhunt.analyse import analyse
from mtleak_gui.core.leakhunt.evidence import Evidence
from mtleak_gui.core.leakhunt.facts import Facts, TimeLeft


def as_written(evidence: Evidence) -> Facts:
    """Return the facts with the plain slope, the flag that goes by it, and min / -slope as the time left."""
    facts = analyse(evidence)
    slope = facts.least_squares
    if facts.present is None or slope is None or facts.minimum is None or facts.maximum is None:
        return facts
    leaking = slope < -50 and facts.maximum - facts.minimum > 1_000
    minutes = facts.minimum / -slope if slope < 0 else None
    return replace(
        facts,
        segments=(*facts.segments[:-1], replace(facts.present, slope=slope, leaking=leaking)),
        leaking=leaking,
        time_left=None if minutes is None else TimeLeft(minutes, (minutes, minutes), None, minutes),
    )
