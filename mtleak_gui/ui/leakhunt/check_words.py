# SPDX-License-Identifier: GPL-3.0-only
"""The checks before a verdict in a few words each, so that they stand in one row; their whole text is for the tip."""

from __future__ import annotations

from typing import Literal, NamedTuple

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt import memory_trouble
from mtleak_gui.core.leakhunt.facts import Check, Facts
from mtleak_gui.core.leakhunt.source_words import debug_heap_words

_STATES = {
    "running": "Recording",
    "paused": "Recording paused",
    "stopped": "Recording stopped",
    "from_disk": "Opened from disk",
}


FixAct = Literal["resume", "record"]
_ACTS: dict[str, FixAct] = {"paused": "resume", "stopped": "record"}


class CheckItem(NamedTuple):
    """One item of the row. ``fix`` says what to do, where there is something to do; ``act`` does it at once."""

    state: Literal["ok", "warning", "failed"]
    text: str
    tip: str
    fix: str | None = None
    act: FixAct | None = None


def check_items(facts: Facts) -> tuple[CheckItem, ...]:
    """Return the checks in their order: recorder, device, build, samples, what happened, error lines."""
    short = {
        "recorder": _STATES[facts.evidence.recorder.state],
        "device": _device(facts),
        "build": f"DEBUG_HEAP {facts.debug_heap}: {debug_heap_words(facts)}",
        "samples": _samples(facts),
        "context": _context(facts),
    }
    items = [_item(check, short.get(check.name, check.text)) for check in facts.checks]
    act = _ACTS.get(facts.evidence.recorder.state)
    items = [item._replace(act=act if item.tip.startswith("recorder:") else None) for item in items]
    trouble = [*memory_trouble.memory_lines(facts), *memory_trouble.crash_lines(facts)]
    if trouble:
        text = wording.count(len(trouble), "error line")
        items.append(CheckItem("warning", text, "Lines that mean memory trouble or a crash; the report lists them."))
    return tuple(items)


def _item(check: Check, short: str) -> CheckItem:
    return CheckItem(check.state, short, f"{check.name}: {check.text}", check.what_to_do)


def _device(facts: Facts) -> str:
    recorder, now = facts.evidence.recorder, facts.evidence.now
    if facts.silent_for is not None:
        return f"silent for {wording.spaced_span(facts.silent_for)}"
    newest = recorder.newest_sample_ts
    if newest is None:
        return "no sample yet" if recorder.newest_row_ts is not None else "nothing heard"
    age = wording.spaced_span(max(0.0, now - newest))
    return f"last sample {age} before the end" if recorder.state == "from_disk" else f"last sample {age} ago"


def _samples(facts: Facts) -> str:
    if facts.heap_unsupported and facts.evidence.request.is_heap:
        return "heap not reported"
    cadence = "" if facts.cadence_s is None else f", cadence {wording.spaced_span(facts.cadence_s)}"
    return wording.count(facts.samples, "sample") + cadence


def _context(facts: Facts) -> str:
    marks = sum(event.kind == "mark" for event in facts.evidence.events)
    restarts = wording.count(len(facts.restarts), "restart") if facts.restarts else "no restart"
    return f"{restarts}, {wording.count(marks, 'mark')}"
