# SPDX-License-Identifier: GPL-3.0-only
"""What the plot of a verdict shows, as plain values: thinned so that no peak is lost, small enough to be saved."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt import memory_trouble
from mtleak_gui.core.leakhunt.facts import Facts, Phase
from mtleak_gui.core.leakhunt.plot_scale import thin
from mtleak_gui.core.leakhunt.timeline import lasting_gaps
from mtleak_gui.core.leakhunt.verdict import Verdict

_COLUMNS = 380
_SHOWN = 40


class Curve(NamedTuple):
    """A line without a break: epoch seconds and values, as long as each other."""

    ts: tuple[float, ...]
    value: tuple[float, ...]


class Moment(NamedTuple):
    """Something that happened at one time, and what to say of it."""

    ts: float
    text: str


class Stretch(NamedTuple):
    """Something that lasted."""

    start: float
    end: float
    text: str


class Picture(NamedTuple):
    """The window ``start`` to ``end`` of one field. ``slope`` is what stands beside the fit, empty without one."""

    start: float
    end: float
    field: str
    unit: str
    curves: tuple[Curve, ...] = ()
    fits: tuple[Curve, ...] = ()
    slope: str = ""
    ranges: tuple[Stretch, ...] = ()
    gaps: tuple[Stretch, ...] = ()
    restarts: tuple[Moment, ...] = ()
    marks: tuple[Moment, ...] = ()
    memory_lines: tuple[Moment, ...] = ()


def picture_of(verdict: Verdict) -> Picture:
    """Return the picture of a verdict; of marks and memory lines the newest 40."""
    facts = verdict.facts
    asked = facts.evidence.request
    marks = [event for event in facts.evidence.events if event.kind == "mark"]
    trouble = memory_trouble.memory_lines(facts)
    return Picture(
        start=asked.start,
        end=max(asked.end, asked.start + 1.0),
        field=asked.field,
        unit=wording.unit_of(asked.field),
        curves=_curves(facts),
        fits=tuple(_curve(t.fit_ts, t.fit_value) for t in facts.segments if len(t.fit_ts) > 1),
        slope=_slope(verdict),
        ranges=tuple(_range(facts, phase) for phase in facts.phases[-_SHOWN:]),
        gaps=tuple(Stretch(start, end, f"gap {wording.span(end - start)}") for start, end in lasting_gaps(facts)),
        restarts=tuple(
            Moment(r.ts, f"R: {wording.single_line(r.reason or '; '.join(r.signs), 60)}") for r in facts.restarts
        ),
        marks=tuple(Moment(mark.ts, wording.single_line(mark.label or "mark", 40)) for mark in marks[-_SHOWN:]),
        memory_lines=tuple(Moment(line.ts, wording.single_line(line.text, 120)) for line in trouble[-_SHOWN:]),
    )


def _curves(facts: Facts) -> tuple[Curve, ...]:
    samples = facts.evidence.samples
    # A line across a gap or a restart would tell of values that nobody saw.
    cuts = sorted([*(end for _, end in lasting_gaps(facts)), *(restart.ts for restart in facts.restarts)])
    edges = [0, *np.searchsorted(samples.ts, cuts).tolist(), samples.ts.size]
    pieces = [(samples.ts[a:b], samples.value[a:b]) for a, b in pairwise(edges) if b > a]
    columns = max(20, _COLUMNS // max(1, len(pieces)))
    thinned = [thin(ts, value, columns) for ts, value in pieces]
    return tuple(_curve(ts.tolist(), value.tolist()) for ts, value in thinned)


def _curve(ts: list[float] | tuple[float, ...], value: list[float] | tuple[float, ...]) -> Curve:
    return Curve(tuple(round(t, 2) for t in ts), tuple(round(v, 4) for v in value))


def _slope(verdict: Verdict) -> str:
    slope, interval = verdict.measures.slope, verdict.measures.slope_interval
    unit = wording.unit_of(verdict.facts.evidence.request.field)
    if slope is None:
        return ""
    error = "" if interval is None else f" ±{wording.plain_rate((interval[1] - interval[0]) / 2, unit)}"
    return wording.signed(wording.rate(slope, unit)) + error


def _range(facts: Facts, phase: Phase) -> Stretch:
    asked = facts.evidence.request
    name = wording.single_line(phase.name, 40)
    dip = "" if phase.dip is None else f" −{wording.quantity(abs(phase.dip), wording.unit_of(asked.field))}"
    return Stretch(phase.start, asked.end if phase.end is None else phase.end, name + dip)
