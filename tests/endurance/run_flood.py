# SPDX-License-Identifier: GPL-3.0-only
"""20,000 console lines a second for a minute, twice, then two boards of 10,000 each, before the real window."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.figures import Figure
from tests.benchmarks.window_process import result_of, started_window
from tests.endurance.talking import TalkingConsole, kept_lines

PER_SECOND = 20_000
_CHILD = "tests.endurance.watched_window"
_REST_S = 30.0
_STALL_GOAL_MS = 100
_MEMORY_GOAL_MB = 20


def run(seconds: float = 60.0) -> list[Figure]:
    """Return the figures of one board and of two."""
    return [*_one_board(seconds), *_two_boards(seconds)]


def _one_board(seconds: float) -> list[Figure]:
    """Let it flood twice: after the first time all bounded stores are full, after the second nothing may be more."""
    title = f"{PER_SECOND:,} lines/s for {seconds:.0f} s"
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        console = TalkingConsole(home / "ttyUSB0", "alpha", seconds, PER_SECOND)
        again = TalkingConsole(home / "ttyUSB1", "beta", seconds, PER_SECOND)
        window = started_window(_CHILD, name, "flood", name, str(console.device), str(again.device))
        _wait_for(home / "listening")
        rests = [_rest()]
        speeches = []
        for talking in (console, again):
            talking.begin()
            speeches.append(talking.end())
            rests.append(_rest())
        (home / "over").touch()
        found = result_of(window, name, 60)
        folder = Path(found["folder"])
        kept = [kept_lines(folder, one.name, said.lines) for one, said in zip((console, again), speeches, strict=True)]
        before, first, second = (_memory_at(found, moment) for moment in rests)
    peak = max(note[1] for note in found["notes"])
    lost, doubled = sum(one.missing for one in kept), sum(one.doubled for one in kept)
    said, more = sum(speech.lines for speech in speeches), second - first
    return [
        Figure(f"{title}, twice: rows lost / doubled of {said:,}", f"{lost:,} / {doubled:,}", goal="0", met=lost == 0),
        *_answering(title, found),
        Figure(
            f"{title}: resident memory before / after the first / after the second time (peak {peak:.0f})",
            f"{before:.0f} / {first:.0f} / {second:.0f} MB",
            goal=f"second within {_MEMORY_GOAL_MB} MB of the first",
            met=more < _MEMORY_GOAL_MB,
        ),
    ]


def _two_boards(seconds: float) -> list[Figure]:
    title = f"two boards of {PER_SECOND // 2:,} lines/s for {seconds:.0f} s"
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        consoles = [TalkingConsole(home / f"ttyUSB{n}", f"board{n}", seconds, PER_SECOND / 2) for n in range(2)]
        window = started_window(_CHILD, name, "flood", name, *(str(console.device) for console in consoles))
        _wait_for(home / "listening")
        for console in consoles:
            console.begin()
        speeches = [console.end() for console in consoles]
        time.sleep(5)
        (home / "over").touch()
        found = result_of(window, name, 60)
        folder = Path(found["folder"])
        kept = [kept_lines(folder, one.name, said.lines) for one, said in zip(consoles, speeches, strict=True)]
        crossed = sum(_crossed(folder, one) for one in consoles)
    lost, doubled = sum(one.missing for one in kept), sum(one.doubled for one in kept)
    said = sum(speech.lines for speech in speeches)
    return [
        Figure(
            f"{title}: rows lost / doubled / under the other's port of {said:,}",
            f"{lost:,} / {doubled:,} / {crossed:,}",
            goal="0",
            met=lost == doubled == crossed == 0,
        ),
        *_answering(title, found),
    ]


def _crossed(folder: Path, console: TalkingConsole) -> int:
    """Return how many rows of a console carry another port."""
    port, mine = f'"port":"{console.device}"'.encode(), f"said {console.name} ".encode()
    return sum(
        mine in line and port not in line
        for path in folder.glob("logs.jsonl")
        for line in path.read_bytes().splitlines()
    )


def _answering(title: str, found: dict[str, Any]) -> list[Figure]:
    stall, withheld = found["longest_stall_ms"], found["withheld"]
    return [
        Figure(
            f"{title}: longest time without an answer of the window ({len(found['stalls'])} over {_STALL_GOAL_MS} ms)",
            f"{stall:.0f} ms",
            goal=f"{_STALL_GOAL_MS} ms",
            met=stall < _STALL_GOAL_MS,
        ),
        Figure(f"{title}: rows recorded but not shown, and told so", f"{withheld:,}"),
    ]


def _rest() -> float:
    time.sleep(_REST_S)
    return time.time()


def _memory_at(found: dict[str, Any], moment: float) -> float:
    return float(min(found["notes"], key=lambda note: abs(note[0] - moment))[1])


def _wait_for(sign: Path, within_s: float = 60.0) -> None:
    began = time.monotonic()
    while not sign.exists():
        if time.monotonic() - began > within_s:
            raise TimeoutError(f"the window did not make {sign}")
        time.sleep(0.05)
