# SPDX-License-Identifier: GPL-3.0-only
"""What stands beside the headline because the rules cannot express it: a table of questions, each a function."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mtleak_gui.core.leakhunt import memory_qualifiers, trend_qualifiers, window_qualifiers
from mtleak_gui.core.leakhunt.facts import Facts
from mtleak_gui.core.leakhunt.verdict import Headline, Measures, Qualifier

Ask = Callable[[Facts, Headline, Measures], Iterator[Qualifier]]

QUESTIONS: tuple[Ask, ...] = (
    memory_qualifiers.memory_lines,
    memory_qualifiers.restarts,
    memory_qualifiers.fragmentation,
    trend_qualifiers.leak,
    trend_qualifiers.change_of_regime,
    trend_qualifiers.shape,
    trend_qualifiers.least_squares_disagrees,
    trend_qualifiers.suspect_share,
    trend_qualifiers.phases,
    memory_qualifiers.crash_lines,
    window_qualifiers.silence,
    window_qualifiers.link_losses,
    window_qualifiers.gaps,
    window_qualifiers.left_out,
    window_qualifiers.demo,
)
_TONES = ("urgent", "warning", "note")


def qualify(facts: Facts, headline: Headline, measures: Measures) -> tuple[Qualifier, ...]:
    """Return all qualifiers of a verdict, urgent ones first, else in the order of the table."""
    found = [qualifier for ask in QUESTIONS for qualifier in ask(facts, headline, measures)]
    return tuple(sorted(found, key=lambda qualifier: _TONES.index(qualifier.tone)))
