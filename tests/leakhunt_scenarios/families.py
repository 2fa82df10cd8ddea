# SPDX-License-Identifier: GPL-3.0-only
"""What can happen to a board: each family dresses a board and says what is true of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from tests.leakhunt_scenarios import curves
from tests.leakhunt_scenarios.board import Board


@dataclass
class Story:
    """What a family makes true: the slope that holds at the window's end (bytes per minute), and the leak."""

    slope: float = 0.0
    leak: bool = False
    suspect: str | None = None
    unsupported: bool = False


Family = Callable[[Board, float], Story]
"""Takes the board and the sd of its noise, bytes."""


def rate(board: Board, sd: float, over_s: float | None = None) -> float:
    """Return a leak rate, bytes per minute, that can be seen in the time and does not empty the heap."""
    minutes = (over_s or board.window_s) / 60
    # Slower than this lasts for two months: by the rules no leak to speak of.
    least = max(3_000.0 / minutes, 10 * sd / minutes, board.base / 57_600)
    most = max(0.5 * board.base / minutes, 1.3 * least)
    if most > 80 and board.rng.random() < 0.6:
        least = max(least, 55.0)
    return float(np.exp(board.rng.uniform(np.log(least), np.log(max(most, least)))))


def _rhythm(board: Board) -> float:
    return float(board.rng.choice([0.0, 5.0, 60.0, 300.0]))


def steady(board: Board, sd: float) -> Story:
    return Story()


def leak(board: Board, sd: float) -> Story:
    per_minute = rate(board, sd)
    board.blocks.append(curves.leak(per_minute, _rhythm(board)))
    return Story(-per_minute, leak=True)


def staircase(board: Board, sd: float) -> Story:
    per_minute = rate(board, sd)
    every = board.window_s / float(board.rng.uniform(7, 40))
    board.blocks.append(curves.leak(per_minute, every))
    return Story(-per_minute, leak=True)


def warm_up(board: Board, sd: float) -> Story:
    board.uptime_at_start = float(board.rng.uniform(60, 900))
    tau = float(board.rng.uniform(0.04, 0.2)) * board.window_s
    board.restart_blocks.append(curves.settling(float(board.rng.uniform(5_000, 20_000)), tau))
    return Story()


def warm_up_leak(board: Board, sd: float) -> Story:
    warm_up(board, sd)
    per_minute = rate(board, sd)
    board.blocks.append(curves.leak(per_minute, _rhythm(board)))
    return Story(-per_minute, leak=True)


def node_growth(board: Board, sd: float) -> Story:
    board.uptime_at_start = float(board.rng.uniform(100, 3_000))
    tau = float(board.rng.uniform(0.12, 0.3)) * board.window_s
    board.restart_blocks.append(curves.settling(float(board.rng.uniform(4_000, 15_000)), tau))
    return Story()


def single_dips(board: Board, sd: float) -> Story:
    board.blocks.append(curves.dips(board.rng, 0.02, 20_000))
    return Story()


def clients(board: Board, sd: float) -> Story:
    count = int(board.rng.integers(1, 5))
    starts = np.sort(board.rng.uniform(0.03, 0.9, count)) * board.window_s
    spans = []
    for start in starts:
        length = float(board.rng.uniform(180, min(3_600, 0.2 * board.window_s + 180)))
        spans.append((float(start), float(start) + length, float(board.rng.uniform(5_000, 9_000))))
    board.blocks.append(curves.sessions(spans))
    return Story()


def leak_with_clients(board: Board, sd: float) -> Story:
    clients(board, sd)
    per_minute = max(rate(board, sd), 6_000 / (board.window_s / 60))
    board.blocks.append(curves.leak(per_minute, _rhythm(board)))
    return Story(-per_minute, leak=True)


def leak_with_dips(board: Board, sd: float) -> Story:
    single_dips(board, sd)
    return leak(board, sd)


def saw_tooth(board: Board, sd: float) -> Story:
    period = min(10_800.0, board.window_s / 2.2)
    board.blocks.append(curves.saw_tooth(float(board.rng.uniform(4_000, 9_000)), period, float(board.rng.random())))
    return Story()


