# SPDX-License-Identifier: GPL-3.0-only
"""A verdict in a few words: what its banner says, in a window and in the list of saved reports.

Texts are for the screen: true minus, units after a space. What a board or a tester wrote is one plain line each.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from typing import Literal, NamedTuple

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt import memory_trouble, reasons
from mtleak_gui.core.leakhunt.facts import Facts
from mtleak_gui.core.leakhunt.source_words import describe_sources
from mtleak_gui.core.leakhunt.thresholds import MIN_SAMPLES
from mtleak_gui.core.leakhunt.verdict import Headline, Verdict
from mtleak_gui.core.leakhunt.waiting import expected_cadence_s, missing_samples, ready_at

Tone = Literal["warn", "danger", "neutral"]
_BESIDE_TONES: dict[str, Tone] = {"urgent": "danger", "warning": "warn", "note": "neutral"}
_BRANDED = ("demo",)
"""Qualifiers that a chip of their own shows."""


class Figure(NamedTuple):
    """One large figure and what stands below it."""

    value: str
    caption: str


class Beside(NamedTuple):
    """Something that weighs as much as the headline."""

    tone: Tone
    text: str


class VerdictCard(NamedTuple):
    """The banner of a verdict. ``figures``: two at most. ``remark``: what tells it from others in a list."""

    headline: Headline
    reason: str
    figures: tuple[Figure, ...]
    beside: tuple[Beside, ...]
    notes: tuple[str, ...]
    remark: str
    demo: bool

    @property
    def summary(self) -> str:
        """Return the first figure as one short text, or nothing."""
        if not self.figures:
            return ""
        first = self.figures[0]
        return f"{first.value} {first.caption}" if self.headline in _CAPTIONED else first.value


_CAPTIONED = (Headline.INSUFFICIENT_DATA, Headline.OOM_IMMINENT)


def card_of(verdict: Verdict, zone: tzinfo | None = None) -> VerdictCard:
    """Return the card of a verdict; times of day in ``zone``, or in this computer's own."""
    told = [qualifier for qualifier in verdict.qualifiers if qualifier.kind not in _BRANDED]
    loud = [qualifier for qualifier in told if qualifier.tone != "note"]
    return VerdictCard(
        headline=verdict.headline,
        reason=wording.on_screen(_reason(verdict)),
        figures=_FIGURES[verdict.headline](verdict, zone),
        beside=tuple(Beside(_BESIDE_TONES[q.tone], wording.on_screen(q.text)) for q in loud),
        notes=tuple(wording.on_screen(q.text) for q in told if q.tone == "note"),
        remark=wording.on_screen(_remark(verdict)),
        demo=verdict.facts.evidence.recorder.demo,
    )


def _reason(verdict: Verdict) -> str:
    suspect = verdict.measures.suspect
    if verdict.headline is not Headline.SLOW_LEAK or suspect is None:
        return verdict.reason
    share = next((t.share for t in verdict.facts.suspects.threads if t.thread == suspect), None)
    return verdict.reason + ("" if share is None else f", {wording.percent(share)} of the decline")


def _remark(verdict: Verdict) -> str:
    facts = verdict.facts
    if verdict.headline in (Headline.REBOOT, Headline.OOM_IMMINENT):
        return verdict.reason
    labels = [wording.single_line(e.label, 24) for e in facts.evidence.events if e.kind == "mark" and e.label]
    if labels:
        return ", ".join(dict.fromkeys(labels[-3:]))
    if verdict.headline is Headline.INSUFFICIENT_DATA:
        return f"one sample each {wording.spaced_span(expected_cadence_s(facts))}"
    return f"{facts.samples:,} samples, {describe_sources(facts)}"


def _slope(verdict: Verdict) -> tuple[Figure, ...]:
    measures, unit = verdict.measures, _unit(verdict)
    if measures.slope is None:
        return ()
    caption = "least squares"
    if measures.slope_interval is not None:
        low, high = (wording.plain_rate(edge, unit) for edge in measures.slope_interval)
        caption = f"95 % {low} to {high}"
    return (Figure(wording.signed(wording.rate(measures.slope, unit)), wording.on_screen(caption)),)


