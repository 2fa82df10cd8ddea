# SPDX-License-Identifier: GPL-3.0-only
"""The report's second block: all that stands below the fixed one, so that the fixed one stays as it is."""

from __future__ import annotations

from datetime import tzinfo

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.evidence import SeenEvent
from mtleak_gui.core.leakhunt.facts import Facts, Phase
from mtleak_gui.core.leakhunt.report_rows import Row
from mtleak_gui.core.leakhunt.timeline import lasting_gaps, lost_links, offset_of
from mtleak_gui.core.leakhunt.trend_words import describe, interval_text
from mtleak_gui.core.leakhunt.verdict import Verdict

_LISTED = 8


def details_rows(verdict: Verdict, zone: tzinfo | None = None) -> tuple[Row, ...]:
    """Return the rows of the second block; rows that have nothing to tell are left out."""
    facts = verdict.facts
    rows = [
        *_head(verdict, zone),
        *_statistics(verdict),
        Row("boots", _boots(facts)),
        Row("threads", _threads(facts)),
        Row("sites", _sites(facts)),
        Row("MemAudit", _audit(facts)),
        Row("marks", _marks(facts)),
        Row("phases", _phases(facts)),
        Row("gaps", _gaps(facts)),
        Row("sleeps", _events(facts, "host_sleep", "clock_jump")),
        Row("pauses", _events(facts, "recorder_pause", "recorder_resume")),
        Row("polls", _events(facts, "poll_started", "poll_stopped")),
        Row("board writes", _events(facts, "config_write")),
        Row("links", _links(facts)),
        Row("routing NAKs", _naks(facts)),
        Row("qualifiers", tuple(qualifier.text for qualifier in verdict.qualifiers)),
        Row("demo", ("DEMO: a virtual board, no real device",) if facts.evidence.recorder.demo else ()),
    ]
    return tuple(row for row in rows if row.lines)


def _head(verdict: Verdict, zone: tzinfo | None) -> list[Row]:
    evidence = verdict.facts.evidence
    device, asked = evidence.device, evidence.request
    names = [wording.single_line(str(name), 60) for name in (device.name, device.port, device.node) if name]
    return [
        Row("window", (f"{wording.local_time(asked.start, zone)} to {wording.local_time(asked.end, zone)}",)),
        Row("device", (", ".join(names) or wording.NOT_KNOWN,)),
        Row("board", (wording.single_line(device.hardware or wording.NOT_KNOWN, 60),)),
        Row("firmware", (wording.single_line(device.firmware or wording.NOT_KNOWN, 60),)),
        Row("environment", (wording.single_line(device.environment or wording.NOT_KNOWN, 60),)),
        Row("heap signs", (verdict.facts.debug_heap_reason,)),
        Row("rule set", (verdict.rules,)),
    ]


def _statistics(verdict: Verdict) -> list[Row]:
    facts, measures = verdict.facts, verdict.measures
    trend, unit = facts.present, wording.unit_of(facts.evidence.request.field)
    rows = []
    if measures.slope_interval is not None:
        low, high = measures.slope_interval
        zero = "leaves zero out" if low > 0 or high < 0 else "holds zero"
        rows.append(Row("slope interval", (f"{interval_text(measures.slope_interval, unit)} (95 %, {zero})",)))
    if trend is not None:
        steps = f", {wording.count(trend.steps, 'step')}" if trend.steps else ""
        since = offset_of(facts.evidence, trend.regime_start)
        rows += [
            Row("shape", (f"{trend.shape.replace('_', ', ')}{steps}; slope since {since}",)),
            Row("least squares", (f"{wording.rate(facts.least_squares, unit)} over the whole window",)),
            Row("Theil-Sen", (wording.rate(trend.theil_sen, unit),)),
            Row("fit", (_fit(facts),)),
        ]
    left = facts.time_left
    if left is not None and measures.leak:
        rows.append(Row("time left", _time_left(facts)))
    return rows


def _fit(facts: Facts) -> str:
    trend = facts.present
    if trend is None:
        return wording.NOT_KNOWN
    unit = wording.unit_of(facts.evidence.request.field)
    parts = [f"residual sd {wording.quantity(trend.residual_sd, unit)}"]
    if trend.r_squared is not None:
        parts.append(f"R² {wording.significant(round(trend.r_squared, 2), 2)}")
    if trend.falling_share is not None:
        parts.append(f"{wording.percent(trend.falling_share)} of steps fall")
    return ", ".join(parts)


def _time_left(facts: Facts) -> tuple[str, ...]:
    left = facts.time_left
    if left is None:
        return ()
    low, high = left.interval
    until = "open" if high is None else wording.long_span(high)
    lines = [f"{wording.long_span(left.to_zero)} to zero ({wording.long_span(low)} to {until})"]
    if left.to_floor is not None:
        lines.append(f"{wording.long_span(left.to_floor)} to 10 KB, where boards fail in practice")
    if left.simple is not None:
        lines.append(f"{wording.long_span(left.simple)} by min / -slope")
    return tuple(lines)


