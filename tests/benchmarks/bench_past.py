# SPDX-License-Identifier: GPL-3.0-only
"""Opening a recording of three days: 168,000 samples and 520,000 log rows, of which the newest 200,000 are shown.

The peer has nothing that reads a recording whole; its time is that of its own queries for the same samples and rows.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import SimpleNamespace

from meshtastic_mcp import log_query
from meshtastic_mcp.recorder import recorder as peer_recorder
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject

from mtleak_gui.core.past import Past
from mtleak_gui.core.series_key import FREE_HEAP
from mtleak_gui.engine.query_jobs import LoadPastJob
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.storage.past_reader import PastReader
from tests.benchmarks.figures import Figure
from tests.benchmarks.past_folder import END, FOLDER, SAMPLES, past_folder
from tests.ui.stall_watch import StallWatch

_ROWS = 200_000
_GOAL_S = 2.0
_GOAL_STALL_MS = 50.0
_TIMES = 3


def run() -> list[Figure]:
    """Return the figures."""
    past_folder()
    whole = _best(lambda: _read(_ROWS))
    figures = [
        Figure(f"open it with {_ROWS:,} log rows", f"{whole:.2f} s", goal=f"{_GOAL_S:g} s", met=whole < _GOAL_S),
        Figure("open it without log rows", f"{_best(lambda: _read(0)) * 1000:.0f} ms"),
    ]
    older = _best(_older)
    figures.append(Figure("50,000 older log rows", f"{older:.2f} s"))
    return [*figures, *_through_the_process(), _peers(whole)]


def _best(work: Callable[[], object]) -> float:
    times = []
    for _ in range(_TIMES):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def _read(rows: int) -> Past:
    past = PastReader(FOLDER).read(rows, lambda _share, _words: None)
    if len(past.logs) != rows or len(past.ports[0].series[FREE_HEAP].ts) != SAMPLES * 39 // 40:
        raise AssertionError(f"{len(past.logs)} rows, {len(past.ports[0].series[FREE_HEAP].ts)} samples")
    return past


def _older() -> None:
    reader = PastReader(FOLDER)
    reader.logs_before(1_777_900_000.0, 0, 50_000, lambda _share, _words: None)


def _through_the_process() -> list[Figure]:
    """Measure the road of the window: asked of the query process, taken on the GUI thread."""
    application = QCoreApplication.instance() or QCoreApplication([])
    sys.setswitchinterval(0.0005)
    runner, asker, loop = QueryRunner(), QObject(application), QEventLoop()
    took = stalled = float("inf")
    for _ in range(_TIMES):
        with StallWatch(20.0) as watch:
            began = time.perf_counter()
            answering = runner.ask(LoadPastJob(FOLDER, _ROWS), asker)
            answering.done.connect(loop.quit)
            answering.failed.connect(loop.quit)
            loop.exec()
            took = min(took, time.perf_counter() - began)
        stalled = min(stalled, watch.longest_ms)
    runner.stop()
    return [
        Figure("the same by the query process", f"{took:.2f} s"),
        Figure(
            "longest stall of the GUI thread meanwhile",
            f"{stalled:.1f} ms",
            goal=f"{_GOAL_STALL_MS:g} ms",
            met=stalled < _GOAL_STALL_MS,
        ),
    ]


def _peers(ours: float) -> Figure:
    """Ask the peer for the same samples and rows: its timeline of the heap, and its newest rows."""
    peer_recorder._INSTANCE = peer_recorder.Recorder(base_dir=FOLDER)
    vars(log_query)["time"] = SimpleNamespace(time=lambda: END)
    began = time.perf_counter()
    timeline = log_query.telemetry_timeline(window="3d", field="heap_free_bytes", max_points=2_000)
    rows = log_query.logs_window(start="-3d", end="now", max_lines=_ROWS)
    peer = time.perf_counter() - began
    if timeline["samples"] != SAMPLES * 39 // 40 or len(rows["lines"]) != _ROWS:
        raise AssertionError(f"the peer found {timeline['samples']} samples, {len(rows['lines'])} rows")
    return Figure("the peer's queries for as much", f"{ours:.2f} s", f"{peer:.2f} s", peer / ours)
