# SPDX-License-Identifier: GPL-3.0-only
"""The real program under a flood, looked at from inside; writes what it found as JSON. Run by ``flooding``: PLAN.

PLAN is a JSON object: ``boards`` [[address, capture], ...], ``pages`` to be shown in turn, ``page_s`` each,
``settle_s`` of rest at the end. It touches ``listening`` when all boards are heard, goes on until ``fed`` tells how
many lines or packets were sent and all have come, then rests.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import time
from pathlib import Path
from typing import Any, cast

from PySide6.QtCore import QObject, QTimer

from mtleak_gui.app.application import Application
from mtleak_gui.core.addresses import parse_address
from mtleak_gui.core.records import Batch
from mtleak_gui.ui.page_table import PAGES
from tests.benchmarks.window_child import resident_mb, run_observed
from tests.endurance.held_memory import held_mb, peak_mb, start_peak
from tests.ui.stall_watch import StallWatch

_LIMIT_MS = 50.0
_LOOK_MS = 50
_LONGEST_CATCHING_UP_S = 300.0
_WARM_MS = 700
_QUIET_MS = 2_000


class FloodObserver(QObject):
    """Goes from step to step by timers on the GUI thread, as everything does that the tester does."""

    def __init__(self, application: Application, plan: dict[str, Any]) -> None:
        super().__init__(application)
        self._application, self._plan = application, plan
        self._home = Path(os.environ["BENCH_RESULT"]).parent
        self._found: dict[str, Any] = {}
        self._taken = {"lines": 0, "packets": 0, "withheld": 0, "batches": 0}
        self._watch = StallWatch(_LIMIT_MS)
        self._pages = list(plan["pages"])
        self._shown = 0
        self._fed_at = 0.0
        self._look = QTimer(self, interval=_LOOK_MS)
        self._turn = QTimer(self, interval=int(plan["page_s"] * 1000))
        self._turn.timeout.connect(self._show_next)
        application.ready.connect(self._begin)

    def _begin(self) -> None:
        assert self._application.engine is not None
        self._bench = self._application.engine.bench
        self._bench.batch_taken.connect(self._take)
        self._warm(4 * [*self._pages])

    def _warm(self, pages: list[str]) -> None:
        """Show each page some times before anything is measured: what it needs once is no part of a flood."""
        made = all(self._application.window.page(entry.key) is not None for entry in PAGES)
        if made and not pages:
            self._connect()
            return
        if made:
            self._show(pages.pop())
        QTimer.singleShot(_WARM_MS, self, lambda: self._warm(pages))

    def _connect(self) -> None:
        self._addresses = [parse_address(address) for address, _ in self._plan["boards"]]
        for address, (_, capture) in zip(self._addresses, self._plan["boards"], strict=True):
            self._bench.connect_board(address, capture)
        self._look.timeout.connect(self._wait_for_links)
        self._look.start()

    def _wait_for_links(self) -> None:
        sessions = [self._bench.session(address.port) for address in self._addresses]
        if all(session is not None and session.link.phase == "live" for session in sessions):
            self._look.timeout.disconnect(self._wait_for_links)
            QTimer.singleShot(_QUIET_MS, self, self._start)

    def _start(self) -> None:
        gc.collect()
        start_peak()
        self._found["before_mb"] = resident_mb(os.getpid())
        self._found["held_before"] = held_mb()
        self._cpu = time.process_time(), time.perf_counter()
        self._watch.__enter__()
        self._show_next()
        self._turn.start()
        (self._home / "listening").touch()
        self._look.timeout.connect(self._wait_for_end)

    def _wait_for_end(self) -> None:
        fed = self._home / "fed"
        if not fed.exists() or not (sent := fed.read_text()):
            return
        self._fed_at = self._fed_at or time.perf_counter()
        came = self._taken["lines"] + self._taken["packets"] + self._taken["withheld"]
        late_s = time.perf_counter() - self._fed_at
        if came >= int(sent) or late_s > _LONGEST_CATCHING_UP_S:
            self._look.stop()
            self._turn.stop()
            self._end_of_flood(late_s)

    def _end_of_flood(self, late_s: float) -> None:
        self._watch.__exit__(None, None, None)
        cpu_s, wall_s = time.process_time() - self._cpu[0], time.perf_counter() - self._cpu[1]
        self._found |= self._taken | {
            "caught_up_s": late_s,
            "cpu_share": cpu_s / wall_s,
            "rows_lost": self._bench.recorder.rows_lost,
            "longest_stall_ms": self._watch.longest_ms,
            "longest_work_ms": self._watch.longest_own_ms,
            "stalls": [(round(one.ms), round(one.own_ms), one.doing) for one in self._watch.stalls],
            "peak_mb": peak_mb(),
            "folder": str(self._bench.folder),
        }
        QTimer.singleShot(int(self._plan["settle_s"] * 1000), self, self._settled)

    def _settled(self) -> None:
        self._found["after_mb"] = resident_mb(os.getpid())
        gc.collect()
        # What the C library keeps for itself is not held by us.
        ctypes.CDLL(None).malloc_trim(0)
        self._found["trimmed_mb"] = resident_mb(os.getpid())
        self._found["held_after"] = held_mb()
        (self._home / "result.json").write_text(json.dumps(self._found))
        self._application.quit()

    def _take(self, batch: Batch) -> None:
        self._taken["lines"] += len(batch.lines)
        self._taken["packets"] += batch.packets
        self._taken["withheld"] += batch.withheld
        self._taken["batches"] += 1

    def _show_next(self) -> None:
        self._show(self._pages[self._shown % len(self._pages)])
        self._shown += 1

    def _show(self, name: str) -> None:
        """Show a page, of the logbook the tab behind the colon."""
        key, _, tab = name.partition(":")
        self._application.window.show_page(key)
        if key == "logbook":
            cast("Any", self._application.window.page(key)).restore_view({"stream": tab or "logs"})


def main(plan: str) -> int:
    """Run the program and look at it."""
    return run_observed(lambda application: FloodObserver(application, json.loads(plan)))