def level_changes(board: Board, sd: float) -> Story:
    count = int(board.rng.integers(1, 4))
    at = np.sort(board.rng.uniform(0.1, 0.9, count)) * board.window_s
    sizes = board.rng.choice([-1.0, -1.0, 1.0], count) * board.rng.uniform(2_000, 8_000, count)
    board.blocks.append(curves.levels([(float(t), float(s)) for t, s in zip(at, sizes, strict=True)]))
    return Story()


def leak_with_level_change(board: Board, sd: float) -> Story:
    at = float(board.rng.uniform(0.2, 0.8)) * board.window_s
    board.blocks.append(curves.levels([(at, float(board.rng.choice([-1, 1]) * board.rng.uniform(3_000, 8_000)))]))
    return leak(board, sd)


def daily(board: Board, sd: float) -> Story:
    board.blocks.append(curves.daily(float(board.rng.uniform(1_000, 4_000)), float(board.rng.random())))
    return Story()


def leak_starts(board: Board, sd: float) -> Story:
    at = float(board.rng.uniform(0.2, 0.6)) * board.window_s
    per_minute = rate(board, sd, board.window_s - at)
    board.blocks.append(curves.leak(per_minute, _rhythm(board), start=at))
    return Story(-per_minute, leak=True)


def leak_stops(board: Board, sd: float) -> Story:
    at = float(board.rng.uniform(0.35, 0.7)) * board.window_s
    board.blocks.append(curves.leak(rate(board, sd, at), _rhythm(board), start=0.0, stop=at))
    return Story()


def recovery(board: Board, sd: float) -> Story:
    per_minute = max(60.0, rate(board, sd))
    board.blocks.append(curves.levels([(-1.0, -0.8 * per_minute * board.window_s / 60)]))
    board.blocks.append(curves.leak(-0.8 * per_minute, 0.0))
    return Story(0.8 * per_minute)


def restart(board: Board, sd: float) -> Story:
    count = int(board.rng.integers(1, 4))
    board.boots = sorted(float(t) for t in board.rng.uniform(0.05, 0.95, count) * board.window_s)
    board.boots = [t for i, t in enumerate(board.boots) if i == 0 or t - board.boots[i - 1] > 400]
    board.restart_blocks.append(curves.settling(float(board.rng.uniform(2_000, 6_000)), 600))
    return Story()


def unseen_restart(board: Board, sd: float) -> Story:
    at = float(board.rng.uniform(0.1, 0.8)) * board.window_s
    length = float(board.rng.uniform(400, min(2_400, 0.15 * board.window_s + 300)))
    board.boots = [at + float(board.rng.uniform(0.1, 0.9)) * length]
    board.gaps.append((at, at + length))
    board.uptime_at_start = float(board.rng.choice([100.0, 5_000.0, 400_000.0]))
    return Story()


def leak_and_reboot(board: Board, sd: float) -> Story:
    count = int(board.rng.integers(1, 4))
    board.boots = [board.window_s * (i + 1) / (count + 1) for i in range(count)]
    board.uptime_at_start = 120.0
    per_minute = rate(board, sd, board.window_s / (count + 1))
    board.restart_blocks.append(curves.leak(per_minute, 0.0))
    return Story(-per_minute, leak=True)


def wrap(board: Board, sd: float) -> Story:
    board.uptime_at_start = 2**32 / 1000 - float(board.rng.uniform(0.2, 0.8)) * board.window_s
    return steady(board, sd)


FAMILIES: dict[str, Family] = {
    "steady": steady,
    "leak": leak,
    "staircase": staircase,
    "warm_up": warm_up,
    "warm_up_leak": warm_up_leak,
    "node_growth": node_growth,
    "single_dips": single_dips,
    "clients": clients,
    "leak_with_clients": leak_with_clients,
    "leak_with_dips": leak_with_dips,
    "saw_tooth": saw_tooth,
    "level_changes": level_changes,
    "leak_with_level_change": leak_with_level_change,
    "daily": daily,
    "leak_starts": leak_starts,
    "leak_stops": leak_stops,
    "recovery": recovery,
    "restart": restart,
    "unseen_restart": unseen_restart,
    "leak_and_reboot": leak_and_reboot,
    "wrap": wrap,
}
