# SPDX-License-Identifier: GPL-3.0-only
"""Qualifiers from the window itself: silence, link losses, gaps, and what was left out."""

from __future__ import annotations

from collections.abc import Iterator

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.facts import Facts
from mtleak_gui.core.leakhunt.timeline import lasting_gaps, lost_links, offset_of
from mtleak_gui.core.leakhunt.verdict import Headline, Measures, Qualifier


def silence(facts: Facts, headline: Headline, _: Measures) -> Iterator[Qualifier]:
    """The device is silent, where the rule set does not make that the headline."""
    if facts.silent_for is not None and headline is not Headline.INSUFFICIENT_DATA:
        yield Qualifier("silent", f"device silent for {wording.span(facts.silent_for)} at the window's end", "warning")


def link_losses(facts: Facts, _: Headline, __: Measures) -> Iterator[Qualifier]:
    """The link went and came back while the board ran on."""
    losses = lost_links(facts)
    if losses:
        last = offset_of(facts.evidence, losses[-1].ts)
        yield Qualifier("link_lost", f"link lost {len(losses):,}×, no restart, last at {last}")


def gaps(facts: Facts, _: Headline, __: Measures) -> Iterator[Qualifier]:
    """Stretches without samples."""
    found = lasting_gaps(facts)
    if found:
        total = wording.span(sum(end - start for start, end in found))
        yield Qualifier("gaps", f"{wording.count(len(found), 'gap')} without samples, {total} in all")


def left_out(facts: Facts, _: Headline, __: Measures) -> Iterator[Qualifier]:
    """Readings and rows that were not used, and what the reader read around."""
    evidence = facts.evidence
    if evidence.not_reported and not facts.heap_unsupported:
        yield Qualifier("not_reported", f"{wording.count(evidence.not_reported, 'reading')} not reported, left out")
    if evidence.foreign_rows:
        yield Qualifier("foreign", f"{wording.count(evidence.foreign_rows, 'row')} of other nodes left out")
    for note in evidence.notes:
        yield Qualifier("reader", wording.single_line(note, 160))


def demo(facts: Facts, _: Headline, __: Measures) -> Iterator[Qualifier]:
    """The board is a virtual one."""
    if facts.evidence.recorder.demo:
        yield Qualifier("demo", "DEMO: a virtual board, no real device", "warning")