def _range(verdict: Verdict) -> tuple[Figure, ...]:
    facts, unit = verdict.facts, _unit(verdict)
    moved = reasons.movement(facts)
    if moved is None:
        return ()
    ends = f"{wording.plain_quantity(facts.minimum, unit)} to {wording.plain_quantity(facts.maximum, unit)}"
    return (Figure(wording.quantity(moved, unit), wording.on_screen(f"range, {ends}")),)


def _left(verdict: Verdict) -> tuple[Figure, ...]:
    minutes = verdict.measures.minutes_left
    if minutes is None:
        return ()
    told = wording.minutes_left(minutes)
    whole, _, long = told.partition(" (")
    return (Figure(long.rstrip(")"), f"{whole} to zero") if long else Figure(told, "to zero"),)


def _leak_figures(verdict: Verdict, _: tzinfo | None) -> tuple[Figure, ...]:
    return _slope(verdict) + _left(verdict)


def _trend_figures(verdict: Verdict, _: tzinfo | None) -> tuple[Figure, ...]:
    return _slope(verdict) + (_left(verdict) or _range(verdict))


def _restart_figures(verdict: Verdict, _: tzinfo | None) -> tuple[Figure, ...]:
    many = len(verdict.measures.restarts)
    return (*_slope(verdict), Figure(f"{many:,}", "restart" if many == 1 else "restarts"))


def _memory_figures(verdict: Verdict, _: tzinfo | None) -> tuple[Figure, ...]:
    facts, many = verdict.facts, len(verdict.measures.oom_lines)
    lowest = () if facts.minimum is None else (Figure(_amount(facts), "lowest in the window"),)
    return (Figure(f"{many:,}", "memory failure" if many == 1 else "memory failures"), *lowest)


def _fragmentation_figures(verdict: Verdict, _: tzinfo | None) -> tuple[Figure, ...]:
    many, block = len(memory_trouble.healthy_failures(verdict.facts)), verdict.facts.block_slope
    failures = (Figure(f"{many:,}", "failed allocation" if many == 1 else "failed allocations"),) if many else ()
    falls = () if block is None else (Figure(wording.on_screen(wording.rate(block, "B")), "largest block"),)
    return (*_slope(verdict)[:1], *failures, *falls)[:2]


def _lack_figures(verdict: Verdict, zone: tzinfo | None) -> tuple[Figure, ...]:
    facts = verdict.facts
    if reasons.unsupported(facts):
        return ()
    if facts.silent_for is not None:
        return (Figure(wording.spaced_span(facts.silent_for), "silent"),)
    if not missing_samples(facts):
        return (Figure(f"{facts.samples:,}", "samples of one time"),)
    ready = ready_at(facts)
    wait = () if ready is None else (Figure(wording.clock(ready, zone).partition(" ")[0], "ready"),)
    return (Figure(f"{facts.samples:,} of {MIN_SAMPLES}", "samples"), *wait)


def _amount(facts: Facts) -> str:
    return wording.quantity(facts.minimum, wording.unit_of(facts.evidence.request.field))


def _unit(verdict: Verdict) -> str:
    return wording.unit_of(verdict.facts.evidence.request.field)


_FIGURES: dict[Headline, Callable[[Verdict, tzinfo | None], tuple[Figure, ...]]] = {
    Headline.INSUFFICIENT_DATA: _lack_figures,
    Headline.REBOOT: _restart_figures,
    Headline.OOM_IMMINENT: _memory_figures,
    Headline.SLOW_LEAK: _leak_figures,
    Headline.FRAGMENTATION: _fragmentation_figures,
    Headline.STEADY: _trend_figures,
    Headline.RECOVERY: _trend_figures,
    Headline.INCONCLUSIVE: _trend_figures,
}
