# SPDX-License-Identifier: GPL-3.0-only
"""A few seeds of every labelled scenario: the score may not sink. ``bench_leakhunt`` prints the whole table."""

from __future__ import annotations

import pytest

from mtleak_gui.core.leakhunt.analyse import analyse
from tests.leakhunt_scenarios.catalogue import scenarios
from tests.leakhunt_scenarios.score import Score, score

SEEDS = range(1, 9, 2)


def scored(*, wild: bool) -> Score:
    return score((labelled, analyse(labelled.evidence)) for labelled in scenarios(SEEDS, wild=wild))


@pytest.mark.parametrize(
    ("wild", "headline", "precision", "recall"), [(False, 0.97, 0.97, 0.97), (True, 0.94, 0.92, 0.9)]
)
def test_the_score_over_all_scenarios_holds(wild: bool, headline: float, precision: float, recall: float) -> None:
    found = scored(wild=wild)
    wrong = "\n".join(found.wrong)
    assert found.share("headline") >= headline, wrong
    assert found.share("precision") >= precision, wrong
    assert found.share("recall") >= recall, wrong
    assert found.share("restarts") >= 0.98, wrong
