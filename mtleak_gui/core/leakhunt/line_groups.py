# SPDX-License-Identifier: GPL-3.0-only
"""Memory and crash lines, grouped by text with their numbers masked, each with its places in the window."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt import memory_trouble
from mtleak_gui.core.leakhunt.evidence import Evidence, SeenLine
from mtleak_gui.core.leakhunt.timeline import offset_of
from mtleak_gui.core.leakhunt.verdict import Verdict

_NUMBER = re.compile(r"0x[0-9a-fA-F]+|\d+")
_GROUPS_SHOWN = 4
_PLACES_SHOWN = 5
_NONE = ("none",)


class LineGroup(NamedTuple):
    """Lines of one text. ``places``: where the first of them stand, each with its epoch second."""

    text: str
    many: int
    places: tuple[tuple[str, float], ...]


def oom_event_rows(verdict: Verdict) -> tuple[str, ...]:
    """Return what the rule set calls out of memory."""
    return _rows(oom_lines(verdict), verdict.facts.evidence)


def error_line_rows(verdict: Verdict) -> tuple[str, ...]:
    """Return the other memory lines and the crash lines."""
    return _rows(error_lines(verdict), verdict.facts.evidence)


def oom_lines(verdict: Verdict) -> Sequence[SeenLine]:
    """Return the lines that the rule set calls out of memory."""
    return verdict.measures.oom_lines


def error_lines(verdict: Verdict) -> Sequence[SeenLine]:
    """Return all other memory lines, and the crash lines."""
    facts, told = verdict.facts, verdict.measures.oom_lines
    lines = [*memory_trouble.memory_lines(facts), *memory_trouble.crash_lines(facts)]
    return [line for line in lines if line not in told]


def group(lines: Sequence[SeenLine], evidence: Evidence) -> tuple[LineGroup, ...]:
    """Return the lines by their text, most frequent first."""
    groups: dict[str, list[SeenLine]] = {}
    for line in lines:
        groups.setdefault(_NUMBER.sub("#", line.text), []).append(line)
    ranked = sorted(groups.values(), key=lambda alike: (-len(alike), alike[0].ts))
    return tuple(_grouped(alike, evidence) for alike in ranked)


def _grouped(alike: Sequence[SeenLine], evidence: Evidence) -> LineGroup:
    times = sorted(line.ts for line in alike)
    places = tuple((offset_of(evidence, ts), ts) for ts in times[:_PLACES_SHOWN])
    return LineGroup(wording.single_line(alike[0].text), len(alike), places)


def _rows(lines: Sequence[SeenLine], evidence: Evidence) -> tuple[str, ...]:
    """Return ``3× "text" at +4h12m, +5h08m`` per text."""
    groups = group(lines, evidence)
    told = [_tell(alike) for alike in groups[:_GROUPS_SHOWN]]
    if len(groups) > _GROUPS_SHOWN:
        rest = sum(alike.many for alike in groups[_GROUPS_SHOWN:])
        told.append(f"{wording.count(rest, 'more line')} of {wording.count(len(groups) - _GROUPS_SHOWN, 'other text')}")
    return tuple(told) or _NONE


def _tell(alike: LineGroup) -> str:
    shown = ", ".join(place for place, _ in alike.places)
    more = f" and {alike.many - len(alike.places):,} more" if alike.many > len(alike.places) else ""
    return f'{alike.many:,}× "{alike.text}" at {shown}{more}'
