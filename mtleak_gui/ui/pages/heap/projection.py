# SPDX-License-Identifier: GPL-3.0-only
"""Where a verdict says that the curve leads. No widgets."""

from __future__ import annotations

from mtleak_gui.core.leakhunt.verdict import Headline, Verdict
from mtleak_gui.ui.pages.heap.plot.picture import Projection


def projection_of(verdict: Verdict | None) -> Projection | None:
    """Return the line from the newest sample to nothing, for a SLOW LEAK of the free heap only."""
    if verdict is None or verdict.headline != Headline.SLOW_LEAK or not verdict.facts.evidence.request.is_heap:
        return None
    samples, minutes = verdict.facts.evidence.samples, verdict.measures.minutes_left
    if minutes is None or not samples.ts.size or minutes <= 0:
        return None
    ts = float(samples.ts[-1])
    level = -(verdict.measures.slope or 0.0) * minutes
    return Projection(ts, level if level > 0 else float(samples.value[-1]), ts + minutes * 60.0)
