# SPDX-License-Identifier: GPL-3.0-only
"""What is done to a window changes the verdict where it should, by as much as it should, and nowhere else."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from mtleak_gui.core.leakhunt.analyse import analyse
from mtleak_gui.core.leakhunt.evidence import Evidence
from mtleak_gui.core.leakhunt.judge import judge
from mtleak_gui.core.leakhunt.verdict import Headline, Verdict
from tests.leakhunt_scenarios.catalogue import scenarios
from tests.leakhunt_scenarios.transformations import in_another_unit, raised, shifted, thinned, told_twice
from tests.leakhunt_scenarios.truth import Labelled

A_YEAR_AND_A_BIT_S = 31_557_600.0 + 12_345.678
MORE_BYTES = 20_000.0


def verdict_on(evidence: Evidence) -> Verdict:
    return judge(analyse(evidence))


@cache
def cases() -> tuple[tuple[Labelled, Verdict], ...]:
    """Return every family once as in a textbook and once wild, with its verdict."""
    made = [one for wild in (False, True) for one in scenarios(range(1, 2), wild=wild)]
    return tuple((one, verdict_on(one.evidence)) for one in made)


def alike(one: float | None, other: float | None) -> bool:
    return one is other is None or one == pytest.approx(other, rel=1e-9, abs=1e-9)


def test_another_date_changes_nothing() -> None:
    for one, before in cases():
        after = verdict_on(shifted(one.evidence, A_YEAR_AND_A_BIT_S))
        assert after.headline == before.headline, one.name
        assert after.measures.leak == before.measures.leak, one.name
        assert alike(after.measures.slope, before.measures.slope), one.name
        assert len(after.measures.restarts) == len(before.measures.restarts), one.name
        assert after.measures.suspect == before.measures.suspect, one.name


def test_a_reading_that_is_told_twice_is_no_more_evidence() -> None:
    for one, before in cases():
        after = verdict_on(told_twice(one.evidence))
        assert after.sentence == before.sentence, one.name
        assert after.facts.samples == before.facts.samples, one.name


def test_a_board_with_more_memory_leaks_as_fast_and_lasts_longer() -> None:
    for one, before in cases():
        after = verdict_on(raised(one.evidence, MORE_BYTES))
        assert alike(after.measures.slope, before.measures.slope), one.name
        assert after.measures.leak == before.measures.leak, one.name
        if one.name != "low_failure":  # no longer low
            assert after.headline == before.headline, one.name
        slope, left = before.measures.slope, before.measures.minutes_left
        if slope is not None and left is not None:
            assert after.measures.minutes_left == pytest.approx(left + MORE_BYTES / -slope, rel=1e-6), one.name


@pytest.mark.parametrize("factor", [1024.0, 0.001])
def test_a_field_that_is_no_heap_is_judged_alike_in_every_unit(factor: float) -> None:
    for one, _ in cases():
        before = verdict_on(in_another_unit(one.evidence, "some_counter", 1.0))
        after = verdict_on(in_another_unit(one.evidence, "some_counter", factor))
        assert [len(after.facts.segments), after.facts.leaking] == [len(before.facts.segments), before.facts.leaking]
        for told, known in zip(after.facts.segments, before.facts.segments, strict=True):
            assert told.slope == pytest.approx(known.slope * factor, rel=1e-6, abs=1e-9 * factor), one.name


def test_a_tenth_of_the_rows_may_be_missing() -> None:
    chance = np.random.default_rng(20_261_124)
    changed = []
    for one, before in cases():
        after = verdict_on(thinned(one.evidence, 0.1, chance))
        if after.headline != before.headline:
            changed.append(f"{one.name} {one.wild}: {before.headline} -> {after.headline}")
        if not one.wild and one.name != "too_few":
            assert after.headline == before.headline, one.name
    # Noise with a long memory decides a few wild cases by a hair; two in a hundred may tip over.
    assert len(changed) <= 0.04 * len(cases()), changed


def test_leaks_stay_leaks_when_rows_are_missing() -> None:
    chance = np.random.default_rng(7)
    for one, before in cases():
        if before.headline is Headline.SLOW_LEAK and not one.wild:
            found = [verdict_on(thinned(one.evidence, 0.1, chance)).measures.slope for _ in range(3)]
            assert found == pytest.approx([before.measures.slope] * 3, rel=0.2), one.name
