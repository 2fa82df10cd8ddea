# SPDX-License-Identifier: GPL-3.0-only
"""Families that are told by log lines, silence or missing heap figures rather than by the curve."""

from __future__ import annotations

import numpy as np

from mtleak_gui.core.leakhunt.evidence import SeenEvent, ThreadDelta
from tests.leakhunt_scenarios import curves
from tests.leakhunt_scenarios.board import END, PLATFORMS, Board
from tests.leakhunt_scenarios.families import Family, Story, rate

_THREADS = ("Router", "Power", "RadioIf", "PacketHistory", "GPS")


def naks(board: Board, sd: float) -> Story:
    at = board.rng.uniform(0, board.window_s, 40)
    board.lines += [(float(t), "routing_nak", "Alloc an err=1,to=0x12345678,idFrom=0x1,id=0x2") for t in sorted(at)]
    return Story()


def healthy_failure(board: Board, sd: float) -> Story:
    board.lines.append((0.7 * board.window_s, "alloc_failure", "Failed to allocate zeroed memory"))
    return Story()


def low_failure(board: Board, sd: float) -> Story:
    board.blocks.append(curves.levels([(-1.0, 0.03 * PLATFORMS[board.platform][0] - board.base)]))
    board.lines.append((0.9 * board.window_s, "alloc_failure", "Failed to allocate zeroed memory"))
    return Story()


def pool_exhausted(board: Board, sd: float) -> Story:
    board.lines.append((0.6 * board.window_s, "pool_exhausted", "No free slots available in static memory pool!"))
    return Story()


def hard_oom(board: Board, sd: float) -> Story:
    board.lines.append((0.9 * board.window_s, "oom", "Guru: out of memory"))
    return Story()


def shrinking_block(board: Board, sd: float) -> Story:
    board.block_slope = -0.3 * 0.6 * board.base / (board.window_s / 60)
    return Story()


def too_few(board: Board, sd: float) -> Story:
    board.gaps.append((3.5 * board.cadence_s, board.window_s - board.cadence_s / 2))
    return Story()


def silent(board: Board, sd: float) -> Story:
    board.silent_tail_s = max(0.3 * board.window_s, 4 * board.cadence_s)
    return Story()


def clock_jump(board: Board, sd: float) -> Story:
    board.clock_jump = (float(board.rng.uniform(0.3, 0.7)) * board.window_s, float(board.rng.choice([-1_500, 3_600])))
    per_minute = rate(board, sd)
    board.blocks.append(curves.leak(per_minute, 0.0))
    return Story(-per_minute, leak=True)


def link_drop(board: Board, sd: float) -> Story:
    start = float(board.rng.uniform(0.2, 0.7)) * board.window_s
    end = start + float(board.rng.uniform(60, 900))
    board.gaps.append((start, end))
    zero = END - board.window_s
    board.events += [
        SeenEvent(zero + start, "connection_lost", None, "port vanished", "/dev/ttyUSB0", None),
        SeenEvent(zero + end, "connection_established", None, None, "/dev/ttyUSB0", None),
    ]
    return Story()


def suspect(board: Board, sd: float) -> Story:
    """A leaking thread among threads that hand packets to each other, with other threads that take once and keep."""
    board.text_uptime = True
    zero = END - board.window_s
    guilty = str(board.rng.choice(_THREADS))
    per_minute = rate(board, sd)
    sizes = [size for size in (64, 128, 412, 1_024) if size * 10 < per_minute * board.window_s / 60]
    size = int(board.rng.choice(sizes))
    every = size / per_minute * 60
    moved = [(float(t), guilty, -size) for t in np.arange(every / 2, board.window_s, every)]
    # Packets leave one thread and are freed in another: sums per thread accuse the wrong one.
    for t in np.arange(5.0, board.window_s, board.window_s / 300):
        packet = int(board.rng.choice([96, 300, 516, 700]))
        moved += [(float(t), "RadioIf", -packet), (float(t) + float(board.rng.uniform(1, 200)), "Router", packet)]
    other = str(board.rng.choice([name for name in _THREADS if name != guilty]))
    moved.append((0.4 * board.window_s, other, -int(board.rng.integers(1_500, 2_500))))
    moved.sort()
    for t, thread, change in moved:
        if t <= board.window_s:
            kind = "leaked" if change < 0 else "freed"
            board.deltas.append(
                ThreadDelta(
                    zero + t, None, "leaked" if kind == "leaked" else "freed", thread, 50_000, 50_000 + change, change
                )
            )
    board.blocks.append(curves.leak(per_minute, every))
    return Story(-per_minute, leak=True, suspect=guilty)


SIGNS: dict[str, Family] = {
    "naks": naks,
    "healthy_failure": healthy_failure,
    "low_failure": low_failure,
    "pool_exhausted": pool_exhausted,
    "hard_oom": hard_oom,
    "shrinking_block": shrinking_block,
    "too_few": too_few,
    "silent": silent,
    "clock_jump": clock_jump,
    "link_drop": link_drop,
    "suspect": suspect,
}
