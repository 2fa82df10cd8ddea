# SPDX-License-Identifier: GPL-3.0-only
"""The real window under a load from outside, looked at from inside: ``main(WHAT, FOLDER, ADDRESS ...)``.

Connects the consoles (``pty`` paths) or sessions (``api:`` before the path), then makes ``FOLDER/listening``; shows its
pages in turn, and with ``WHAT`` = ``day`` does what a busy tester does; ends when ``FOLDER/over`` is there.
Memory (MB), threads and open files are noted each second, how long the window did not answer all the time, and what it
holds to be shown when ``FOLDER/warm`` appears and at the end.
"""

from __future__ import annotations

import json
import os
import threading
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from mtleak_gui.app import program
from mtleak_gui.app.application import Application
from mtleak_gui.app.engine_parts import EngineParts
from mtleak_gui.core.addresses import SerialAddress
from tests.endurance.busy_tester import BusyTester
from tests.endurance.held_memory import held_mb
from tests.ui.stall_watch import StallWatch

_PAGES = ("overview", "heap", "logbook")
_PAGE_MS = 4_000
_LOOK_MS = 50
_NOTE_MS = 1_000
_STALL_MS = 100.0
_BEGIN_MS = 3_000


class Observer(QObject):
    """Looks at one run of the program and ends it."""

    def __init__(self, application: Application, what: str, folder: Path, addresses: list[str]) -> None:
        super().__init__(application)
        self._application, self._what, self._folder, self._addresses = application, what, folder, addresses
        self._notes: list[tuple[float, float, float, int, int]] = []
        self._watch = StallWatch(_STALL_MS)
        self._page = 0
        self._tester: BusyTester | None = None
        self._lines = self._withheld = 0
        self._told: list[str] = []
        self._held: list[dict[str, float]] = []
        self._timers: list[QTimer] = []
        application.ready.connect(lambda: QTimer.singleShot(_BEGIN_MS, self._begin))

    @property
    def _engine(self) -> EngineParts:
        engine = self._application.engine
        assert engine is not None
        return engine

    def _begin(self) -> None:
        bench = self._engine.bench
        bench.batch_taken.connect(self._take)
        bench.told.connect(lambda notice: self._told.append(f"{notice.text} {notice.detail or ''}"))
        for address in self._addresses:
            bench.connect_board(SerialAddress(_path(address)), "api" if address.startswith("api:") else "console")
        self._each(_LOOK_MS, self._look_for_boards)

    def _take(self, batch: object) -> None:
        self._lines += len(batch.lines)  # type: ignore[attr-defined]  # a Batch
        self._withheld += batch.withheld  # type: ignore[attr-defined]  # a Batch

    def _each(self, ms: int, act: object) -> None:
        timer = QTimer(self)
        timer.timeout.connect(act)
        timer.start(ms)
        self._timers.append(timer)

    def _look_for_boards(self) -> None:
        sessions = [self._engine.bench.session(_path(address)) for address in self._addresses]
        if any(session is None or session.link.phase != "live" for session in sessions):
            return
        self._stop_timers()
        (self._folder / "listening").touch()
        self._watch.__enter__()
        self._each(_NOTE_MS, self._note)
        self._each(_LOOK_MS, self._look_for_end)
        if self._what == "day":
            self._tester = BusyTester(self._application, self)
        else:
            self._each(_PAGE_MS, self._turn_page)

    def _turn_page(self) -> None:
        self._page += 1
        self._application.window.show_page(_PAGES[self._page % len(_PAGES)])

    def _note(self) -> None:
        child = self._engine.queries.process_id
        files = sum(1 for _ in Path("/proc/self/fd").iterdir())
        theirs = 0.0 if child is None else resident_mb(child)
        self._notes.append((time.time(), resident_mb(os.getpid()), theirs, threading.active_count(), files))

    def _look_for_end(self) -> None:
        if not self._held and (self._folder / "warm").exists():
            self._held.append(held_mb())
        if not (self._folder / "over").exists():
            return
        self._stop_timers()
        self._watch.__exit__(None, None, None)
        bench = self._engine.bench
        found: dict[str, object] = {
            "lines": self._lines,
            "withheld": self._withheld,
            "rows_lost": bench.recorder.rows_lost,
            "longest_stall_ms": self._watch.longest_ms,
            "longest_work_ms": self._watch.longest_own_ms,
            "stalls": [(round(stall.ms), round(stall.own_ms), stall.doing) for stall in self._watch.stalls],
            "notes": self._notes,
            "held": [*self._held, held_mb()],
            "told": self._told,
            "folder": str(bench.folder),
            "done": {} if self._tester is None else self._tester.done,
        }
        Path(os.environ["BENCH_RESULT"]).write_text(json.dumps(found))
        self._application.quit()

    def _stop_timers(self) -> None:
        for timer in self._timers:
            timer.stop()
        self._timers.clear()
        if self._tester is not None:
            self._tester.stop()


def main(what: str, folder: str, *addresses: str) -> int:
    """Run the program and look at it."""
    run = Application.begin

    def begin(application: Application) -> None:
        Observer(application, what, Path(folder), list(addresses))
        run(application)

    # The one place where everything is built and nothing is shown yet.
    vars(program)["Application"] = type("Watched", (Application,), {"begin": begin})
    return program.run_window([])


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process in MB, 0 when it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)


def _path(address: str) -> str:
    return address.removeprefix("api:")
