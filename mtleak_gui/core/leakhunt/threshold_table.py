# SPDX-License-Identifier: GPL-3.0-only
"""The thresholds as a table to read: what each is for, and its value in words. The numbers stay where they are used."""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt import thresholds as at
from mtleak_gui.core.leakhunt.trend_words import MOVEMENT_LIMIT, STEADY_LIMIT


class Threshold(NamedTuple):
    """One number that verdicts hang on."""

    meaning: str
    value: str


STRICT_TABLE = (
    Threshold("Samples that a verdict needs", f"{at.MIN_SAMPLES}"),
    Threshold("A slope within this is steady", f"±{STEADY_LIMIT:.0f} B/min"),
    Threshold("A range up to this is too little movement for a leak", wording.quantity(MOVEMENT_LIMIT, "B")),
)
"""The thresholds that both rule sets use."""

STANDARD_TABLE = (
    *STRICT_TABLE,
    Threshold("Leak: net loss over the window, at least", wording.quantity(at.LOSS_BYTES, "B")),
    Threshold("Leak: net loss in scatters of the samples, at least", f"{at.LOSS_SD:g}"),
    Threshold("Leak: slope in its own standard errors, at least", f"{at.SIGNIFICANCE:g}"),
    Threshold("Leak: share of the window that the present trend must cover", wording.percent(at.REGIME_SHARE)),
    Threshold("Leak: the heap would be empty within", f"{at.EMPTY_WITHIN_DAYS:g} days"),
    Threshold("Leaking boots: share of the time that must agree", wording.percent(at.AGREEING_TIME_SHARE)),
    Threshold("Time after a boot that counts as settling", wording.span(at.SETTLING_FROM_BOOT_S)),
    Threshold(
        "A heap up to this is near nothing",
        f"{wording.quantity(at.NEAR_NOTHING_BYTES, 'B')}, or {wording.percent(at.NEAR_NOTHING_SHARE)} of the total",
    ),
    Threshold("Boards fail in practice near", wording.quantity(at.FLOOR_BYTES, "B")),
    Threshold("A gap is longer than so many cadences", f"{at.CADENCES_OF_GAP:g}"),
    Threshold("A device is silent after so long, or after 3 cadences", wording.span(at.SILENCE_S)),
    Threshold("A restart: the uptime fell by more than", wording.span(at.UPTIME_FALL_S)),
    Threshold("The clock of the computer was set: it jumped by more than", wording.span(at.CLOCK_STEP_S)),
    Threshold("A single dip is left out beyond so many scatters", f"{at.EXCURSION_SD:g}"),
    Threshold("A thread's loss is cancelled by a gain within", wording.span(at.CANCEL_WITHIN_S)),
)
"""The thresholds of ``standard 1``."""
