# SPDX-License-Identifier: GPL-3.0-only
"""Two programs, or two recorders, started at the same moment; locks that killed ones left behind."""

from __future__ import annotations

import os
import signal
import sys
import tempfile
from pathlib import Path

import orjson

from mtleak_gui.storage.archive_format import LOCK_NAME
from tests.benchmarks.figures import Figure
from tests.endurance.program_starts import all_become_ready, end, race
from tests.endurance.said_rows import raw_rows

RACES = 20
KILL_EACH = 4
_BAD_INPUT = 2


def run() -> list[Figure]:
    """Return the figures."""
    with tempfile.TemporaryDirectory() as folder:
        return [*_windows(Path(folder, "windows")), *_recorders(Path(folder, "recorders")), _homes(Path(folder))]


def _windows(home: Path) -> list[Figure]:
    home.mkdir()
    right = ends = 0
    for number in range(RACES):
        print(f"windows, race {number + 1} of {RACES}", file=sys.stderr)
        ran = race(home)
        if ran.winner is None:
            continue
        right += ran.codes == (0,) and "runs already" in ran.words[0]
        killed = number % KILL_EACH == 0
        code = end(ran.winner, signal.SIGKILL if killed else signal.SIGTERM)
        ends += code == (-signal.SIGKILL if killed else 0)
        if killed:
            _blame_another(home)
    title = f"two windows started at once, {RACES} times, each {KILL_EACH}th killed with its lock given another's pid"
    return [
        Figure(f"{title}: exactly one goes on, the other says so", f"{right}", goal=f"{RACES}", met=right == RACES),
        Figure(f"{title}: the one ends cleanly when asked", f"{ends}", goal=f"{RACES}", met=ends == RACES),
    ]


def _recorders(home: Path) -> list[Figure]:
    home.mkdir()
    folder = home / "recording"
    right = 0
    words = ""
    for number in range(RACES):
        print(f"recorders, race {number + 1} of {RACES}", file=sys.stderr)
        ran = race(home, "record", "--connect", "demo:leak-threads", "--recording", str(folder))
        if ran.winner is None:
            continue
        refused = ran.codes == (_BAD_INPUT,) and f"is being written by the process {ran.winner.pid}" in ran.words[0]
        right += refused
        words = ran.words[0].strip()
        killed = number % KILL_EACH == 0
        end(ran.winner, signal.SIGKILL if killed else signal.SIGINT)
        if killed:
            _blame_another(home)
    print(words, file=sys.stderr)
    broken = _broken_rows(folder)
    title = f"two recorders started at once on one folder, {RACES} times, each {KILL_EACH}th killed"
    return [
        Figure(
            f"{title}: exactly one records, the other refuses and names it",
            f"{right}",
            goal=f"{RACES}",
            met=right == RACES,
        ),
        Figure(f"{title}: rows that are not whole, or stand out of order", f"{broken}", goal="0", met=broken == 0),
    ]


def _homes(folder: Path) -> Figure:
    homes = [folder / "one", folder / "other"]
    for home in homes:
        home.mkdir()
    both = all_become_ready(homes)
    return Figure("two windows with homes of their own run side by side", "yes" if both else "no", goal="yes", met=both)


def _blame_another(home: Path) -> None:
    """Let each lock file that was left behind name a process that runs but holds nothing: its number was used again."""
    for path in [*home.rglob("mtleak-gui-*.lock"), *home.rglob(LOCK_NAME)]:
        path.write_text(f"{os.getpid()}\n")


def _broken_rows(folder: Path) -> int:
    broken = 0
    for stream in ("logs", "telemetry", "packets", "events"):
        newest = float("-inf")
        for raw in raw_rows(folder, stream):
            try:
                ts = orjson.loads(raw)["ts"]
            except ValueError:
                broken += 1
                continue
            broken += ts < newest
            newest = ts
    return broken
