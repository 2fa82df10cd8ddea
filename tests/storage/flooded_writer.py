# SPDX-License-Identifier: GPL-3.0-only
"""A process that records a flood of numbered rows in four streams until it is killed, or closes, or only mends.

``python -m tests.storage.flooded_writer DIR FIRST PART_BYTES KEPT SECONDS POINT TIMES DELAY`` records from number
``FIRST`` on at ``ROWS_S``, and closes after ``SECONDS``; with 0 of them it opens, starts and closes. ``POINT`` is
empty, one of ``kill_points.ALL``, or ``open`` or ``close`` for ``DELAY`` seconds after that began. To standard output
go ``arrived N AT`` before rows up to number N are handed over, ``handed N AT`` after that, ``closing``, ``killed``.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from mtleak_gui.core.records import StreamName
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.rotation_limits import RotationLimits
from tests.storage.kill_points import ALL, die_after, die_at
from tests.storage.rows_on_disk import NUMBERED

ROWS_S = 20_000
_BATCH = 100
_SHARES: dict[StreamName, int] = {"logs": 14, "packets": 3, "telemetry": 2, "events": 1}
_MIX = [stream for stream, share in _SHARES.items() for _ in range(share)]


@dataclass(frozen=True, slots=True)
class Flood:
    """What such a process is told to do."""

    folder: Path
    first: int
    limits: RotationLimits
    seconds: float
    point: str = ""
    times: int = 1
    delay_s: float = 0.0

    def words(self) -> list[str]:
        """Return it as the words of a command."""
        numbers = (self.first, self.limits.part_bytes, self.limits.archives_kept, self.seconds)
        return [str(self.folder), *map(str, numbers), self.point, str(self.times), str(self.delay_s)]


def stream_of(number: int) -> StreamName:
    """Return the stream that the row of a number goes to."""
    return _MIX[number % len(_MIX)]


def flood_of(words: list[str]) -> Flood:
    """Return what the words of a command say."""
    folder, first, part_bytes, kept, seconds, point, times, delay = words
    limits = RotationLimits(part_bytes=int(part_bytes), archives_kept=int(kept), reserve_bytes=0)
    return Flood(Path(folder), int(first), limits, float(seconds), point, int(times), float(delay))


def record(flood: Flood) -> None:
    """Do what is told, and say how far it is."""
    if flood.point in ALL:
        die_at(ALL[flood.point], flood.times, flood.delay_s)
    if flood.point == "open":
        die_after(flood.delay_s)
    recording = Recording.open(flood.folder, limits=flood.limits)
    recording.start()
    number, begun = flood.first, time.monotonic()
    while (due := begun + (number - flood.first) / ROWS_S) < begun + flood.seconds:
        time.sleep(max(0.0, due - time.monotonic()))
        now = time.time()
        last = number + _BATCH - 1
        say("arrived", last)
        recording.append([NUMBERED[stream_of(one)](now, one) for one in range(number, last + 1)])
        say("handed", last)
        number = last + 1
    say("closing", 0)
    if flood.point == "close":
        die_after(flood.delay_s)
    recording.close()


def say(word: str, number: int) -> None:
    """Tell whoever listens, at once."""
    os.write(1, f"{word} {number} {time.time()}\n".encode())


if __name__ == "__main__":
    record(flood_of(sys.argv[1:]))
