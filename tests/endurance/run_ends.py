# SPDX-License-Identifier: GPL-3.0-only
"""Every end of the window, again and again, with a board that talks and with one that is deaf."""

from __future__ import annotations

import shutil
import sys

from tests.benchmarks.figures import Figure
from tests.endurance.program_ends import WAYS, end_by

TIMES = 5
GOAL_S = 3.0


def run() -> list[Figure]:
    """Return a figure for each way."""
    return [
        _figure(way, deaf=deaf)
        for way in WAYS
        if way != "display" or shutil.which("Xvfb") is not None
        for deaf in (False, True)
    ]


def _figure(way: str, *, deaf: bool) -> Figure:
    print(f"{way}, {'deaf' if deaf else 'talking'} board", file=sys.stderr)
    ends = [end_by(way, deaf=deaf) for _ in range(TIMES)]
    wrong = [sentence for end in ends for sentence in end.wrong]
    for sentence in wrong:
        print(f"  {sentence}", file=sys.stderr)
    slowest = max(end.seconds for end in ends)
    return Figure(
        f"ended by {way.replace('_', ' ')} with a board that {'is deaf' if deaf else 'talks'}, {TIMES} times: "
        "things left as they should not be / slowest",
        f"{len(wrong)} / {slowest:.2f} s",
        goal=f"0 / {GOAL_S:.0f} s",
        met=not wrong and slowest < GOAL_S,
    )
