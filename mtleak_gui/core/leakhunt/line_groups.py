# SPDX-License-Identifier: GPL-3.0-only
"""Memory and crash lines, grouped by text with their numbers masked, each with its places in the window."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt import memory_trouble
from mtleak_gui.core.leakhunt.evidence import Evidence, SeenLine
from mtleak_gui.core.leakhunt.timeline import offset_of
from mtleak_gui.core.leakhunt.verdict import Verdict

_NUMBER = re.compile(r"0x[0-9a-fA-F]+|\d+")
_GROUPS_SHOWN = 4
_PLACES_SHOWN = 5
_NONE = ("none",)


def oom_event_rows(verdict: Verdict) -> tuple[str, ...]:
    """Return what the rule set calls out of memory."""
    return group(verdict.measures.oom_lines, verdict.facts.evidence) or _NONE


def error_line_rows(verdict: Verdict) -> tuple[str, ...]:
    """Return the other memory lines and the crash lines."""
    facts, told = verdict.facts, verdict.measures.oom_lines
    lines = [*memory_trouble.memory_lines(facts), *memory_trouble.crash_lines(facts)]
    return group([line for line in lines if line not in told], facts.evidence) or _NONE


def group(lines: Sequence[SeenLine], evidence: Evidence) -> tuple[str, ...]:
    """Return ``3× "text" at +4h12m, +5h08m`` per text, most frequent first; empty for no lines."""
    groups: dict[str, list[SeenLine]] = {}
    for line in lines:
        groups.setdefault(_NUMBER.sub("#", line.text), []).append(line)
    ranked = sorted(groups.values(), key=lambda alike: (-len(alike), alike[0].ts))
    told = [_tell(alike, evidence) for alike in ranked[:_GROUPS_SHOWN]]
    if len(ranked) > _GROUPS_SHOWN:
        rest = sum(len(alike) for alike in ranked[_GROUPS_SHOWN:])
        told.append(f"{wording.count(rest, 'more line')} of {wording.count(len(ranked) - _GROUPS_SHOWN, 'other text')}")
    return tuple(told)


def _tell(alike: Sequence[SeenLine], evidence: Evidence) -> str:
    return f'{len(alike):,}× "{wording.single_line(alike[0].text)}" at {_places(alike, evidence)}'


def _places(alike: Iterable[SeenLine], evidence: Evidence) -> str:
    times = sorted(line.ts for line in alike)
    shown = ", ".join(offset_of(evidence, ts) for ts in times[:_PLACES_SHOWN])
    return shown if len(times) <= _PLACES_SHOWN else f"{shown} and {len(times) - _PLACES_SHOWN:,} more"
