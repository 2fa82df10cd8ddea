# SPDX-License-Identifier: GPL-3.0-only
"""Lets boards flood the real program with its window open, and makes figures of what was found."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from tests.benchmarks.figures import Figure
from tests.benchmarks.window_runs import result_of, started

CHILD = "tests.endurance.flood_child"
PAGES = ("logbook", "heap", "overview")
STALL_GOAL_MS = 100.0
BACK_GOAL_MB = 20.0
_START_S = 60.0
_LATE_S = 400.0


class Board(Protocol):
    """What can flood the program."""

    address: str
    capture: str
    sent: int

    def feed(self, seconds: float, /) -> None: ...
    def finish(self, within_s: float, /) -> None: ...


def flooded(
    home: str,
    boards: Sequence[Board],
    seconds: float,
    *,
    pages: Sequence[str] = PAGES,
    page_s: float = 5.0,
    settle_s: float = 0.0,
) -> dict[str, Any]:
    """Run the program with its recordings in ``home``; return what ``flood_child`` found."""
    plan = {
        "boards": [[board.address, board.capture] for board in boards],
        "pages": list(pages),
        "page_s": page_s,
        "settle_s": settle_s,
    }
    window = started(CHILD, home, json.dumps(plan))
    try:
        _wait_for(Path(home, "listening"), lambda: window.poll() is None)
        for board in boards:
            board.feed(seconds)
        for board in boards:
            board.finish(seconds + _LATE_S)
        fed = Path(home, "fed.tmp")
        fed.write_text(str(sum(board.sent for board in boards)))
        fed.rename(Path(home, "fed"))
        return result_of(window, home, _LATE_S + settle_s)
    finally:
        if window.poll() is None:
            window.kill()
            window.wait()


def _wait_for(path: Path, goes_on: Any) -> None:
    deadline = time.monotonic() + _START_S
    while not path.exists():
        if not goes_on() or time.monotonic() > deadline:
            raise AssertionError("the program did not come to hear its boards")
        time.sleep(0.01)


def tell_stalls(found: dict[str, Any]) -> None:
    """Print what the GUI thread did when it did not answer."""
    for ms, own_ms, doing in sorted(found["stalls"], reverse=True)[:8]:
        print(f"stall of {ms} ms, {own_ms} ms of its own, in\n{doing}", file=sys.stderr)


def window_figures(found: dict[str, Any], title: str) -> list[Figure]:
    """Return the figures of the window: stalls, work, memory."""
    stall = found["longest_stall_ms"]
    before, after = found["held_before"], found["held_after"]
    kept = {name: after[name] - before.get(name, 0.0) for name in after}
    more = found["after_mb"] - found["before_mb"]
    unexplained = more - sum(kept.values())
    told = ", ".join(f"{name} {mb:.0f}" for name, mb in kept.items())
    load = os.getloadavg()[0]
    return [
        Figure(
            f"{title}: longest stall of the GUI thread ({len(found['stalls'])} over 50 ms; load of the machine "
            f"{load:.1f})",
            f"{stall:.0f} ms",
            goal=f"{STALL_GOAL_MS:.0f} ms",
            met=stall < STALL_GOAL_MS,
        ),
        Figure(
            f"{title}: most work of the GUI thread between two answers (batches taken {found['batches']:,}, lines not "
            f"shown {found['withheld']:,}, processor {found['cpu_share'] * 100:.0f} % of a core)",
            f"{found['longest_work_ms']:.0f} ms",
        ),
        Figure(
            f"{title}: resident memory before, at most, afterwards, and after the C library gave back what was free",
            f"{found['before_mb']:.0f}, {found['peak_mb']:.0f}, {found['after_mb']:.0f}, {found['trimmed_mb']:.0f} MB",
        ),
        Figure(
            f"{title}: resident memory afterwards beyond the level before and what is held to be shown ({told} MB)",
            f"{unexplained:.0f} MB",
            goal=f"{BACK_GOAL_MB:.0f} MB",
            met=unexplained < BACK_GOAL_MB,
        ),
    ]
