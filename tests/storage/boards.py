# SPDX-License-Identifier: GPL-3.0-only
"""Six hours of boards whose verdict is known, one per headline."""

from __future__ import annotations

import random

from tests.storage.board_recording import NEIGHBOUR, BoardRecording

SIX_HOURS = 21_600.0
MINUTES = [60.0 * minute for minute in range(1, 361)]


def steady(*, ours: bool = True) -> BoardRecording:
    board, chance = BoardRecording(ours=ours), random.Random(7)
    for at in MINUTES:
        board.local_stats(at, 118_000 + chance.randrange(-400, 400) // 8 * 8)
    return board


def slow_leak(*, ours: bool = True, rate: float = 120.0) -> BoardRecording:
    board, chance = BoardRecording(ours=ours), random.Random(7)
    for at in MINUTES:
        board.local_stats(at, int(150_000 - rate * at / 60 + chance.randrange(-200, 200)))
    return board


def leak_of_router(*, ours: bool = True) -> BoardRecording:
    """A DEBUG_HEAP build on the console: Router loses 512 bytes each 4 minutes, Power gives back what it takes."""
    board, free = BoardRecording(ours=ours), 150_000
    for number in range(4_320):
        at = 5.0 * number + 2.5
        if number % 48 == 7:
            free -= 512
            board.line(at, f"------ Thread Router leaked heap {free + 512} -> {free} (-512) ------", heap=free)
        elif number % 48 in (20, 21):
            before, free = free, free + (1_024 if number % 48 == 21 else -1_024)
            sign, word = ("++++++", "freed") if free > before else ("------", "leaked")
            text = f"{sign} Thread Power {word} heap {before} -> {free} ({free - before}) {sign}"
            board.line(at, text, thread="Power", heap=free)
        else:
            board.line(at, f"Received packet id=0x{number:x} portnum=4", heap=free)
    return board


def reboot(*, ours: bool = True) -> BoardRecording:
    board, chance = BoardRecording(ours=ours), random.Random(7)
    for at in MINUTES:
        if at == 10_800.0:
            board.boot = at - 30.0
        free = 150_000 - 180 * (at - max(board.boot, 0.0)) / 60
        board.local_stats(at, int(free + chance.randrange(-200, 200)))
    return board


def oom_imminent(*, ours: bool = True) -> BoardRecording:
    board = slow_leak(ours=ours)
    board.line(21_000.0, "Alloc an err=ESP_ERR_NO_MEM", level="ERROR")
    return board


def fragmentation(*, ours: bool = True) -> BoardRecording:
    board = steady(ours=ours)
    for at in (9_000.0, 15_000.0, 20_000.0):
        board.line(at, "Failed to allocate zeroed memory", level="ERROR")
    return board


def recovery(*, ours: bool = True) -> BoardRecording:
    board, chance = BoardRecording(ours=ours), random.Random(7)
    for at in MINUTES:
        board.local_stats(at, int(80_000 + 150 * at / 60 + chance.randrange(-200, 200)))
    return board


def inconclusive(*, ours: bool = True) -> BoardRecording:
    board = steady(ours=ours)
    board.line(9_000.0, "Low heap (9120 bytes), skipping HTTPS processing", level="WARN")
    return board


def insufficient_data(*, ours: bool = True) -> BoardRecording:
    board = BoardRecording(ours=ours)
    for at in (900.0, 1_800.0, 2_700.0):
        board.local_stats(at, 118_000)
    return board


def with_neighbour(*, ours: bool = True) -> BoardRecording:
    """A steady board that hears the LocalStats and the battery of another node, whose heap falls."""
    board = steady(ours=ours)
    for at in MINUTES[::2]:
        board.local_stats(at + 7, int(90_000 - 100 * at / 60), node=NEIGHBOUR)
        board.device_metrics(at + 9, 80, node=NEIGHBOUR)
        board.device_metrics(at + 11, 95)
    return board


BOARDS = {
    "steady": steady,
    "slow_leak": slow_leak,
    "reboot": reboot,
    "oom_imminent": oom_imminent,
    "fragmentation": fragmentation,
    "recovery": recovery,
    "inconclusive": inconclusive,
    "insufficient_data": insufficient_data,
}
