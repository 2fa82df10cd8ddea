# SPDX-License-Identifier: GPL-3.0-only
"""Notices that the computer slept: a clock that counts sleep has run on, one that does not has stood still.

Setting the time of day moves neither, so it is never taken for sleep. Runs in: GUI thread.
"""

from __future__ import annotations

import ctypes
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mtleak_gui.core import wording
from mtleak_gui.core.contracts import Clock
from mtleak_gui.core.records import RawEvent

LOOK_EVERY_MS = 2_000
SHORTEST_S = 3.0
"""Less is not worth a word: the two clocks are read one after the other."""

Seconds = Callable[[], float]


class HostClocks(NamedTuple):
    """Seconds that go on while the computer sleeps, and seconds that do not."""

    always: Seconds
    awake: Seconds


def host_clocks(platform: str = sys.platform) -> HostClocks | None:
    """Return the clocks of this system, ``None`` where it has no such pair."""
    if platform == "win32":
        return HostClocks(time.monotonic, _windows_awake_s)
    if platform == "darwin":
        # Python's own monotonic clock stands still during sleep there, the system's of that name does not.
        return HostClocks(lambda: time.clock_gettime(time.CLOCK_MONOTONIC), time.monotonic)
    boot_time: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    if boot_time is None:
        return None
    return HostClocks(lambda: time.clock_gettime(boot_time), time.monotonic)


class HostSleepWatch(QObject):
    """Says ``slept`` once after each sleep, with the ``host_sleep`` event to be recorded."""

    slept = Signal(RawEvent)

    def __init__(self, clock: Clock, clocks: HostClocks | None, parent: QObject | None = None) -> None:
        """``clock`` gives the time of the event; without ``clocks`` nothing is ever noticed."""
        super().__init__(parent)
        self._clock = clock
        self._clocks = clocks
        self._ahead = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to watch."""
        if self._clocks is not None:
            self._ahead = self._clocks.always() - self._clocks.awake()
            self._timer.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()

    @Slot()
    def look(self) -> None:
        """Compare the clocks now."""
        if self._clocks is None:
            return
        ahead = self._clocks.always() - self._clocks.awake()
        asleep, self._ahead = ahead - self._ahead, ahead
        if asleep >= SHORTEST_S:
            note = f"the computer slept for {wording.span(asleep)}"
            self.slept.emit(RawEvent(self._clock.wall(), "host_sleep", None, note, data={"slept_s": round(asleep, 1)}))


def _windows_awake_s() -> float:
    ticks = ctypes.c_ulonglong()
    # Typed as Any: ctypes has ``windll`` on Windows only.
    kernel: ctypes.CDLL = getattr(ctypes, "windll").kernel32  # noqa: B009 - mypy knows no windll elsewhere
    kernel.QueryUnbiasedInterruptTime(ctypes.byref(ticks))
    return ticks.value / 1e7
