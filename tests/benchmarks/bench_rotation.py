# SPDX-License-Identifier: GPL-3.0-only
"""The longest wait of a producer while 100 MB are rolled over, and the processor time that the archive takes."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

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
        figures = []
        for stream, make in (("logs", _log_row), ("telemetry", _heap_row)):
            stalls = _our_stalls(folder / stream, stream, make)
            worst = max(stalls)
            shown = f"{worst * 1e3:.1f} ms ({', '.join(f'{stall * 1e3:.1f}' for stall in stalls)})"
            met = worst * 1e3 < GOAL_STALL_MS
            name = f"longest append over a rollover, {stream}, worst of {ROTATIONS}"
            figures.append(Figure(name, shown, f"{peer_stall * 1e3:,.0f} ms", peer_stall / worst, "< 5 ms", met))
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


def _our_stalls(folder: Path, stream: StreamName, make: Callable[[int], Row]) -> list[float]:
    """Return the longest append of each stretch of 100 MB, each with one rollover and the compression after it."""
    recording = Recording.open(folder, limits=RotationLimits(part_bytes=PART_BYTES, reserve_bytes=0))
    recording.start()
    stalls = []
    number = 0
    try:
        for _ in range(ROTATIONS):
            rotations = recording.status().streams[stream].rotations
            longest = 0.0
            while True:
                for _ in range(5000):
                    rows = [(stream, make(number))]
                    number += 1
                    start = time.perf_counter()
                    recording.append(rows)
                    longest = max(longest, time.perf_counter() - start)
                if recording.status().streams[stream].rotations > rotations and recording.wait_for_archives(0):
                    break
            stalls.append(longest)
    finally:
        recording.close()
    return stalls


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
    for stream, make in (("logs", _log_row), ("telemetry", _heap_row)):
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
        ours = _processor_time(lambda: archive_part(part, columns=stream == "telemetry", abandoned=lambda: False))
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
