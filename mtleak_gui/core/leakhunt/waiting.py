# SPDX-License-Identifier: GPL-3.0-only
"""How many samples are missing, and when they will be there."""

from __future__ import annotations

from mtleak_gui.core.leakhunt.facts import Facts
from mtleak_gui.core.leakhunt.thresholds import MIN_SAMPLES

LOCAL_STATS_CADENCE_S = 900.0
"""Stock firmware pushes LocalStats every 15 minutes (``src/modules/Telemetry/DeviceTelemetry.h``)."""


def missing_samples(facts: Facts) -> int:
    """Return how many samples are lacking to the five that rule 1 asks for."""
    return max(0, MIN_SAMPLES - facts.samples)


def expected_cadence_s(facts: Facts) -> float:
    """Return the measured cadence in seconds, or that of stock LocalStats when there is none yet."""
    cadence = facts.cadence_s
    return cadence if cadence is not None and cadence > 0 else LOCAL_STATS_CADENCE_S


def ready_at(facts: Facts) -> float | None:
    """Return the epoch second at which the missing samples will be there, ``None`` when nobody is recording."""
    recorder = facts.evidence.recorder
    missing = missing_samples(facts)
    if recorder.state != "running" or not missing or facts.heap_unsupported or facts.silent_for is not None:
        return None
    newest = recorder.newest_sample_ts if recorder.newest_sample_ts is not None else facts.evidence.now
    return max(facts.evidence.now, newest + missing * expected_cadence_s(facts))
