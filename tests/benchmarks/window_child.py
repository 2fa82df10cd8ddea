# SPDX-License-Identifier: GPL-3.0-only
"""The real program, timed from inside; prints what it found as JSON. Started by ``bench_window``: WHAT STARTED [MORE].

``start``: when the window was shown and when it was ready. ``demo``: memory once the demo runs. ``flood PTY SECONDS``:
a console that says thousands of lines a second, with the pages shown in turn.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from mtleak_gui.app import program
from mtleak_gui.app.application import Application

_SETTLE_MS = 6_000
_PAGES = ("logbook", "heap", "overview")


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
        application.ready.connect({"start": self._wait_for_pages, "demo": self._watch_demo, "flood": self._flood}[what])

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

    def _settled(self) -> None:
        engine = self._application.engine
        assert engine is not None
        self._found["resident_mb"] = _resident_mb(os.getpid())
        child = engine.queries.process_id
        self._found["child_mb"] = 0.0 if child is None else _resident_mb(child)
        self._end()

    def _flood(self) -> None:
        from mtleak_gui.core.addresses import SerialAddress
        from tests.ui.stall_watch import StallWatch

        engine, window = self._application.engine, self._application.window
        assert engine is not None
        bench, seconds = engine.bench, float(self._more[1])
        taken = {"lines": 0, "withheld": 0}

        def take(batch: object) -> None:
            taken["lines"] += len(batch.lines)  # type: ignore[attr-defined]  # a Batch
            taken["withheld"] += batch.withheld  # type: ignore[attr-defined]  # a Batch

        bench.batch_taken.connect(take)
        # The pages that are made ahead are no part of the flood.
        begin = QTimer(self)
        begin.setSingleShot(True)
        watch = StallWatch(50.0)

        def connect() -> None:
            bench.connect_board(SerialAddress(self._more[0]), "console")
            listening.start(50)

        def look() -> None:
            session = bench.session(self._more[0])
            if session is not None and session.link.phase == "live":
                listening.stop()
                started()

        def started() -> None:
            Path(os.environ["BENCH_RESULT"]).with_name("listening").touch()
            watch.__enter__()
            for number, key in enumerate(_PAGES):
                at = int(seconds * 1000 * number / len(_PAGES))
                QTimer.singleShot(at, lambda key=key: window.show_page(key))  # bound early
            QTimer.singleShot(int(seconds * 1000), ended)

        def ended() -> None:
            watch.__exit__(None, None, None)
            self._found |= taken
            self._found["rows_lost"] = bench.recorder.rows_lost
            self._found["longest_stall_ms"] = watch.longest_ms
            self._found["longest_work_ms"] = watch.longest_own_ms
            self._found["stalls"] = [(round(stall.ms), round(stall.own_ms), stall.doing) for stall in watch.stalls]
            self._found["resident_mb"] = _resident_mb(os.getpid())
            self._found["folder"] = str(bench.folder)
            self._end()

        listening = QTimer(self)
        listening.timeout.connect(look)
        begin.timeout.connect(connect)
        begin.start(3_000)

    def _end(self) -> None:
        Path(os.environ["BENCH_RESULT"]).write_text(json.dumps(self._found))
        self._application.quit()


def main(what: str, started: str, *more: str) -> int:
    """Run the program and look at it."""
    run = Application.begin

    def begin(application: Application) -> None:
        Observer(application, what, float(started), list(more))
        run(application)

    # The one place where everything is built and nothing is shown yet.
    vars(program)["Application"] = type("Observed", (Application,), {"begin": begin})
    return program.run_window(["--demo"] if what == "demo" else [])


def _resident_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
