# SPDX-License-Identifier: GPL-3.0-only
"""What the tester marked: whether the memory came back, and what each cycle left behind."""

from __future__ import annotations

import numpy as np
import pytest

from mtleak_gui.core.leakhunt.analyse import analyse
from tests.core.leakhunt.evidence_by_hand import T0, event, window

SECONDS = np.arange(0, 7_200.0, 60)


def test_a_dip_between_marks_that_comes_back_says_after_how_many_samples() -> None:
    values = np.full(SECONDS.size, 120_000.0)
    values[20:32] -= 8_120
    marks = (event(1_190, "mark", "burst-start"), event(1_790, "mark", "burst-end"))
    phase = analyse(window(SECONDS, values, events=marks)).phases[0]
    assert (phase.name, phase.lowest, phase.dip, phase.net) == ("burst", 111_880, 8_120, 0)
    assert (phase.came_back, phase.samples_to_recover) == (True, 3)


def test_cycles_of_one_name_tell_what_each_left_behind() -> None:
    values = np.full(SECONDS.size, 120_000.0)
    marks = []
    for cycle in range(4):
        start = 600 + cycle * 1_200
        values[start + 60 <= SECONDS] -= 500
        marks += [event(start, "mark", "send-start"), event(start + 300, "mark", "send-end")]
    facts = analyse(window(SECONDS, values, events=tuple(marks)))
    assert [phase.came_back for phase in facts.phases] == [False] * 4
    assert [(cycles.name, cycles.count) for cycles in facts.cycles] == [("send", 4)]
    assert facts.cycles[0].mean_net == pytest.approx(-500)
    assert facts.cycles[0].sd_net == pytest.approx(0)


def test_a_phase_without_an_end_is_told_as_open() -> None:
    marks = (event(600, "mark", "soak-start"), event(700, "mark", "a word of the tester"))
    facts = analyse(window(SECONDS, np.full(SECONDS.size, 120_000.0), events=marks))
    assert [(phase.name, phase.end) for phase in facts.phases] == [("soak", None)]


def test_a_range_mark_is_a_phase() -> None:
    mark = event(900, "mark", "walk", start=T0 + 900, end=T0 + 1_500)
    facts = analyse(window(SECONDS, np.full(SECONDS.size, 120_000.0), events=(mark,)))
    assert [(phase.name, phase.start, phase.end) for phase in facts.phases] == [("walk", T0 + 900, T0 + 1_500)]
