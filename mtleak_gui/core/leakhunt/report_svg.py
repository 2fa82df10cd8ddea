# SPDX-License-Identifier: GPL-3.0-only
"""The plot of a verdict as SVG, drawn without any toolkit: samples, fit, gaps, restarts, marks and memory lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from html import escape
from itertools import pairwise

import numpy as np

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt import memory_trouble
from mtleak_gui.core.leakhunt.facts import Facts
from mtleak_gui.core.leakhunt.plot_scale import Scale, round_ticks, scale_for, thin, time_ticks
from mtleak_gui.core.leakhunt.timeline import lasting_gaps
from mtleak_gui.core.leakhunt.verdict import Verdict

WIDTH, HEIGHT = 860, 320
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 16, 22, 30
_COLUMNS = 380
_MARKS_DRAWN = 40

STYLE = """
.lh-plot { font: 12px system-ui, sans-serif; }
.lh-text { fill: #5e5e5e; }
.lh-title { fill: #141414; }
.lh-grid { stroke: #e0e0e0; }
.lh-line { stroke: #4269d0; fill: none; stroke-linejoin: round; }
.lh-dot { fill: #4269d0; }
.lh-fit { stroke: #ff725c; fill: none; stroke-width: 1.5; stroke-dasharray: 6 4; }
.lh-restart { stroke: #a463f2; stroke-dasharray: 2 3; }
.lh-mark { stroke: #3ca951; }
.lh-memory { fill: #db4437; }
@media (prefers-color-scheme: dark) {
  .lh-text { fill: #9b9b9b; }
  .lh-title { fill: #e1e1e1; }
  .lh-grid { stroke: #333333; }
}
"""
"""Plain colours, no variables: programs that are no browsers draw saved plots too."""


def to_svg(verdict: Verdict, zone: tzinfo | None = None) -> str:
    """Return an SVG document with its own style, light or dark as the reader's system asks; times in ``zone``."""
    facts = verdict.facts
    label = escape(f"{facts.evidence.request.field}: {verdict.sentence}", quote=True)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="lh-plot" role="img" aria-label="{label}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">'
    )
    return "\n".join([head, f"<style>{STYLE}</style>", *_drawing(facts, zone), "</svg>"])


def _drawing(facts: Facts, zone: tzinfo | None) -> Iterator[str]:
    asked, samples = facts.evidence.request, facts.evidence.samples
    unit = wording.unit_of(asked.field)
    if not samples.ts.size:
        yield f'<text class="lh-title" x="{WIDTH / 2:.0f}" y="{HEIGHT / 2:.0f}" text-anchor="middle">No samples</text>'
        return
    times = Scale(asked.start, max(asked.end, asked.start + 1.0), _LEFT, WIDTH - _RIGHT)
    values = scale_for(samples.value, HEIGHT - _BOTTOM, _TOP)
    title = escape(f"{asked.field}{f' ({unit})' if unit else ''}")
    yield f'<text class="lh-title" x="{_LEFT}" y="14">{title}</text>'
    yield from _axes(times, values, unit, zone)
    yield from _happenings(facts, times)
    yield from _curve(facts, times, values)
    yield from _fits(facts, times, values)


def _axes(times: Scale, values: Scale, unit: str, zone: tzinfo | None) -> Iterator[str]:
    for tick in round_ticks(values.low, values.high):
        y = values.place(tick)
        yield f'<line class="lh-grid" x1="{_LEFT}" x2="{WIDTH - _RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        text = escape(wording.plain_quantity(tick, unit))
        yield f'<text class="lh-text" x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{text}</text>'
    shift = wording.utc_offset_s(times.low, zone)
    by_day = times.high - times.low > 2 * 86400
    for tick in time_ticks(times.low, times.high, shift):
        x = times.place(tick)
        text = wording.local_time(tick, zone)
        shown = text[5:16] if by_day else text[11:16]
        yield f'<text class="lh-text" x="{x:.1f}" y="{HEIGHT - 10}" text-anchor="middle">{escape(shown)}</text>'


def _happenings(facts: Facts, times: Scale) -> Iterator[str]:
    for restart in facts.restarts:
        told = f"restart: {wording.single_line(restart.reason or '; '.join(restart.signs), 80)}"
        yield _upright("lh-restart", times.place(restart.ts), told)
    marks = [event for event in facts.evidence.events if event.kind == "mark"]
    for mark in marks[-_MARKS_DRAWN:]:
        yield _upright("lh-mark", times.place(mark.ts), f"mark: {wording.single_line(mark.label or '', 80)}")
    for line in memory_trouble.memory_lines(facts)[-_MARKS_DRAWN:]:
        x, foot = times.place(line.ts), HEIGHT - _BOTTOM
        told = escape(wording.single_line(line.text, 120))
        yield (f'<path class="lh-memory" d="M{x:.1f} {foot - 9}l5 9h-10z"><title>{told}</title></path>')


def _upright(name: str, x: float, told: str) -> str:
    return (
        f'<line class="{name}" x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP}" y2="{HEIGHT - _BOTTOM}">'
        f"<title>{escape(told)}</title></line>"
    )


def _curve(facts: Facts, times: Scale, values: Scale) -> Iterator[str]:
    samples = facts.evidence.samples
    # A line across a gap or a restart would tell of values that nobody saw.
    cuts = sorted([*(end for _, end in lasting_gaps(facts)), *(restart.ts for restart in facts.restarts)])
    edges = [0, *np.searchsorted(samples.ts, cuts).tolist(), samples.ts.size]
    for first, last in pairwise(edges):
        ts, value = thin(samples.ts[first:last], samples.value[first:last], _COLUMNS)
        if ts.size == 1:
            x, y = times.place(float(ts[0])), values.place(float(value[0]))
            yield f'<circle class="lh-dot" cx="{x:.1f}" cy="{y:.1f}" r="2"/>'
        elif ts.size:
            yield f'<polyline class="lh-line" points="{_points(ts.tolist(), value.tolist(), times, values)}"/>'


def _fits(facts: Facts, times: Scale, values: Scale) -> Iterator[str]:
    for trend in facts.segments:
        if len(trend.fit_ts) > 1:
            yield f'<polyline class="lh-fit" points="{_points(trend.fit_ts, trend.fit_value, times, values)}"/>'


def _points(
    ts: list[float] | tuple[float, ...], value: list[float] | tuple[float, ...], times: Scale, values: Scale
) -> str:
    return " ".join(f"{times.place(t):.1f},{values.place(v):.1f}" for t, v in zip(ts, value, strict=True))
