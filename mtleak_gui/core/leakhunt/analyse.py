# SPDX-License-Identifier: GPL-3.0-only
"""Evidence in, facts out: cleans the samples, cuts them into boots, and asks each of the other files its question."""

from __future__ import annotations

from mtleak_gui.core.leakhunt.boots import boots_of
from mtleak_gui.core.leakhunt.checks import Seen, checks_of, debug_heap_of, silence_of
from mtleak_gui.core.leakhunt.clean_samples import cadence_of, clean_samples, gaps_of, sources_of
from mtleak_gui.core.leakhunt.evidence import Evidence, Samples
from mtleak_gui.core.leakhunt.facts import Facts, Restart, Trend
from mtleak_gui.core.leakhunt.least_squares import least_squares
from mtleak_gui.core.leakhunt.memory_lines import memory_lines_of
from mtleak_gui.core.leakhunt.phases import cycles_of, phases_of, spans_of
from mtleak_gui.core.leakhunt.restarts import link_losses_of, restarts_of
from mtleak_gui.core.leakhunt.segments import leaks, segments_of, trends_of
from mtleak_gui.core.leakhunt.suspects import suspects_of
from mtleak_gui.core.leakhunt.thresholds import MIN_SAMPLES
from mtleak_gui.core.leakhunt.time_left import time_left_of
from mtleak_gui.core.leakhunt.trend import SegmentSamples, trend_of


def analyse(evidence: Evidence) -> Facts:
    """Return the facts of a window. Deterministic; never raises, whatever the values are."""
    request = evidence.request
    samples, unreported = clean_samples(evidence.samples, request.start, request.end, is_heap=request.is_heap)
    count = int(samples.ts.size)
    cadence = cadence_of(samples.ts)
    boots = boots_of(evidence)
    restarts = restarts_of(evidence, boots.found, cadence)
    losses = link_losses_of(evidence, boots.found)
    segments = segments_of(samples, boots)
    trends = trends_of(segments, is_heap=request.is_heap)
    minimum = float(samples.value.min()) if count else None
    line = least_squares(samples.ts, samples.value)
    debug_heap, reason = debug_heap_of(evidence.debug_heap)
    silent_for = silence_of(evidence, cadence)
    unsupported = request.is_heap and count == 0 and unreported + evidence.not_reported > 0
    sources = sources_of(samples)
    phases = phases_of(spans_of(evidence.events), samples)
    seen = Seen(count, cadence, sources, silent_for, unsupported, debug_heap, reason, len(restarts), len(losses))
    last_is_present = bool(trends) and trends[-1].end >= segments[-1].ts[-1]
    return Facts(
        evidence=evidence,
        samples=count,
        minimum=minimum,
        maximum=float(samples.value.max()) if count else None,
        cadence_s=cadence,
        sources=sources,
        silent_for=silent_for,
        heap_unsupported=unsupported,
        debug_heap=debug_heap,
        debug_heap_reason=reason,
        restarts=restarts,
        link_losses=losses,
        segments=trends,
        leaking=leaks(trends),
        least_squares=None if line is None else line.slope * 60,
        time_left=time_left_of(trends[-1], minimum) if request.is_heap and last_is_present else None,
        memory=memory_lines_of(evidence.lines, dict(evidence.signature_counts)),
        suspects=suspects_of(evidence.thread_deltas, evidence.sites, evidence.audits, _lost(trends)),
        phases=phases,
        cycles=cycles_of(phases),
        block_slope=_block_slope(evidence, restarts),
        gaps=gaps_of(samples.ts, cadence),
        checks=checks_of(evidence, seen),
    )


def _lost(trends: tuple[Trend, ...]) -> float | None:
    """Return the bytes that the declining boots of the window lost."""
    lost = sum(trend.loss for trend in trends if trend.slope < 0)
    return lost if lost > 0 else None


def _block_slope(evidence: Evidence, restarts: tuple[Restart, ...]) -> float | None:
    """Return the slope of the largest block in the last boot, bytes per minute, when its fall is sure."""
    start = max([evidence.request.start, *(restart.ts for restart in restarts)])
    raw = Samples(evidence.block_ts, evidence.largest_block)
    blocks, _ = clean_samples(raw, start, evidence.request.end, is_heap=True)
    if blocks.ts.size < MIN_SAMPLES:
        return None
    segment = SegmentSamples(blocks.ts - blocks.ts[0], blocks.ts, blocks.value, uptime_known=False)
    trend = trend_of(segment, is_heap=True)
    return trend.slope if trend is not None and trend.leaking else None
