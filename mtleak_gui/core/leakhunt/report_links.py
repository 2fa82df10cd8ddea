# SPDX-License-Identifier: GPL-3.0-only
"""The words of a report that name a moment, each with its time: what a window makes a link into the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import tzinfo
from typing import NamedTuple

from mtleak_gui.core.leakhunt.citations import cited_lines, place_words
from mtleak_gui.core.leakhunt.line_groups import error_lines, group, oom_lines
from mtleak_gui.core.leakhunt.report import block_rows
from mtleak_gui.core.leakhunt.report_rows import KEY_WIDTH
from mtleak_gui.core.leakhunt.timeline import offset_of
from mtleak_gui.core.leakhunt.verdict import Verdict

Place = tuple[str, float]
_LINES_ABOVE = 2


class ReportLink(NamedTuple):
    """The characters ``start`` to ``end`` of line ``line`` (from 0) of the report, and the epoch second they name."""

    line: int
    start: int
    end: int
    ts: float


def report_links(verdict: Verdict, zone: tzinfo | None = None) -> tuple[ReportLink, ...]:
    """Return the links of the report's fixed block, in the order of its text."""
    return tuple(_links(verdict, zone))


def _links(verdict: Verdict, zone: tzinfo | None) -> Iterator[ReportLink]:
    number = _LINES_ABOVE
    for row in block_rows(verdict, zone):
        places = _PLACES[row.key](verdict) if row.key in _PLACES else []
        for line, (text, named) in enumerate(zip(row.lines, [*places, *[()] * len(row.lines)], strict=False)):
            left = (max(KEY_WIDTH, len(row.key)) if line == 0 else KEY_WIDTH) + 2
            yield from _found(text, named, number + line, left)
        number += len(row.lines)


def _found(text: str, places: tuple[Place, ...], line: int, left: int) -> Iterator[ReportLink]:
    # A place stands in front, or else from the right: what a board said is quoted before what we wrote behind it.
    end, found = len(text), []
    for words, ts in reversed(places):
        start = 0 if text.startswith(words) else text.rfind(words, 0, end)
        if start >= 0:
            found.append(ReportLink(line, left + start, left + start + len(words), ts))
            end = start
    yield from reversed(found)


def _oom(verdict: Verdict) -> list[tuple[Place, ...]]:
    return [alike.places for alike in group(oom_lines(verdict), verdict.facts.evidence)]


def _errors(verdict: Verdict) -> list[tuple[Place, ...]]:
    return [alike.places for alike in group(error_lines(verdict), verdict.facts.evidence)]


def _restarts(verdict: Verdict) -> list[tuple[Place, ...]]:
    evidence = verdict.facts.evidence
    return [tuple((offset_of(evidence, restart.ts), restart.ts) for restart in verdict.measures.restarts[-5:])]


def _cited(verdict: Verdict) -> list[tuple[Place, ...]]:
    return [((place_words(verdict.facts, line), line.ts),) for line in cited_lines(verdict)]


_PLACES: dict[str, Callable[[Verdict], list[tuple[Place, ...]]]] = {
    "OOM events": _oom,
    "error lines": _errors,
    "reboots": _restarts,
    "evidence": _cited,
}
