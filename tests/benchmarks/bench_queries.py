# SPDX-License-Identifier: GPL-3.0-only
"""Queries over three days of rows (five archives and a live file of 100 MB each), the peer beside ours."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple

from tests.benchmarks.figures import Figure
from tests.benchmarks.query_folders import folders

MEMORY_GOAL_MB = 200


class Goal(NamedTuple):
    """A query, how often ours is asked again, whether the first or the warm time counts, and its least ratio."""

    query: str
    title: str
    repeats: int
    ratio: float
    first: bool = False
    limit_s: float | None = None


GOALS = (
    Goal("window", "logs, last 15 min, regex", 9, 1000, limit_s=0.020),
    Goal("literal", "logs, everything, regex with a literal", 2, 12),
    Goal("level", "logs, everything, level", 2, 12),
    Goal("alternation", "logs, everything, alternation", 2, 8),
    Goal("no literal", "logs, everything, regex without a literal", 0, 1.5),
    Goal("1h", "heap timeline, 1 h, warm", 9, 1000),
    Goal("6h", "heap timeline, 6 h, warm", 9, 1000),
    Goal("3d", "heap timeline, 3 d, warm", 5, 100),
)


def run() -> list[Figure]:
    """Ask each query of the peer once and of ours in a fresh process, and compare."""
    made = folders()
    figures: list[Figure] = []
    memory: list[Figure] = []
    literal_s = 0.0
    for goal in GOALS:
        peer = _child("peer", made.peer, goal.query, 0)
        ours = _child("ours", made.ours, goal.query, goal.repeats)
        if ours["checked"] != peer["checked"]:
            message = f"{goal.query}: ours answers {ours['checked']}, the peer {peer['checked']}"
            raise AssertionError(message)
        figures.append(_compared(goal, ours, peer))
        if goal.query == "1h":
            figures.append(_first(ours, peer))
        if goal.query == "literal":
            literal_s = ours["warm"]
        memory.append(_memory(goal, ours, peer))
    figures.append(_zgrep(made.ours, literal_s))
    figures.extend(memory)
    figures.append(_torn(made.torn))
    return figures


def _compared(goal: Goal, ours: dict[str, Any], peer: dict[str, Any]) -> Figure:
    ratio = peer["first"] / ours["warm"]
    met = ratio >= goal.ratio and (goal.limit_s is None or ours["warm"] < goal.limit_s)
    wanted = f"x{goal.ratio:,}" + (f", under {goal.limit_s * 1000:.0f} ms" if goal.limit_s else "")
    name = f"{goal.title} (first {_spoken(ours['first'])})"
    return Figure(name, _spoken(ours["warm"]), _spoken(peer["first"]), ratio, wanted, met)


def _first(ours: dict[str, Any], peer: dict[str, Any]) -> Figure:
    ratio = peer["first"] / ours["first"]
    name = f"the same 1 h, first query of a process, from files only (imports {_spoken(ours['import'])})"
    return Figure(name, _spoken(ours["first"]), _spoken(peer["first"]), ratio, "x100", ratio >= 100)


def _memory(goal: Goal, ours: dict[str, Any], peer: dict[str, Any]) -> Figure:
    return Figure(
        f"memory: {goal.title}",
        f"{ours['memory']:.0f} MB (+{ours['growth']:.0f})",
        f"{peer['memory']:.0f} MB",
        peer["memory"] / ours["memory"],
        f"under {MEMORY_GOAL_MB} MB",
        ours["memory"] < MEMORY_GOAL_MB,
    )


def _zgrep(folder: Path, ours_s: float) -> Figure:
    zgrep = shutil.which("zgrep")
    archives = [str(path) for path in sorted(folder.glob("logs.*.jsonl.gz"))]
    name = "regex with a literal over everything, against zgrep -c on the archives alone"
    if zgrep is None:
        return Figure(name, _spoken(ours_s))
    start = time.perf_counter()
    subprocess.run([zgrep, "-cE", "Alloc an err=[0-9]+", *archives], check=True, capture_output=True)
    taken = time.perf_counter() - start
    return Figure(name, _spoken(ours_s), f"{_spoken(taken)} (zgrep)", taken / ours_s, "x1", taken > ours_s)


def _torn(folder: Path) -> Figure:
    for sidecar in folder.glob("*.idx"):
        sidecar.unlink()
    ours = _child("ours", folder, "literal", 1)
    try:
        peer = _spoken(_child("peer", folder, "literal", 0)["first"])
    except subprocess.CalledProcessError as trouble:
        peer = str(trouble.stderr).strip().splitlines()[-1]
    told = bool(ours["notes"])
    answered = f"{ours['checked']:,} rows in {_spoken(ours['first'])}, {'told' if told else 'not told'}"
    return Figure("folder killed in rotation", answered, peer, goal="answered, told", met=told and ours["checked"] > 0)


def _child(who: str, folder: Path, query: str, repeats: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.benchmarks.query_child", who, str(folder), query, str(repeats)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=Path(__file__).parents[2])
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _spoken(seconds: float) -> str:
    return f"{seconds * 1000:,.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
