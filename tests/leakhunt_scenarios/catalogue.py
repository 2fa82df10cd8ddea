# SPDX-License-Identifier: GPL-3.0-only
"""All labelled scenarios: each family on four platforms, several cadences and windows, textbook and wild.

Half of the seeds are for tuning, the other half is only looked at for the score.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tests.leakhunt_scenarios import curves
from tests.leakhunt_scenarios.board import END, PLATFORMS, Board
from tests.leakhunt_scenarios.families import FAMILIES, Family, Story, clients, level_changes
from tests.leakhunt_scenarios.signs import SIGNS
from tests.leakhunt_scenarios.truth import Labelled, RuleInput, Truth, headline

HOUR = 3_600.0
SETTINGS = [
    (2.0, HOUR),
    (2.0, 6 * HOUR),
    (60.0, HOUR),
    (60.0, 2 * HOUR),
    (60.0, 6 * HOUR),
    (60.0, 24 * HOUR),
    (300.0, 1.5 * HOUR),
    (300.0, 3 * HOUR),
    (300.0, 6 * HOUR),
    (300.0, 24 * HOUR),
    (900.0, 4 * HOUR),
    (900.0, 6 * HOUR),
    (900.0, 24 * HOUR),
    (900.0, 72 * HOUR),
]
"""(cadence, window), seconds."""
_LONG = {"daily"}
_TEXT_ONLY = {"wrap", "suspect"}
_SLOW_CADENCE_UNFIT = {"warm_up", "node_growth", "saw_tooth", "restart", "leak_and_reboot", "clients"}
_TELLTALE = {
    "hard_oom": "oom",
    "pool_exhausted": "pool_exhausted",
    "healthy_failure": "alloc_failure",
    "low_failure": "alloc_failure",
}


def scenarios(seeds: range, *, wild: bool) -> Iterator[Labelled]:
    """Yield every family once per seed."""
    for seed in seeds:
        for number, (name, family) in enumerate({**FAMILIES, **SIGNS}.items()):
            yield labelled(name, family, np.random.default_rng([seed, number, int(wild)]), wild=wild)


def labelled(name: str, family: Family, rng: np.random.Generator, *, wild: bool) -> Labelled:
    """Return one scenario of a family."""
    board = _board(name, rng)
    sd = float(rng.uniform(100, 900)) if wild else float(rng.uniform(10, 200))
    story = family(board, sd)
    board.blocks.append(curves.white(rng, sd * (0.5 if wild else 1.0)))
    if wild:
        _make_wild(board, name, sd)
    return _label(name, board, story, wild=wild)


def _board(name: str, rng: np.random.Generator) -> Board:
    fitting = [
        (cadence, window)
        for cadence, window in SETTINGS
        if (name not in _LONG or window >= 48 * HOUR)
        and (name not in _TEXT_ONLY or cadence <= 2)
        and (name not in _SLOW_CADENCE_UNFIT or window / cadence >= 60)
    ]
    cadence, window = fitting[int(rng.integers(len(fitting)))]
    return Board(
        rng=rng,
        platform=str(rng.choice(list(PLATFORMS))),
        cadence_s=cadence,
        window_s=window,
        uptime_at_start=float(rng.uniform(3, 30)) * 86_400,
        text_uptime=cadence <= 2,
    )


def _make_wild(board: Board, name: str, sd: float) -> None:
    rng = board.rng
    board.blocks.append(curves.pink(rng, sd))
    board.quantum = int(rng.choice([1, 4, 16, 256]))
    board.foreign_rows = int(rng.integers(0, 500))
    if name in ("too_few", "silent"):
        return
    if rng.random() < 0.45 and "clients" not in name:
        clients(board, sd)
    if rng.random() < 0.35 and name not in ("level_changes", "leak_with_level_change", "saw_tooth"):
        level_changes(board, sd)
    if rng.random() < 0.3:
        start = float(rng.uniform(0.1, 0.8)) * board.window_s
        board.gaps.append((start, start + float(rng.uniform(0.02, 0.1)) * board.window_s))
    if rng.random() < 0.2 and board.clock_jump is None and not board.boots:
        board.clock_jump = (float(rng.uniform(0.3, 0.7)) * board.window_s, float(rng.choice([-900, 1_800])))


def _label(name: str, board: Board, story: Story, *, wild: bool) -> Labelled:
    evidence = board.evidence()
    value = evidence.samples.value
    telltale = _TELLTALE.get(name)
    given = RuleInput(
        samples=value.size,
        unsupported=story.unsupported,
        silent=board.silent_tail_s > 0,
        restarts=len(board.boots),
        hard_oom=telltale == "oom",
        pool_exhausted=telltale == "pool_exhausted",
        alloc_failure=telltale == "alloc_failure",
        low_heap=name == "low_failure",
        slope=story.slope,
        spread=float(value.max() - value.min()) if value.size else 0.0,
        leaking=story.leak,
        block_falls=board.block_slope is not None,
        memory_lines=telltale is not None,
    )
    left = None
    if story.leak:
        # The true level at the end is the curve without its noise: the last readings' middle, moved to the end.
        last = value[-min(value.size, 9) :]
        back = evidence.now - float(np.mean(evidence.samples.ts[-last.size :]))
        left = (float(np.median(last)) + story.slope * back / 60) / -story.slope
    assert evidence.now == END
    slope = story.slope if story.slope != 0 else None
    return Labelled(
        name, wild, evidence, Truth(headline(given), story.leak, slope, left, len(board.boots), story.suspect)
    )
