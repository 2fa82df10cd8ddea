# SPDX-License-Identifier: GPL-3.0-only
"""The log lines that a verdict stands on, quoted with their uptimes."""

from __future__ import annotations

import numpy as np

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt import memory_trouble
from mtleak_gui.core.leakhunt.evidence import Evidence, SeenLine, ThreadDelta
from mtleak_gui.core.leakhunt.facts import Facts
from mtleak_gui.core.leakhunt.timeline import offset_of
from mtleak_gui.core.leakhunt.verdict import Headline, Verdict

_SHOWN = 3
_UPTIME_REACH_S = 900.0
_RESTART_SIGNS = ("reboot", "panic", "watchdog", "brownout")


def cite(verdict: Verdict) -> tuple[str, ...]:
    """Return up to three quoted lines, newest last, or one line that says that there are none."""
    facts = verdict.facts
    lines = cited_lines(verdict)
    told = [f'{place_words(facts, line)} {_who(line)}"{wording.single_line(line.text)}"' for line in lines]
    return tuple(told) or ("no log line; the samples alone",)


def cited_lines(verdict: Verdict) -> tuple[SeenLine, ...]:
    """Return the lines that the verdict stands on: those that the headline is about, else any memory line."""
    facts = verdict.facts
    if verdict.headline is Headline.OOM_IMMINENT:
        return verdict.measures.oom_lines[-_SHOWN:]
    if verdict.headline is Headline.REBOOT:
        return _restart_lines(facts)
    if verdict.headline is Headline.SLOW_LEAK and verdict.measures.suspect is not None:
        return _leaks_of(facts, verdict.measures.suspect)
    return memory_trouble.memory_lines(facts)[-_SHOWN:]


def _restart_lines(facts: Facts) -> tuple[SeenLine, ...]:
    signs = [line for line in facts.evidence.lines if line.signature in _RESTART_SIGNS]
    memory = memory_trouble.urgent_lines(facts)
    return tuple(sorted({*signs[-_SHOWN:], *memory[-1:]}, key=lambda line: line.ts))[-_SHOWN:]


def _leaks_of(facts: Facts, thread: str) -> tuple[SeenLine, ...]:
    events = [event for event in facts.evidence.thread_deltas if event.thread == thread and event.kind == "leaked"]
    return tuple(_as_line(event) for event in events[-_SHOWN:])


def _as_line(event: ThreadDelta) -> SeenLine:
    text = f"Thread {event.thread} leaked heap {event.before} -> {event.after} ({event.delta})"
    return SeenLine(event.ts, event.uptime_s, "HEAP", event.thread, text)


def place_words(facts: Facts, line: SeenLine) -> str:
    """Return the uptime at which a line was said, or its place in the window where no uptime is known."""
    if line.uptime_s is not None:
        return f"uptime {wording.number(line.uptime_s)} s"
    uptime = _uptime_near(facts.evidence, line.ts)
    if uptime is None:
        return f"at {offset_of(facts.evidence, line.ts)}"
    return f"uptime ~{wording.number(uptime)} s"


def _uptime_near(evidence: Evidence, ts: float) -> float | None:
    """Return the uptime at ``ts`` by the last row before it that states one: log records over the API state none."""
    before = np.flatnonzero(evidence.uptime_ts <= ts)
    if not before.size:
        return None
    last = before[np.argmax(evidence.uptime_ts[before])]
    age = ts - float(evidence.uptime_ts[last])
    return float(evidence.uptime_s[last]) + age if age <= _UPTIME_REACH_S else None


def _who(line: SeenLine) -> str:
    level = f"{line.level} " if line.level else ""
    thread = f"[{wording.single_line(line.thread, 24)}] " if line.thread else ""
    return level + thread
