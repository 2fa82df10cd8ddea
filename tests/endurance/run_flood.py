# SPDX-License-Identifier: GPL-3.0-only
"""20,000 log lines a second for a minute, on a serial port and over TCP, with the window open and recording."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from tests.benchmarks.figures import Figure
from tests.endurance.console_boards import FeedingBoard, console_on_pty, console_on_tcp
from tests.endurance.flooding import flooded, tell_stalls, window_figures
from tests.endurance.said_rows import lost_and_wrong, raw_rows, rows_said

LINES_A_SECOND = 20_000
SECONDS = 60.0
SETTLE_S = 45.0


def run() -> list[Figure]:
    """Return the figures."""
    return [*_flood("serial port", console_on_pty), *_flood("TCP", console_on_tcp)]


def _flood(way: str, console: Callable[[str, int], AbstractContextManager[FeedingBoard]]) -> list[Figure]:
    print(f"{LINES_A_SECOND:,} lines/s over a {way} for {SECONDS:.0f} s", file=sys.stderr)
    with tempfile.TemporaryDirectory() as home, console("alpha", LINES_A_SECOND) as board:
        found = flooded(home, [board], SECONDS, settle_s=SETTLE_S)
        folder = Path(found["folder"])
        lost, wrong = lost_and_wrong(rows_said(folder)["alpha"], board.sent)
        samples = sum(1 for _ in raw_rows(folder, "telemetry"))
    tell_stalls(found)
    title = f"{LINES_A_SECOND:,} lines/s for {SECONDS:.0f} s ({way})"
    return [
        Figure(
            f"{title}: lines lost, doubled or out of order of {board.sent:,} (samples lost "
            f"{board.sent - samples:,}; dropped by the recorder {found['rows_lost']:,})",
            f"{lost:,}, {wrong:,}",
            goal="0, 0",
            met=lost == wrong == 0 == found["rows_lost"] and samples == board.sent,
        ),
        Figure(
            f"{title}: time to take {board.sent:,} lines (then all shown {found['caught_up_s']:.1f} s later)",
            f"{board.took_s:.1f} s",
            goal=f"{SECONDS + 1:.0f} s",
            met=board.took_s < SECONDS + 1,
        ),
        *window_figures(found, title),
    ]
