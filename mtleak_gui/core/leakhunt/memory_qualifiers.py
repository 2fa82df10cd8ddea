# SPDX-License-Identifier: GPL-3.0-only
"""Qualifiers from log lines and restarts: memory trouble, crashes, fragmentation beside another headline."""

from __future__ import annotations

from collections.abc import Iterator

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt import memory_trouble
from mtleak_gui.core.leakhunt.evidence import SeenLine
from mtleak_gui.core.leakhunt.facts import Facts
from mtleak_gui.core.leakhunt.timeline import offset_of
from mtleak_gui.core.leakhunt.trend_words import describe_boots
from mtleak_gui.core.leakhunt.verdict import Headline, Measures, Qualifier

CLASS_WORDS = {
    "oom": "out-of-memory line",
    "alloc_failure": "failed allocation",
    "pool_exhausted": "exhausted memory pool",
    "low_heap": "low-heap line",
    "heap_corruption": "heap corruption line",
    "panic": "panic or abort",
    "watchdog": "watchdog reset",
    "brownout": "brownout",
}


def memory_lines(facts: Facts, headline: Headline, _: Measures) -> Iterator[Qualifier]:
    """Memory lines that the headline does not tell; urgent ones come before everything else."""
    urgent = memory_trouble.urgent_lines(facts)
    if urgent and headline is not Headline.OOM_IMMINENT:
        newest = urgent[-1]
        last = memory_trouble.belongs_to_last_boot(newest, facts.restarts)
        when = "" if last else ", before the last restart"
        text = f'out of memory{when}: "{wording.single_line(newest.text)}" at {offset_of(facts.evidence, newest.ts)}'
        yield Qualifier("memory_lines", text, "urgent")
    others = [line for line in memory_trouble.memory_lines(facts) if line not in urgent]
    if others and headline is not Headline.FRAGMENTATION:
        yield Qualifier("memory_lines", _by_class(others), "warning")


def crash_lines(facts: Facts, _: Headline, __: Measures) -> Iterator[Qualifier]:
    """Panics, aborts, watchdog and brownout lines."""
    lines = memory_trouble.crash_lines(facts)
    if lines:
        yield Qualifier(
            "crash_lines", f"{_by_class(lines)}, last at {offset_of(facts.evidence, lines[-1].ts)}", "warning"
        )


def restarts(facts: Facts, headline: Headline, measures: Measures) -> Iterator[Qualifier]:
    """Restarts beside another headline, and those that the heap explains."""
    if measures.restarts and headline is not Headline.REBOOT:
        boots = describe_boots(facts.segments, facts.evidence.request)
        yield Qualifier(
            "restarts", f"{wording.count(len(measures.restarts), 'restart')} in the window; {boots}", "warning"
        )
    for restart in measures.restarts:
        if restart.out_of_memory:
            place = offset_of(facts.evidence, restart.ts)
            yield Qualifier(
                "likely_oom", f"restart at {place}: likely out of memory, the heap was near nothing", "urgent"
            )


def fragmentation(facts: Facts, headline: Headline, _: Measures) -> Iterator[Qualifier]:
    """A falling largest block beside a headline other than fragmentation."""
    slope = facts.block_slope
    if slope is not None and slope < 0 and headline is not Headline.FRAGMENTATION:
        yield Qualifier("largest_block", f"largest block falling at {wording.rate(-slope, 'B')}", "warning")


def _by_class(lines: list[SeenLine] | tuple[SeenLine, ...]) -> str:
    counts: dict[str, int] = {}
    for line in lines:
        word = CLASS_WORDS.get(line.signature or "", "memory line")
        counts[word] = counts.get(word, 0) + 1
    return ", ".join(wording.count(many, word) for word, many in counts.items())
