# SPDX-License-Identifier: GPL-3.0-only
"""The banner of a verdict: the figures that matter, what is as loud as the headline, true minus on screen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mtleak_gui.core.leakhunt.judge import judge
from mtleak_gui.core.leakhunt.picture import picture_of
from mtleak_gui.core.leakhunt.verdict_card import Beside, Figure, card_of
from tests.core.leakhunt import facts_by_hand as by_hand
from tests.core.leakhunt import verdicts_by_hand


@pytest.mark.parametrize(
    ("case", "figures"),
    [
        ("slow_leak", (("−82 B/min", "95 % −88 to −76"), ("~18.8 h", "~1,127 min to zero"))),
        ("insufficient_data", (("3 of 5", "samples"), ("19:36", "ready"))),
        ("reboot", (("−185 B/min", "95 % −191 to −179"), ("2", "restarts"))),
        ("oom_imminent", (("2", "memory failures"), ("92,344 B", "lowest in the window"))),
        ("fragmentation", (("−3 B/min", "95 % −9 to 3"), ("1", "failed allocation"))),
        ("battery", (("−0.075 %/min", "95 % −0.079 to −0.071"), ("27 %", "range, 71 to 98"))),
        ("strict_naks", (("1", "memory failure"), ("92,344 B", "lowest in the window"))),
    ],
)
def test_a_banner_has_the_two_figures_that_matter(case: str, figures: tuple[tuple[str, str], ...]) -> None:
    assert card_of(verdicts_by_hand.verdict(case), by_hand.ZONE).figures == tuple(Figure(*told) for told in figures)


def test_a_suspect_comes_with_its_share() -> None:
    card = card_of(verdicts_by_hand.verdict("slow_leak"))
    assert card.reason == "primary suspect Router thread, 71 % of the decline"


def test_what_is_urgent_or_a_warning_stands_beside_the_headline_and_notes_below() -> None:
    card = card_of(verdicts_by_hand.verdict("reboot"))
    assert card.beside[0].tone == "danger"
    assert "likely out of memory" in card.beside[0].text
    assert Beside("warn", "leaking at 185 B/min, empty in 8.3 h") in card.beside
    assert card_of(verdicts_by_hand.verdict("slow_leak")).notes


def test_a_virtual_board_is_told_by_its_own_mark() -> None:
    facts = verdicts_by_hand.steady()
    recorder = replace(facts.evidence.recorder, demo=True)
    card = card_of(judge(replace(facts, evidence=replace(facts.evidence, recorder=recorder))))
    assert card.demo
    assert not any("DEMO" in beside.text for beside in card.beside)


def test_the_first_figure_sums_a_verdict_up() -> None:
    cases = ("slow_leak", "insufficient_data", "oom_imminent")
    assert [card_of(verdicts_by_hand.verdict(case)).summary for case in cases] == [
        "−82 B/min",
        "3 of 5 samples",
        "2 memory failures",
    ]


def test_the_curve_is_broken_where_nothing_was_seen() -> None:
    picture = picture_of(verdicts_by_hand.verdict("slow_leak"))
    assert len(picture.curves) == 2
    assert picture.curves[0].ts[-1] <= picture.gaps[0].end <= picture.curves[1].ts[0]
    assert picture.slope == "−82 B/min ±6"
    assert [(stretch.text, stretch.end - stretch.start) for stretch in picture.ranges] == [("burst −8,120 B", 240.0)]