def _boots(facts: Facts) -> tuple[str, ...]:
    if not facts.restarts:
        return ()
    request = facts.evidence.request
    return tuple(
        f"{offset_of(facts.evidence, t.start)} to {offset_of(facts.evidence, t.end)}: {describe(t, request)}"
        for t in facts.segments[-_LISTED:]
    )


def _threads(facts: Facts) -> tuple[str, ...]:
    lines = []
    for thread in facts.suspects.threads[:_LISTED]:
        share = "" if thread.share is None else f", {wording.percent(thread.share)} of the decline"
        lines.append(
            f"{wording.single_line(thread.thread, 24)}: net {thread.net:,} B, leaked {thread.leaked:,}, "
            f"freed {thread.freed:,}, left {thread.left_over:,}, {wording.count(thread.events, 'event')}, "
            f"{wording.number(thread.per_hour)} B/h{share}"
        )
    return tuple(lines)


def _sites(facts: Facts) -> tuple[str, ...]:
    return tuple(
        f"{wording.single_line(site.site, 60)}: {wording.count(site.allocations, 'allocation')}, {site.bytes:,} B"
        for site in facts.suspects.sites[:_LISTED]
    )


def _audit(facts: Facts) -> tuple[str, ...]:
    moves = sorted(facts.suspects.audit_moves, key=lambda move: -abs(move.after - move.before))
    return tuple(
        f"{wording.single_line(move.subsystem, 32)} {move.before:,} -> {move.after:,} B ({move.after - move.before:+,})"
        for move in moves[:_LISTED]
    )


def _marks(facts: Facts) -> tuple[str, ...]:
    marks = [event for event in facts.evidence.events if event.kind == "mark"]
    return tuple(_event_text(facts, mark) for mark in marks[-_LISTED:])


def _phases(facts: Facts) -> tuple[str, ...]:
    return tuple(_phase_text(facts, phase) for phase in facts.phases[-_LISTED:])


def _phase_text(facts: Facts, phase: Phase) -> str:
    unit = wording.unit_of(facts.evidence.request.field)
    end = "open" if phase.end is None else offset_of(facts.evidence, phase.end)
    parts = [f"{wording.single_line(phase.name, 40)} {offset_of(facts.evidence, phase.start)} to {end}"]
    if phase.dip is not None:
        parts.append(f"dip {wording.quantity(abs(phase.dip), unit)}")
    if phase.came_back is not None:
        parts.append(_recovery_text(phase))
    if phase.net is not None:
        parts.append(f"net {wording.quantity(phase.net, unit)}")
    return ", ".join(parts)


def _recovery_text(phase: Phase) -> str:
    if not phase.came_back:
        return "did not come back"
    if phase.samples_to_recover is None:
        return "came back"
    return f"back after {wording.count(phase.samples_to_recover, 'sample')}"


def _gaps(facts: Facts) -> tuple[str, ...]:
    found = lasting_gaps(facts)
    if not found:
        return ()
    places = [f"{wording.span(end - start)} at {offset_of(facts.evidence, start)}" for start, end in found[:_LISTED]]
    return (f"{len(found):,}: {', '.join(places)}" + (" ..." if len(found) > _LISTED else ""),)


def _links(facts: Facts) -> tuple[str, ...]:
    return tuple(
        f"link lost at {offset_of(facts.evidence, loss.ts)}"
        + ("" if loss.seconds is None else f" for {wording.span(loss.seconds)}")
        + (f" ({wording.single_line(loss.reason, 60)})" if loss.reason else "")
        + ", no restart"
        for loss in lost_links(facts)[-_LISTED:]
    )


def _naks(facts: Facts) -> tuple[str, ...]:
    naks = facts.memory.routing_naks
    if not naks:
        return ()
    told = ", ".join(f"{name} {many:,}" for name, many in sorted(naks.items(), key=lambda item: (-item[1], item[0])))
    return (f"{sum(naks.values()):,} (no memory lines): {told}",)


def _events(facts: Facts, *kinds: str) -> tuple[str, ...]:
    found = [event for event in facts.evidence.events if event.kind in kinds]
    return tuple(_event_text(facts, event) for event in found[-_LISTED:])


def _event_text(facts: Facts, event: SeenEvent) -> str:
    words = [wording.single_line(part, 60) for part in (event.label, event.note) if part]
    name = event.kind.replace("_", " ") if event.kind != "mark" else ""
    return " ".join(part for part in (offset_of(facts.evidence, event.ts), name, " — ".join(words)) if part)
