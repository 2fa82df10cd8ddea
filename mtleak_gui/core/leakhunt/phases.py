# SPDX-License-Identifier: GPL-3.0-only
"""Marks made into phases, and phases of one name into cycles: did the memory come back after what the tester did?"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Floats, Samples, SeenEvent
from mtleak_gui.core.leakhunt.facts import Cycles, Phase

_ENDS = re.compile(r"(?P<name>.+?)[-_ ](?P<end>start|begin|end|stop)", re.IGNORECASE)
_OPENING = frozenset({"start", "begin"})
_AROUND = 3
"""How many samples tell the level before and after a phase."""
_CAME_BACK_SHARE = 0.1
_CAME_BACK_SD = 3.0


class Span(NamedTuple):
    """Where a phase lies; ``end`` is ``None`` while it is open."""

    name: str
    start: float
    end: float | None


def spans_of(events: tuple[SeenEvent, ...]) -> tuple[Span, ...]:
    """Return the phases that the marks tell: pairs ``<name>-start``, ``<name>-end``, and marks with a range."""
    spans: list[Span] = []
    waiting: dict[str, list[float]] = defaultdict(list)
    for event in events:
        if event.kind != "mark":
            continue
        ranged = _range(event)
        found = _ENDS.fullmatch(event.label or "")
        if ranged is not None:
            spans.append(ranged)
        elif found and found["end"].lower() in _OPENING:
            waiting[found["name"]].append(event.ts)
        elif found and waiting[found["name"]]:
            spans.append(Span(found["name"], waiting[found["name"]].pop(), event.ts))
    spans += [Span(name, start, None) for name, starts in waiting.items() for start in starts]
    return tuple(sorted(spans, key=lambda span: (span.start, span.name)))


def phases_of(spans: tuple[Span, ...], samples: Samples) -> tuple[Phase, ...]:
    """Return what the field did in each span."""
    starts = np.array([span.start for span in spans])
    return tuple(_phase(span, samples.ts, samples.value, starts) for span in spans)


def cycles_of(phases: tuple[Phase, ...]) -> tuple[Cycles, ...]:
    """Return, for each name that came more than once, how many times and what each left behind."""
    nets: dict[str, list[float]] = defaultdict(list)
    for phase in phases:
        if phase.net is not None:
            nets[phase.name].append(phase.net)
    return tuple(
        Cycles(name, len(found), float(np.mean(found)), float(np.std(found, ddof=1)))
        for name, found in nets.items()
        if len(found) > 1
    )


def _phase(span: Span, ts: Floats, value: Floats, starts: Floats) -> Phase:
    end = span.end if span.end is not None else np.inf
    first, last = np.searchsorted(ts, [span.start, end], side="left")
    inside = value[first:last]
    after_next = starts[starts > span.start]
    stop = int(np.searchsorted(ts, after_next.min())) if after_next.size and after_next.min() > end else ts.size
    after = value[last:stop]
    before = value[max(first - _AROUND, 0) : first]
    if not before.size:
        before = inside[:1]
    if not before.size or not (inside.size or after.size):
        return Phase(span.name, span.start, span.end, None, None, None, None, None)
    level = float(np.median(before))
    lowest = float(inside.min()) if inside.size else float(after[:1].min())
    dip = max(level - lowest, 0.0)
    if span.end is None:
        return Phase(span.name, span.start, None, lowest, dip, None, None, None)
    tolerance = max(_CAME_BACK_SHARE * dip, _CAME_BACK_SD * _noise(value))
    back = np.nonzero(after >= level - tolerance)[0]
    settled = after[: max(int(inside.size), 2 * _AROUND)][-_AROUND:]
    return Phase(
        name=span.name,
        start=span.start,
        end=span.end,
        lowest=lowest,
        dip=dip,
        came_back=bool(back.size) if after.size else None,
        samples_to_recover=int(back[0]) + 1 if back.size else None,
        net=float(np.median(settled)) - level if settled.size else None,
    )


def _noise(value: Floats) -> float:
    return 1.4826 * float(np.median(np.abs(np.diff(value)))) if value.size > 1 else 0.0


def _range(event: SeenEvent) -> Span | None:
    data: Mapping[str, object] = event.data or {}
    start, end = data.get("start", event.ts), data.get("end")
    if event.label and isinstance(start, int | float) and isinstance(end, int | float) and end > start:
        return Span(event.label, float(start), float(end))
    return None
