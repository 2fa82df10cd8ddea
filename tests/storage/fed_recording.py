# SPDX-License-Identifier: GPL-3.0-only
"""A recording that is fed numbered rows at a steady pace on a thread of its own, and what became of each."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.rotation_limits import RotationLimits
from mtleak_gui.storage.system_clock import SystemClock
from tests.storage.rows_on_disk import log_row, rows_of

EACH_S = 0.01
_TEXT = "x" * 150


class Account(NamedTuple):
    """Where the rows are that were handed over."""

    given: int
    written: int
    doubled: int
    refused: int
    dropped: int
    """Counted and told as such."""

    @property
    def unaccounted(self) -> int:
        """Rows of which nobody knows."""
        return self.given - self.written - self.refused - self.dropped


class FedRecording:
    """``news`` is what was told, sentence or ``None``, in order; ``slowest_s`` the longest that handing over took."""

    def __init__(self, folder: Path, limits: RotationLimits, rows_per_s: int) -> None:
        self.folder = folder
        self.news: list[str | None] = []
        self.given = self.refused = 0
        self.slowest_s = 0.0
        self._batch = max(1, round(rows_per_s * EACH_S))
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._feed, name="feeder")
        self.recording = Recording.open(folder, limits=limits, on_trouble=self.news.append)
        self.recording.start()
        self._clock = SystemClock()
        self._thread.start()

    def wait_until_told(self, words: str | None, patience_s: float = 20.0) -> None:
        """Wait until the newest news is such a sentence, or ``None`` for the end of trouble."""
        deadline = time.monotonic() + patience_s
        while not (self.news and self._is(self.news[-1], words)):
            assert time.monotonic() < deadline, f"{words!r} was never told: {self.news}"
            time.sleep(0.01)

    def wait_for_rows(self, more: int, patience_s: float = 20.0) -> None:
        """Wait until so many rows more were handed over."""
        enough, deadline = self.given + more, time.monotonic() + patience_s
        while self.given < enough:
            assert time.monotonic() < deadline, f"only {self.given:,} of {enough:,} rows were handed over"
            time.sleep(0.01)

    def end(self) -> float:
        """Feed no more and close; return how long closing took in s."""
        self._ending.set()
        self._thread.join()
        began = time.monotonic()
        self.recording.close()
        return time.monotonic() - began

    def account(self, *elsewhere: Path) -> Account:
        """Count after the end. ``elsewhere``: folders that hold rows of it too."""
        numbers = [
            row["uptime_s"]
            for folder in (self.folder, *elsewhere)
            for row in rows_of(folder, "logs")
            if row["role"] == "serial"
        ]
        written = len(set(numbers))
        return Account(self.given, written, len(numbers) - written, self.refused, self.recording.status().rows_dropped)

    @staticmethod
    def _is(news: str | None, words: str | None) -> bool:
        return news is None if words is None else news is not None and words in news

    def _feed(self) -> None:
        due = time.monotonic()
        while not self._ending.is_set():
            now = self._clock.wall()
            rows = [log_row(now, self.given + number, _TEXT) for number in range(self._batch)]
            began = time.monotonic()
            taken = self.recording.append(rows)
            self.slowest_s = max(self.slowest_s, time.monotonic() - began)
            self.given += len(rows)
            self.refused += 0 if taken else len(rows)
            due += EACH_S
            time.sleep(max(0.0, due - time.monotonic()))


@contextmanager
def fed_recording(folder: Path, limits: RotationLimits, rows_per_s: int = 2_000) -> Iterator[FedRecording]:
    """Record into a folder until the block ends, closed or not."""
    fed = FedRecording(folder, limits, rows_per_s)
    try:
        yield fed
    finally:
        fed.end()
