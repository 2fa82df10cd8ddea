# SPDX-License-Identifier: GPL-3.0-only
"""A day at real rates in half an hour: 20 lines/s, a heap sample each 11 s, and a busy tester, all 48 times as fast.

What a day brings comes in full: 1.7 million lines, 7,850 samples, 48 reconnects, 96 runs of Leakhunt, some 60 themes
and 220 filters; files of 25 MB make the streams roll over as often as those of 100 MB do in a week. The clock is not
bent: a row's time is that of its arrival.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.leakhunt.analyse import analyse
from mtleak_gui.core.leakhunt.judge import judge
from mtleak_gui.core.leakhunt.question import Question
from mtleak_gui.storage.evidence_reader import EvidenceReader
from mtleak_gui.storage.recording_reader import RecordingReader
from tests.benchmarks.figures import Figure
from tests.benchmarks.window_runs import result_of, started
from tests.endurance.talking import TalkingConsole, kept_lines

FASTER = 48
HOUR_S = 3_600 / FASTER
_CHILD = "tests.endurance.watched_window"
_LINES_PER_S, _HEAP_S, _RECONNECT_S = 20, 11.0, 1_800.0
_WARM_UP_H = 2
_MEMORY_GOAL_MB, _SLOWER_GOAL = 20.0, 1.2
_ASKED_TIMES = 7
_TIMER_MS = 1.0
"""What is less than this apart is the same: the machine is not still."""


def run(hours: int = 24) -> list[Figure]:
    """Live through so many hours; return what grew and what was lost."""
    warm_up = min(_WARM_UP_H, hours // 2)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        settings = home / "mtleak-gui" / "settings.json"
        settings.parent.mkdir()
        settings.write_text('{"recording": {"part_mib": 25}}')
        pace = {"heap_s": _HEAP_S / FASTER, "leave_s": _RECONNECT_S / FASTER}
        console = TalkingConsole(home / "ttyUSB0", "day", hours * HOUR_S, _LINES_PER_S * FASTER, **pace)
        window = started(_CHILD, name, "day", name, str(console.device))
        while not (home / "listening").exists():
            time.sleep(0.05)
        console.begin()
        asked = []
        for hour in range(hours):
            time.sleep(HOUR_S)
            if hour + 1 == warm_up:
                (home / "warm").touch()
            asked.append(_asked(home, hour))
        speech = console.end()
        time.sleep(5)
        (home / "over").touch()
        found = result_of(window, name, 60)
        kept = kept_lines(Path(found["folder"]), console.name, speech.lines)
        logs = sum(len(path.read_text("utf-8", "replace")) for path in home.rglob("mtleak-gui.log"))
    lived = f"{hours} h, {speech.lines:,} lines, {speech.samples:,} samples, {found['done']}"
    return [
        Figure(
            f"{lived}: rows lost / doubled",
            f"{kept.missing:,} / {kept.doubled:,}",
            goal="0",
            met=kept.missing == kept.doubled == 0,
        ),
        *_grown(found, warm_up),
        *_slower(asked),
        Figure("the program's own log", f"{logs:,} characters"),
    ]


def _asked(home: Path, hour: int) -> dict[str, float]:
    """Ask the recording for its newest hour, each question some times; return the middle of the seconds."""
    [folder] = {path.parent for path in home.rglob("recording.json")}
    now = time.time()
    span = (now - HOUR_S, now)
    questions: dict[str, Callable[[], object]] = {
        "log rows by regex": lambda: RecordingReader(folder, may_write=False).logs_window(*span, grep="said .*42 "),
        "heap timeline": lambda: RecordingReader(folder, may_write=False).telemetry_timeline(span),
        "verdict": lambda: judge(analyse(EvidenceReader(folder, may_write=False).read(Question(span, now)))),
    }
    found = {name: _middle(ask) for name, ask in questions.items()}
    told = ", ".join(f"{name} {seconds * 1e3:.0f} ms" for name, seconds in found.items())
    print(f"hour {hour + 1}: {told}", file=sys.stderr, flush=True)
    return found


def _middle(ask: Callable[[], object]) -> float:
    spent = []
    for _ in range(_ASKED_TIMES):
        began = time.perf_counter()
        ask()
        spent.append(time.perf_counter() - began)
    return statistics.median(spent)


def _grown(found: dict[str, Any], warm_up: int) -> list[Figure]:
    notes = np.array(found["notes"])
    hour = (notes[:, 0] - notes[0, 0]) / HOUR_S
    first, last = (hour >= warm_up) & (hour < warm_up + 0.5), hour > hour[-1] - 0.5
    _tell_hours(hour, notes)
    before, after = found["held"][0], found["held"][-1]
    shown = {"window": sum(after.values()) - sum(before.values()), "query process": 0.0}
    told = ", ".join(f"{name} {before[name]:.0f} to {after[name]:.0f}" for name in after)
    figures = []
    for column, name in ((1, "window"), (2, "query process")):
        start, end = float(np.median(notes[first, column])), float(np.median(notes[last, column]))
        more = end - start - shown[name]
        beyond = f", beyond what it holds to be shown (MB: {told})" if shown[name] else ""
        figures.append(
            Figure(
                f"resident memory of the {name} after {warm_up} h of warm-up / at the end / growth{beyond}",
                f"{start:.0f} / {end:.0f} / {more:+.0f} MB",
                goal=f"{_MEMORY_GOAL_MB:.0f} MB more",
                met=more < _MEMORY_GOAL_MB,
            )
        )
    for column, name in ((3, "threads"), (4, "open files")):
        start, end = np.median(notes[first, column]), np.median(notes[last, column])
        figures.append(
            Figure(f"{name} then / at the end", f"{start:.0f} / {end:.0f}", goal="as many", met=bool(end <= start))
        )
    for stall in found["stalls"]:
        print(f"stall of {stall[0]} ms, {stall[1]} of its own, in\n{stall[2]}", file=sys.stderr)
    stall, own = found["longest_stall_ms"], found["longest_work_ms"]
    title = f"longest time without an answer ({len(found['stalls'])} over 100 ms), of it its own work at most"
    return [*figures, Figure(title, f"{stall:.0f} / {own:.0f} ms")]


def _tell_hours(hour: npt.NDArray[np.float64], notes: npt.NDArray[np.float64]) -> None:
    for number in range(int(hour[-1]) + 1):
        now = (hour >= number) & (hour < number + 1)
        window, query, threads, files = np.median(notes[now, 1:], axis=0)
        told = f"hour {number + 1}: window {window:.0f} MB, query process {query:.0f} MB"
        print(f"{told}, {threads:.0f} threads, {files:.0f} files", file=sys.stderr)


def _slower(asked: list[dict[str, float]]) -> list[Figure]:
    figures = []
    for name in asked[0]:
        first, last = asked[min(1, len(asked) - 1)][name], asked[-1][name]
        figures.append(
            Figure(
                f"{name} of the newest hour, in the second / in the last hour",
                f"{first * 1e3:.1f} / {last * 1e3:.1f} ms",
                ratio=last / first,
                goal=f"x{_SLOWER_GOAL}",
                met=bool(last < first * _SLOWER_GOAL or (last - first) * 1e3 < _TIMER_MS),
            )
        )
    return figures
