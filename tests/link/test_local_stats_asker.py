# SPDX-License-Identifier: GPL-3.0-only
"""Asking keeps its pace, whatever comes between."""

from __future__ import annotations

from mtleak_gui.core.board_acts import StatsWish
from mtleak_gui.link.local_stats_asker import LocalStatsAsker


def asking(every_s: int = 11) -> LocalStatsAsker:
    """Return an asker that has just begun, at 100 s."""
    asker = LocalStatsAsker()
    asker.wish_for(StatsWish(every_s, 7))
    asker.begin(100.0)
    return asker


def test_the_first_request_is_made_at_once_and_the_next_a_whole_pace_after_it_was_made() -> None:
    asker = asking()
    assert asker.is_due(100.0)
    asker.asked(1, 100.2, 0.0)
    assert not asker.is_due(111.1)
    assert asker.is_due(111.2)


def test_answers_are_matched_and_measured() -> None:
    asker = asking()
    asker.asked(1, 100.0, 50.0)
    assert asker.figures is not None
    assert asker.figures.asked == 0  # it may still be answered
    assert not asker.answer_heard(2, 50.1)
    assert asker.answer_heard(1, 50.012)
    assert not asker.answer_heard(1, 50.013)
    figures = asker.figures
    assert (figures.asked, figures.answered, round(figures.answer_ms or 0)) == (1, 1, 12)


def test_a_board_that_never_answers_is_counted() -> None:
    asker = asking()
    for number in range(6):
        asker.asked(number, 100.0 + 11 * number, 0.0)
    figures = asker.figures
    assert figures is not None
    assert (figures.asked, figures.answered, figures.missed) == (5, 0, 5)
    asker.answer_heard(5, 1.0)
    assert asker.figures is not None
    assert asker.figures.missed == 0


def test_a_new_link_keeps_to_the_limit_of_the_board() -> None:
    asker = asking(60)
    asker.asked(1, 100.0, 0.0)
    assert asker.end() == (1, 0)
    assert asker.end() is None
    asker.begin(103.0)
    assert not asker.is_due(110.9)
    assert asker.is_due(111.0)


def test_another_pace_counts_from_the_last_request() -> None:
    asker = asking(300)
    asker.asked(1, 100.0, 0.0)
    asker.wish_for(StatsWish(30, 7))
    assert not asker.is_due(129.0)
    assert asker.is_due(130.0)
    asker.wish_for(None)
    assert not asker.is_due(500.0)
