# SPDX-License-Identifier: GPL-3.0-only
"""How long after the return of a board the first of what it says stands in the file, for each way to lose it.

After a restart its introduction counts, which it gives when it is asked again. Under an open port its boot text stands
in the file at once, and it is asked when no more of that comes.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop

from mtleak_gui.engine.query_runner import QueryRunner
from tests.benchmarks.figures import Figure
from tests.engine.bench_kit import Watched, places_in
from tests.hostile.chatter import chatting
from tests.hostile.faults import faults_of_pty, faults_of_tcp, long_absences, pass_time
from tests.hostile.heard_board import Way, new_board, rows_of
from tests.hostile.pty_way import on_pty
from tests.hostile.tcp_way import TcpWay, on_tcp

GOAL_S = 2.0
PATIENCE_S = 60.0
ROUNDS = 3
SENDER = 0x11111111


def run() -> list[Figure]:
    """Break and mend each way; the slowest of some rounds counts."""
    application = QCoreApplication.instance() or QCoreApplication([])
    times: dict[str, list[float]] = {}
    for turn in range(ROUNDS):
        for kind in ("serial", "tcp"):
            number, more = 0, True
            while more:
                name, seconds, more = _time(application, kind, number, long=turn == 0)
                times.setdefault(f"{kind}: {name}", []).append(seconds)
                number += 1
    return [
        Figure(name, f"{max(each):.2f} s", goal=f"{GOAL_S:.0f} s", met=max(each) <= GOAL_S)
        for name, each in times.items()
    ]


def _time(application: QCoreApplication, kind: str, number: int, *, long: bool) -> tuple[str, float, bool]:
    """Return the fault's name, the seconds from the board's return to its next row, and whether there are more."""
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        way: Way
        if kind == "tcp":
            way = held.enter_context(on_tcp(new_board()))
        else:
            way = held.enter_context(on_pty(new_board(), folder / "ttyUSB0"))
        chatter = held.enter_context(chatting(way.tap, "one", SENDER, lines=kind == "serial"))
        queries = QueryRunner()
        held.callback(queries.stop)
        watched = Watched(places_in(folder), queries)
        held.callback(_close, application, watched)
        watched.bench.connect_board(way.address)

        def packets() -> list[dict[str, Any]]:
            rows = rows_of(watched.places.default_recording, "packets")
            return [row for row in rows if row["from_node"] in (SENDER, f"!{SENDER:08x}")]

        def introductions() -> list[float]:
            rows = rows_of(watched.places.default_recording, "events")
            return [row["ts"] for row in rows if row["kind"] == "device_info"]

        def is_live() -> bool:
            session = watched.bench.session(way.port)
            return session is not None and session.link.phase == "live"

        _until(application, lambda: is_live() and bool(packets()))
        faults = faults_of_tcp(way) if isinstance(way, TcpWay) else faults_of_pty(way)
        faults += long_absences(way) if long else []
        fault = faults[number]
        fault.strike()
        if fault.is_loss and fault.gone_s:
            _until(application, lambda: not is_live())
        pass_time(fault.gone_s, lambda seconds: _live(application, seconds))
        said, returned = chatter.number, time.time()
        fault.heal()
        _until(application, lambda: any(row["id"] > said + 1 for row in packets()[-1:]))
        first = next(row["ts"] for row in packets() if row["id"] > said + 1)
        if fault.is_restart:  # the line goes on talking; it is the board's own answer that tells
            _until(application, lambda: introductions()[-1] > returned)
            first = introductions()[-1]
        return fault.name, max(0.0, first - returned), number + 1 < len(faults)


def _until(application: QCoreApplication, holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError("the board was not heard again")
        _live(application, 0.01)


def _live(application: QCoreApplication, seconds: float) -> None:
    application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents)
    time.sleep(min(seconds, 0.01))


def _close(application: QCoreApplication, watched: Watched) -> None:
    closed: list[bool] = []
    watched.bench.close(lambda: closed.append(True))
    _until(application, lambda: bool(closed))
