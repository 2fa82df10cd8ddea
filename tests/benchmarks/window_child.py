# SPDX-License-Identifier: GPL-3.0-only
"""The real program, timed from inside; writes what it found as JSON. Run by ``bench_window``: WHAT STARTED [MORE].

``start``: when the window was shown and when it was ready. ``demo``: memory once the demo runs. ``click SECONDS``: the
demo wished for so long after the window was ready.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from mtleak_gui.app import program
from mtleak_gui.app.application import Application

_SETTLE_MS = 6_000


class Observer(QObject):
    """Looks at one run of the program and ends it."""

    def __init__(self, application: Application, what: str, started: float, more: list[str]) -> None:
        super().__init__(application)
        self._application = application
        self._started = started
        self._more = more
        self._found: dict[str, object] = {}
        # Before the slot that loads the rest, which was connected first.
        shown = application.window.first_painted
        shown.disconnect(application._load)
        shown.connect(lambda: self._note("shown_s"))
        shown.connect(application._load)
        application.ready.connect(lambda: self._note("ready_s"))
        acts = {
            "start": self._wait_for_pages,
            "demo": self._watch_demo,
            "click": self._click_later,
        }
        application.ready.connect(acts[what])

    def _note(self, name: str) -> None:
        self._found[name] = time.monotonic() - self._started

    def _wait_for_pages(self) -> None:
        """End when all pages were made ahead."""
        made = self._application.window
        look = QTimer(self)

        def looked() -> None:
            if all(made.page(key) is not None for key in ("overview", "heap", "logbook", "reports", "settings")):
                look.stop()
                self._note("pages_s")
                self._end()

        look.timeout.connect(looked)
        look.start(5)

    def _watch_demo(self) -> None:
        engine = self._application.engine
        assert engine is not None
        engine.bench.past_loaded.connect(lambda _past: self._note("demo_s"))
        engine.bench.past_loaded.connect(lambda _past: QTimer.singleShot(_SETTLE_MS, self._settled))

    def _click_later(self) -> None:
        QTimer.singleShot(int(float(self._more[0]) * 1000), self._click)

    def _click(self) -> None:
        engine = self._application.engine
        assert engine is not None
        bench = engine.bench
        bench.past_loaded.connect(lambda _past: self._note("demo_s"))
        self._note("click_s")
        bench.start_demo()
        look = QTimer(self)

        def looked() -> None:
            session = bench.current
            if session is not None and session.link.phase == "live":
                self._found.setdefault("live_s", time.monotonic() - self._started)
            if {"live_s", "demo_s"} <= self._found.keys():
                look.stop()
                self._end()

        look.timeout.connect(looked)
        look.start(5)

    def _settled(self) -> None:
        engine = self._application.engine
        assert engine is not None
        self._found["resident_mb"] = resident_mb(os.getpid())
        child = engine.queries.process_id
        self._found["child_mb"] = 0.0 if child is None else resident_mb(child)
        self._end()

    def _end(self) -> None:
        Path(os.environ["BENCH_RESULT"]).write_text(json.dumps(self._found))
        self._application.quit()


def main(what: str, started: str, *more: str) -> int:
    """Run the program and look at it."""
    return run_observed(
        lambda application: Observer(application, what, float(started), list(more)),
        ["--demo"] if what == "demo" else [],
    )


def run_observed(observe: Callable[[Application], object], arguments: Sequence[str] = ()) -> int:
    """Run the real program; ``observe`` is called when everything is built and nothing is shown yet."""
    run = Application.begin

    def begin(application: Application) -> None:
        observe(application)
        run(application)

    # The one place where everything is built and nothing is shown yet.
    vars(program)["Application"] = type("Observed", (Application,), {"begin": begin})
    return program.run_window(arguments)


def resident_mb(pid: int) -> float:
    """Return the resident memory of a process."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0
