# SPDX-License-Identifier: GPL-3.0-only
"""A verdict as plain JSON values, for programs. ``resources/docs/leakhunt-json.md`` documents every key of schema 1.

Numbers that do not exist or are not finite are ``None``. Keys are only ever added within a schema.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict
from datetime import tzinfo

from mtleak_gui.core.leakhunt import memory_trouble
from mtleak_gui.core.leakhunt.facts import Facts, Restart, Trend
from mtleak_gui.core.leakhunt.next_steps import next_steps
from mtleak_gui.core.leakhunt.verdict import RuleOutcome, Verdict

SCHEMA = 1
Json = dict[str, object]


def to_json_value(verdict: Verdict, zone: tzinfo | None = None) -> Json:
    """Return the verdict as a dict that any JSON encoder takes; ``zone`` is for the times of day in the next steps."""
    facts, measures = verdict.facts, verdict.measures
    memory = memory_trouble.memory_lines(facts)
    return {
        "schema": SCHEMA,
        "verdict": verdict.headline.value,
        "reason": verdict.reason,
        "urgent": verdict.urgent,
        "leak": measures.leak,
        "slope_per_min": _finite(measures.slope),
        "slope_interval": _pair(measures.slope_interval),
        "least_squares_slope_per_min": _finite(facts.least_squares),
        "theil_sen_slope_per_min": _finite(facts.present.theil_sen) if facts.present else None,
        "minutes_left": _finite(measures.minutes_left),
        "minutes_left_interval": _pair(measures.minutes_left_interval),
        "reboots": len(measures.restarts),
        "suspect": measures.suspect,
        "samples": facts.samples,
        "min": _finite(facts.minimum),
        "max": _finite(facts.maximum),
        "cadence_s": _finite(facts.cadence_s),
        "memory_lines": len(memory),
        "routing_naks": sum(facts.memory.routing_naks.values()),
        "qualifiers": [qualifier.text for qualifier in verdict.qualifiers],
        "qualifier_kinds": [qualifier.kind for qualifier in verdict.qualifiers],
        "why": [_rule(outcome) for outcome in verdict.why],
        "rules": verdict.rules,
        "debug_heap": facts.debug_heap,
        "request": _request(facts),
        "device": _device(facts),
        "restarts": [_restart(restart) for restart in measures.restarts],
        "segments": [_segment(trend) for trend in facts.segments],
        "memory_lines_by_class": _counts_by_class(facts),
        "routing_naks_by_error": dict(facts.memory.routing_naks),
        "checks": [asdict(check) for check in facts.checks],
        "threads": [dict(thread._asdict()) for thread in facts.suspects.threads],
        "next_steps": [
            {"text": step.text, "commands": [dict(command._asdict()) for command in step.commands]}
            for step in next_steps(verdict, zone)
        ],
        "demo": facts.evidence.recorder.demo,
    }


def _request(facts: Facts) -> Json:
    asked = facts.evidence.request
    return {
        "window": asked.window,
        "start": _finite(asked.start),
        "end": _finite(asked.end),
        "field": asked.field,
        "variant": asked.variant,
        "port": asked.port,
        "node": asked.node,
    }


def _device(facts: Facts) -> Json:
    device = facts.evidence.device
    return {
        "port": device.port,
        "name": device.name,
        "node": device.node,
        "hardware": device.hardware,
        "firmware": device.firmware,
        "environment": device.environment,
    }


def _rule(outcome: RuleOutcome) -> Json:
    return {
        "rule": outcome.number,
        "name": outcome.name,
        "verdict": outcome.headline.value,
        "state": outcome.state,
        "reason": outcome.reason,
        "conditions": [dict(condition._asdict()) for condition in outcome.conditions],
    }


def _restart(restart: Restart) -> Json:
    return {
        "ts": _finite(restart.ts),
        "reason": restart.reason,
        "signs": list(restart.signs),
        "out_of_memory": restart.out_of_memory,
    }


def _segment(trend: Trend) -> Json:
    return {
        "start": _finite(trend.start),
        "end": _finite(trend.end),
        "samples": trend.samples,
        "shape": trend.shape,
        "slope_per_min": _finite(trend.slope),
        "slope_interval": _pair(trend.slope_interval),
        "leaking": trend.leaking,
    }


def _counts_by_class(facts: Facts) -> Json:
    return {name: len(lines) for name, lines in facts.memory.by_class.items() if lines}


def _pair(interval: Iterable[float | None] | None) -> list[float | None] | None:
    return None if interval is None else [_finite(value) for value in interval]


def _finite(value: float | None) -> float | None:
    # numpy's scalars are floats too, but JSON encoders do not all take them.
    return None if value is None or not math.isfinite(value) else float(value)
