# SPDX-License-Identifier: GPL-3.0-only
"""The longest wait of a producer while 100 MB are rolled over, and the processor time that the archive takes."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import NamedTuple

from meshtastic_mcp.recorder.rotating import _RotatingJsonl

from mtleak_gui.core.records import StreamName
from mtleak_gui.core.rows import Row
from mtleak_gui.storage.compression import archive_part
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.rotation_limits import RotationLimits
from tests.benchmarks.figures import Figure

PART_BYTES = 100 * 1024 * 1024
ROTATIONS = 5
GOAL_STALL_MS = 5.0
GOAL_CPU = 10.0


def run() -> list[Figure]:
    """Measure stalls row by row, with logs and with telemetry, and the processor time of one part."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        peer_stall = _peer_stall(folder / "peer.jsonl")
        still = sorted(stall.waited for stall in _stalls_without_rollover(folder / "still"))
        shown = f"{still[len(still) // 2] * 1e3:.1f} ms ({', '.join(f'{stall * 1e3:.1f}' for stall in still)})"
        figures = [Figure(f"longest append without any rollover (what the machine does), median of {ROTATIONS}", shown)]
        for stream, make in KINDS:
            stalls = _our_stalls(folder / stream, stream, make)
            waited = sorted(stall.waited for stall in stalls)
            middle = waited[len(waited) // 2]
            figures.append(
                Figure(
                    f"longest append over a rollover, {stream}, median of {ROTATIONS}",
                    f"{middle * 1e3:.1f} ms ({', '.join(f'{stall * 1e3:.1f}' for stall in waited)})",
                    f"{peer_stall * 1e3:,.0f} ms",
                    peer_stall / middle,
                    f"< {GOAL_STALL_MS:.0f} ms",
                    middle * 1e3 < GOAL_STALL_MS,
                )
            )
            interrupted = max(stall.interrupted for stall in stalls)
            figures.append(
                Figure(
                    f"the same, {stream}, when another process took the processor, worst", f"{interrupted * 1e3:.1f} ms"
                )
            )
        return [*figures, *_processor_times(folder)]


def _log_row(number: int) -> Row:
    line = (
        f"\x1b[34mDEBUG \x1b[0m| 12:34:56 {number} [Router] [heap {92_344 - number % 512}] id=0x{number * 2654435761:x}"
    )
    row: Row = {"ts": time.time(), "port": "/dev/ttyUSB0", "role": "serial_session", "level": "DEBUG", "tag": "Router"}
    return {**row, "uptime_s": number, "line": f"{line} fr=0x6985da60 to=0xffffffff, WantAck=0, HopLim=2 Ch=0"}


def _heap_row(number: int) -> Row:
    fields = {"heap_free_bytes": 92_344 - number % 512, "heap_total_bytes": 205_824}
    row: Row = {"ts": time.time(), "port": "/dev/ttyUSB0", "role": "serial_session", "from_node": None}
    return {**row, "variant": "local", "fields": fields, "source": "debug_heap_serial"}


KINDS: tuple[tuple[StreamName, Callable[[int], Row]], ...] = (("logs", _log_row), ("telemetry", _heap_row))


class Stall(NamedTuple):
    """The longest append of a stretch, in seconds: those that ran through or waited, those interrupted."""

    waited: float
    interrupted: float


def _our_stalls(folder: Path, stream: StreamName, make: Callable[[int], Row]) -> list[Stall]:
    """Return the longest appends of each stretch: at full speed up to and over a rollover, then some thousand rows a
    second, a busy board being a hundred, until the archive is made.

    An append during which the system gave the processor to another process is told apart: that is the machine's doing.
    """
    recording = Recording.open(folder, limits=RotationLimits(part_bytes=PART_BYTES, reserve_bytes=0))
    recording.start()
    stalls = []
    numbers = count()
    try:
        for _ in range(ROTATIONS):
            rotations = recording.status().streams[stream].rotations
            longest = [0.0, 0.0]
            while recording.status().streams[stream].rotations == rotations:
                for _ in range(5000):
                    _time_append(recording, stream, make(next(numbers)), longest)
            while not recording.wait_for_archives(0.0003):
                _time_append(recording, stream, make(next(numbers)), longest)
            stalls.append(Stall(*longest))
    finally:
        recording.close()
    return stalls


def _stalls_without_rollover(folder: Path) -> list[Stall]:
    """Return the longest appends of as many rows with nothing to roll over: what the machine alone makes them wait."""
    recording = Recording.open(folder, limits=RotationLimits(part_bytes=100 * PART_BYTES, reserve_bytes=0))
    recording.start()
    stalls = []
    for _ in range(ROTATIONS):
        longest = [0.0, 0.0]
        for number in range(400_000):
            _time_append(recording, "logs", _log_row(number), longest)
        stalls.append(Stall(*longest))
    recording.close()
    return stalls


def _time_append(recording: Recording, stream: StreamName, row: Row, longest: list[float]) -> None:
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_nivcsw
    start = time.perf_counter()
    recording.append([(stream, row)])
    lasted = time.perf_counter() - start
    interrupted = resource.getrusage(resource.RUSAGE_THREAD).ru_nivcsw != before
    longest[interrupted] = max(longest[interrupted], lasted)


def _peer_stall(path: Path) -> float:
    writer = _RotatingJsonl(path, max_bytes=PART_BYTES)
    longest, number = 0.0, 0
    while not writer.status()["rotations"]:
        for _ in range(1000):
            row = _log_row(number)
            number += 1
            start = time.perf_counter()
            writer.write(row)
            longest = max(longest, time.perf_counter() - start)
    writer.close()
    return longest


def _processor_times(folder: Path) -> list[Figure]:
    figures = []
    for stream, make in KINDS:
        live = folder / "filled.jsonl"
        writer = _RotatingJsonl(live, max_bytes=10 * PART_BYTES)
        number = 0
        while live.stat().st_size < PART_BYTES:
            for _ in range(10_000):
                writer.write(make(number))
                number += 1
        part = folder / f"{stream}.20260101-000000-000000-00000.jsonl"
        part.write_bytes(live.read_bytes())
        theirs = _processor_time(writer.force_rotate)
        writer.close()
        ours = _processor_time(
            partial(archive_part, part, columns=stream == "telemetry", ordered=True, abandoned=lambda: False)
        )
        goal, met = (f"x{GOAL_CPU:.0f}", theirs / ours >= GOAL_CPU) if stream == "logs" else ("-", None)
        extra = " with index and columns" if stream == "telemetry" else " with index"
        name = f"processor time of a 100 MB archive, {stream}{extra}"
        figures.append(Figure(name, f"{ours:.2f} s", f"{theirs:.2f} s", theirs / ours, goal, met))
    return figures


def _processor_time(work: Callable[[], None]) -> float:
    before = resource.getrusage(resource.RUSAGE_SELF)
    work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
