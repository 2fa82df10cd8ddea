# SPDX-License-Identifier: GPL-3.0-only
"""Two boards flood the program at once, one on a serial port, one over TCP: 10,000 lines a second each."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.benchmarks.figures import Figure
from tests.endurance.console_boards import console_on_pty, console_on_tcp
from tests.endurance.flooding import flooded, tell_stalls, window_figures
from tests.endurance.said_rows import lost_and_wrong, rows_said

LINES_A_SECOND = 10_000
SECONDS = 60.0
SETTLE_S = 45.0


def run() -> list[Figure]:
    """Return the figures."""
    print(f"two boards, {LINES_A_SECOND:,} lines/s each for {SECONDS:.0f} s", file=sys.stderr)
    with (
        tempfile.TemporaryDirectory() as home,
        console_on_pty("alpha", LINES_A_SECOND) as alpha,
        console_on_tcp("bravo", LINES_A_SECOND) as bravo,
    ):
        boards = (alpha, bravo)
        found = flooded(home, boards, SECONDS, settle_s=SETTLE_S)
        said = rows_said(Path(found["folder"]))  # fails on a row on the other's port
        told = [lost_and_wrong(said[board.name], board.sent) for board in boards]
    tell_stalls(found)
    title = f"two boards, {LINES_A_SECOND:,} lines/s each for {SECONDS:.0f} s"
    lost, wrong = (sum(one[place] for one in told) for place in (0, 1))
    return [
        Figure(
            f"{title}: lines lost, doubled or out of order of {alpha.sent + bravo.sent:,}, on the wrong port",
            f"{lost:,}, {wrong:,}, 0",
            goal="0, 0, 0",
            met=lost == wrong == 0 == found["rows_lost"],
        ),
        Figure(
            f"{title}: time to take them (then all shown {found['caught_up_s']:.1f} s later)",
            f"{alpha.took_s:.1f} s, {bravo.took_s:.1f} s",
            goal=f"{SECONDS + 1:.0f} s",
            met=max(alpha.took_s, bravo.took_s) < SECONDS + 1,
        ),
        *window_figures(found, title),
    ]
