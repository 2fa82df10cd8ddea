# SPDX-License-Identifier: GPL-3.0-only
"""What can be done to a window without changing the truth, or changing it in a known way."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Evidence, Recorder, Samples


def shifted(evidence: Evidence, by_s: float) -> Evidence:
    """Return the same window at another time."""
    request = replace(evidence.request, start=evidence.request.start + by_s, end=evidence.request.end + by_s)
    return replace(
        evidence,
        request=request,
        now=evidence.now + by_s,
        recorder=_shifted_recorder(evidence.recorder, by_s),
        samples=replace(evidence.samples, ts=evidence.samples.ts + by_s),
        uptime_ts=evidence.uptime_ts + by_s,
        block_ts=evidence.block_ts + by_s,
        min_free_ts=evidence.min_free_ts + by_s,
        lines=tuple(line._replace(ts=line.ts + by_s) for line in evidence.lines),
        thread_deltas=tuple(delta._replace(ts=delta.ts + by_s) for delta in evidence.thread_deltas),
        sites=tuple(site._replace(ts=site.ts + by_s) for site in evidence.sites),
        audits=tuple(audit._replace(ts=audit.ts + by_s) for audit in evidence.audits),
        events=tuple(event._replace(ts=event.ts + by_s) for event in evidence.events),
    )


def _shifted_recorder(recorder: Recorder, by_s: float) -> Recorder:
    newest, sample = recorder.newest_row_ts, recorder.newest_sample_ts
    return replace(
        recorder,
        newest_row_ts=None if newest is None else newest + by_s,
        newest_sample_ts=None if sample is None else sample + by_s,
    )


def raised(evidence: Evidence, by: float) -> Evidence:
    """Return the window of a board that has ``by`` bytes more, free and in total."""
    total = None if evidence.total_heap is None else evidence.total_heap + by
    return replace(evidence, samples=replace(evidence.samples, value=evidence.samples.value + by), total_heap=total)


def in_another_unit(evidence: Evidence, field: str, factor: float) -> Evidence:
    """Return the curve as that of a field that is no heap, told in a unit ``factor`` times as small."""
    return replace(
        evidence,
        request=replace(evidence.request, field=field),
        samples=replace(evidence.samples, value=evidence.samples.value * factor),
    )


def thinned(evidence: Evidence, share: float, rng: np.random.Generator) -> Evidence:
    """Return the window without a random ``share`` of its samples."""
    return _taken(evidence, np.flatnonzero(rng.random(evidence.samples.ts.size) >= share))


def told_twice(evidence: Evidence) -> Evidence:
    """Return the window with each sample twice at the same time, as when two rows tell one reading."""
    return _taken(evidence, np.repeat(np.arange(evidence.samples.ts.size), 2))


def _taken(evidence: Evidence, which: np.ndarray) -> Evidence:
    samples = evidence.samples
    taken = Samples(
        samples.ts[which],
        samples.value[which],
        samples.source,
        samples.source_code[which] if samples.source_code.size else samples.source_code,
        samples.uptime_s[which] if samples.uptime_s.size else samples.uptime_s,
    )
    return replace(evidence, samples=taken)
