# SPDX-License-Identifier: GPL-3.0-only
"""How good the classifier's facts are over labelled scenarios, tuned and unseen seeds, and what a verdict costs.

The headline is the one that the seven rules give, fed once with the true facts and once with those worked out. The
column of the peer holds what the rules give as they are written: least squares over the whole window.
"""

from __future__ import annotations

import time
from statistics import median

import numpy as np

from mtleak_gui.core.leakhunt.analyse import analyse
from mtleak_gui.core.leakhunt.evidence import Evidence
from tests.benchmarks.figures import Figure
from tests.leakhunt_scenarios.as_written import as_written
from tests.leakhunt_scenarios.board import Board
from tests.leakhunt_scenarios.catalogue import labelled as make
from tests.leakhunt_scenarios.catalogue import scenarios
from tests.leakhunt_scenarios.families import FAMILIES
from tests.leakhunt_scenarios.score import score

TUNED, UNSEEN = range(0, 40, 2), range(1, 41, 2)
GOALS = {
    "headline": (0.98, 0.95),
    "precision": (0.98, 0.92),
    "recall": (0.98, 0.93),
    "false alarm": (0.005, 0.02),
    "slope": (0.95, 0.75),
    "time left": (0.90, 0.65),
    "restarts": (0.99, 0.98),
    "suspect": (0.95, None),
}
"""Textbook, wild: the table of goals."""
_COST_GOAL_S = 0.1


def run() -> list[Figure]:
    """Return the score table and the cost."""
    figures = []
    for wild in (False, True):
        for name, seeds in (("tuned", TUNED), ("unseen", UNSEEN)):
            figures += _scored(seeds, f"{'wild' if wild else 'textbook'}, {name}", wild=wild)
    return [*figures, *_costs()]


def _scored(seeds: range, title: str, *, wild: bool) -> list[Figure]:
    made = list(scenarios(seeds, wild=wild))
    ours = score((one, analyse(one.evidence)) for one in made)
    plain = score((one, as_written(one.evidence)) for one in made)
    figures = []
    for name, goals in GOALS.items():
        goal = goals[wild]
        share = ours.share(name)
        met = None if goal is None else share <= goal if name == "false alarm" else share >= goal
        shown = "-" if goal is None else f"{goal:.3f}"
        figures.append(
            Figure(f"{name} ({title}, {len(made)})", f"{share:.3f}", f"{plain.share(name):.3f}", None, shown, met)
        )
    return figures


def _costs() -> list[Figure]:
    six_hours = make("leak", FAMILIES["leak"], np.random.default_rng(1), wild=True)
    cases = {
        "cost, 6 h of DEBUG_HEAP (15,000 samples)": _debug_heap(),
        "cost, 2,000 samples (exact Theil-Sen)": _samples(2_000),
        "cost, a typical scenario": six_hours.evidence,
    }
    figures = []
    for name, evidence in cases.items():
        seconds = _cost(evidence)
        figures.append(Figure(name, f"{seconds * 1e3:.1f} ms", goal="100 ms", met=seconds < _COST_GOAL_S))
    return figures


def _cost(evidence: Evidence) -> float:
    spent = []
    for _ in range(7):
        before = time.perf_counter()
        analyse(evidence)
        spent.append(time.perf_counter() - before)
    return median(spent)


def _samples(count: int) -> Evidence:
    board = Board(np.random.default_rng(3), cadence_s=21_600 / count, text_uptime=True)
    FAMILIES["leak_with_clients"](board, 200.0)
    return board.evidence()


def _debug_heap() -> Evidence:
    return _samples(15_000)
