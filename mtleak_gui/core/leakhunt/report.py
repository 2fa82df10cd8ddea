# SPDX-License-Identifier: GPL-3.0-only
"""The report's fixed block, byte for byte as testers know it: on screen, on the clipboard and in saved files."""

from __future__ import annotations

from datetime import tzinfo

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.citations import cite
from mtleak_gui.core.leakhunt.facts import Facts
from mtleak_gui.core.leakhunt.line_groups import error_line_rows, oom_event_rows
from mtleak_gui.core.leakhunt.report_details import details_rows
from mtleak_gui.core.leakhunt.report_rows import Row, lay_out
from mtleak_gui.core.leakhunt.source_words import debug_heap_words, describe_sources
from mtleak_gui.core.leakhunt.thread_rows import thread_rows
from mtleak_gui.core.leakhunt.timeline import offset_of
from mtleak_gui.core.leakhunt.trend_words import interval_text, is_significant
from mtleak_gui.core.leakhunt.verdict import Headline, Verdict
from mtleak_gui.core.leakhunt.waiting import ready_at

RULE = "─" * 52
_NEARLY_WHOLE = 0.95


def full_text(verdict: Verdict, zone: tzinfo | None = None) -> str:
    """Return the fixed block, a blank line, and the second block; times in ``zone``, or in this computer's own."""
    return f"{fixed_block(verdict, zone)}\n\n{lay_out(details_rows(verdict, zone))}\n"


def fixed_block(verdict: Verdict, zone: tzinfo | None = None) -> str:
    """Return the fixed block without a line end behind its last line."""
    return f"{title(verdict)}\n{RULE}\n{lay_out(block_rows(verdict, zone))}"


def title(verdict: Verdict) -> str:
    """Return the first line: what was asked."""
    asked = verdict.facts.evidence.request
    return wording.single_line(f"/leakhunt window={asked.window} field={asked.field} variant={asked.variant}", 200)


def block_rows(verdict: Verdict, zone: tzinfo | None = None) -> tuple[Row, ...]:
    """Return the rows of the fixed block, in its order."""
    facts = verdict.facts
    rows = [
        Row("recorder", (_recorder(facts, zone),)),
        Row("build", (f"DEBUG_HEAP={facts.debug_heap} ({debug_heap_words(facts)})",)),
        Row("samples", (_samples(facts),)),
        Row(facts.evidence.request.field, (_extremes(facts),)),
        Row("slope", (_slope(verdict),)),
        Row("reboots", _reboots(verdict)),
        Row("OOM events", oom_event_rows(verdict)),
        Row("error lines", error_line_rows(verdict)),
        *thread_rows(facts),
        Row("verdict", (_verdict(verdict, zone),)),
    ]
    if verdict.headline is Headline.SLOW_LEAK:
        left = wording.minutes_left(verdict.measures.minutes_left)
        rows.append(Row("est. time-to-OOM", (f"{left} at current slope",)))
    rows.append(Row("evidence", cite(verdict)))
    return tuple(rows)


def _recorder(facts: Facts, zone: tzinfo | None) -> str:
    recorder, now = facts.evidence.recorder, facts.evidence.now
    state = {"running": "running", "stopped": "stopped", "from_disk": "opened from disk", "paused": "paused"}[
        recorder.state
    ]
    if recorder.state == "paused":
        pauses = [event.ts for event in facts.evidence.events if event.kind == "recorder_pause"]
        state += f" since {wording.clock(max(pauses), zone)}" if pauses else ""
    if facts.silent_for is not None:
        return f"{state}, silent {wording.span(facts.silent_for)}"
    if recorder.newest_sample_ts is None:
        return f"{state}, no telem row yet"
    age = wording.span(max(0.0, now - recorder.newest_sample_ts))
    if recorder.state == "from_disk":
        return f"{state}, telem last_ts {age} before the window's end"
    return f"{state}, telem last_ts {age} ago"


def _samples(facts: Facts) -> str:
    asked = facts.evidence.request
    if not facts.samples:
        return f"none over {wording.span(asked.end - asked.start)}"
    times = facts.evidence.samples.ts
    length, held = asked.end - asked.start, float(times[-1] - times[0]) if times.size else 0.0
    over = wording.span(length)
    if held + (facts.cadence_s or 0.0) * 2 < length * _NEARLY_WHOLE:
        over = f"{wording.span(held)} of {over}"
    cadence = "cadence not known" if facts.cadence_s is None else f"cadence ~{wording.span(facts.cadence_s)}"
    return f"{facts.samples:,} over {over} ({cadence}, {describe_sources(facts)})"


def _extremes(facts: Facts) -> str:
    low, high = facts.minimum, facts.maximum
    if low is None or high is None:
        return "no samples"
    unit = wording.unit_of(facts.evidence.request.field)
    told = [("min", low), ("max", high), ("range", high - low)]
    # The specification's own field stands without a unit; every other field tells it.
    write = wording.plain_quantity if unit == wording.BYTE_UNIT else wording.quantity
    return " / ".join(f"{name} {write(value, unit)}" for name, value in told)


def _slope(verdict: Verdict) -> str:
    slope, facts = verdict.measures.slope, verdict.facts
    if slope is None:
        return wording.NOT_KNOWN
    unit = wording.unit_of(facts.evidence.request.field)
    if unit != wording.BYTE_UNIT:
        return f"{wording.rate(slope, unit)} ({_plain_direction(verdict)})"
    subject = "heap" if facts.evidence.request.is_heap else "the field"
    text = wording.plain_rate(slope, unit)
    word = f"negative — {subject} declining" if slope < 0 else f"positive — {subject} rising"
    if text == "0":
        word = "flat"
    elif (
        verdict.measures.slope_interval is not None and facts.present is not None and not is_significant(facts.present)
    ):
        word = "flat within its error"
    return f"{text} bytes/min ({word})"


def _plain_direction(verdict: Verdict) -> str:
    trend, interval = verdict.facts.present, verdict.measures.slope_interval
    if trend is None or interval is None:
        return "least squares"
    unit = wording.unit_of(verdict.facts.evidence.request.field)
    word = "no significant trend" if not is_significant(trend) else "rising" if trend.slope > 0 else "falling"
    return f"{word}, 95 % interval {interval_text(interval, unit)}"


def _reboots(verdict: Verdict) -> tuple[str, ...]:
    restarts, facts = verdict.measures.restarts, verdict.facts
    if not restarts:
        return ("none in window",)
    told = []
    for restart in restarts[-5:]:
        reason = wording.single_line(restart.reason, 60) if restart.reason else "; ".join(restart.signs)
        told.append(
            f"{offset_of(facts.evidence, restart.ts)} ({reason})" if reason else offset_of(facts.evidence, restart.ts)
        )
    earlier = f", the last {len(told)}" if len(restarts) > len(told) else ""
    head = f"{len(restarts):,} in window{earlier}: {', '.join(told)}"
    if facts.present is None:
        return (head,)
    return (head, f"judged: the boot since {offset_of(facts.evidence, facts.present.start)}")


def _verdict(verdict: Verdict, zone: tzinfo | None) -> str:
    ready = ready_at(verdict.facts) if verdict.headline is Headline.INSUFFICIENT_DATA else None
    return verdict.sentence + ("" if ready is None else f"; ready at {wording.clock(ready, zone)}")
