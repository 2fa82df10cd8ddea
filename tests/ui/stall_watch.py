# SPDX-License-Identifier: GPL-3.0-only
"""Finds out when the GUI thread does not answer, and what it was doing instead: for tests and benchmarks.

A timer beats on the GUI thread; a watching thread looks at its stack while a beat is late.
"""

from __future__ import annotations

import faulthandler
import tempfile
import threading
import time
from types import TracebackType
from typing import IO, NamedTuple, Self

from PySide6.QtCore import QObject, Qt, QTimer, Slot

_BEAT_MS = 5
_LOOK_S = 0.005


class Stall(NamedTuple):
    """The GUI thread did not answer for ``ms`` milliseconds, of which it worked ``own_ms``; the rest it had to wait.

    ``doing`` is its stack meanwhile, empty where that was not seen.
    """

    ms: float
    own_ms: float
    doing: str


class StallWatch(QObject):
    """``with StallWatch(limit_ms=50) as watch:`` around what is looked at; its event loop must run meanwhile.

    Time in which the test itself runs outside of the event loop counts too: wait with ``qtbot``, not in a loop.
    """

    def __init__(self, limit_ms: float = 50.0) -> None:
        super().__init__()
        self._limit_ms = limit_ms
        self._gui_thread = threading.get_ident()
        self._last_beat = self._last_work = 0.0
        self._doing = ""
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, name="stall watch", daemon=True)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self.longest_ms = 0.0
        """The longest time without an answer, however short."""
        self.longest_own_ms = 0.0
        """The most that the thread itself worked between two answers: no other program can add to it."""
        self.stalls: list[Stall] = []
        """Those beyond the limit, in their order."""

    @property
    def report(self) -> str:
        """The stalls as text, for the message of a failed test."""
        told = [
            f"{stall.ms:.0f} ms ({stall.own_ms:.0f} of its own) in\n{stall.doing or '(not seen)'}"
            for stall in self.stalls
        ]
        return f"longest {self.longest_ms:.0f} ms; over {self._limit_ms:.0f} ms: {len(told)}\n" + "\n".join(told)

    def __enter__(self) -> Self:
        self._last_beat, self._last_work = time.perf_counter(), time.thread_time()
        self._timer.start(_BEAT_MS)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._beat()
        self._timer.stop()
        self._ended.set()
        self._thread.join()

    @Slot()
    def _beat(self) -> None:
        now, work = time.perf_counter(), time.thread_time()
        late_ms, own_ms = (now - self._last_beat) * 1000 - _BEAT_MS, (work - self._last_work) * 1000
        self._last_beat, self._last_work = now, work
        self.longest_ms = max(self.longest_ms, late_ms)
        self.longest_own_ms = max(self.longest_own_ms, own_ms)
        if late_ms > self._limit_ms:
            self.stalls.append(Stall(late_ms, own_ms, self._doing))
        self._doing = ""

    def _look(self) -> None:
        with tempfile.TemporaryFile() as file:
            while not self._ended.wait(_LOOK_S):
                beat = self._last_beat
                if (time.perf_counter() - beat) * 1000 - _BEAT_MS > self._limit_ms / 2 and not self._doing:
                    doing = self._stack(file)
                    if beat == self._last_beat:
                        self._doing = doing

    def _stack(self, file: IO[bytes]) -> str:
        """Return the stack of the GUI thread.

        Written by ``faulthandler``, because whoever holds a frame keeps its locals alive: a painter that outlives its
        paint event brings Qt down.
        """
        file.seek(0)
        file.truncate()
        faulthandler.dump_traceback(file)
        file.seek(0)
        threads = file.read().decode("utf-8", "replace").split("\n\n")
        return next((stack for stack in threads if f"0x{self._gui_thread:016x}" in stack), "")
