# SPDX-License-Identifier: GPL-3.0-only
"""One reader over a recording that changes under it: rows appended, rolled over, cut off, written anew."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtleak_gui.core.records import StreamName
from mtleak_gui.core.rows import Row
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.compression import archive_part
from mtleak_gui.storage.plain_file import PlainFile
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.recording_reader import RecordingReader
from mtleak_gui.storage.rotation_limits import RotationLimits
from mtleak_gui.storage.time_bisect import window_range
from tests.storage.peer_queries import NOW, heap_row, log_row, our_folder, peer_folder, stamp, stored

START = NOW - 3000


def both_rows(first: int, count: int) -> tuple[bytes, bytes]:
    numbers = range(first, first + count)
    logs = stored([log_row(START + number, f"line {number}") for number in numbers])
    return logs, stored([heap_row(START + number, 9000 - number) for number in numbers])


def append(folder: Path, first: int, count: int) -> None:
    for name, rows in zip(("logs", "telemetry"), both_rows(first, count), strict=True):
        with (folder / f"{name}.jsonl").open("ab") as file:
            file.write(rows)


def counted(reader: RecordingReader, window: str = "-1h") -> tuple[int, int, int]:
    logs, found = reader.logs_window(window), reader.logs_window(window, grep="line")
    return logs.total_matched, found.total_matched, reader.telemetry_timeline(window).samples


@pytest.mark.parametrize("build", [peer_folder, our_folder])
def test_rows_appended_between_questions_are_seen(tmp_path: Path, build: Callable[..., Path]) -> None:
    folder = build(build(tmp_path / "r", "logs", [[]]), "telemetry", [[]])
    reader = RecordingReader(folder, clock=lambda: NOW)
    total = 0
    for step in range(12):
        append(folder, total, step * 7)
        total += step * 7
        assert counted(reader) == (total, total, total)
        newest = min(total, 3000)
        assert reader.logs_window(START + newest - 3).total_matched == min(3, newest)


def test_a_window_that_reaches_further_back_reads_what_was_skipped(tmp_path: Path) -> None:
    folder = our_folder(our_folder(tmp_path / "r", "logs", [[]]), "telemetry", [[]])
    append(folder, 0, 3000)
    reader = RecordingReader(folder, clock=lambda: NOW)
    for window, count in (("-10s", 10), ("-20m", 1200), ("-40s", 40), ("-1h", 3000), ("-10s", 10)):
        assert counted(reader, window) == (count, count, count)
    timeline = reader.telemetry_timeline("-1h", max_points=3000)
    assert [value for _, value in timeline.points] == [9000 - number for number in range(3000)]


def test_rolling_over_and_archiving_keep_each_row_once(tmp_path: Path) -> None:
    folder = our_folder(our_folder(tmp_path / "r", "logs", [[]]), "telemetry", [[]])
    append(folder, 0, 500)
    reader = RecordingReader(folder, clock=lambda: NOW)
    assert counted(reader) == (500, 500, 500)
    parts = [(folder / f"{name}.jsonl").rename(folder / f"{name}.{stamp(1)}.jsonl") for name in ("logs", "telemetry")]
    assert counted(reader) == (500, 500, 500)
    append(folder, 500, 100)
    assert counted(reader) == (600, 600, 600)
    for part in parts:
        archive_part(part, columns="telemetry" in part.name, abandoned=lambda: False, ordered=False)
    assert counted(reader) == (600, 600, 600)


def test_a_file_that_was_cut_off_or_written_anew_is_read_again(tmp_path: Path) -> None:
    folder = our_folder(our_folder(tmp_path / "r", "logs", [[]]), "telemetry", [[]])
    append(folder, 0, 300)
    reader = RecordingReader(folder, clock=lambda: NOW)
    assert counted(reader) == (300, 300, 300)
    for name, rows in zip(("logs", "telemetry"), both_rows(1000, 400), strict=True):
        (folder / f"{name}.jsonl").write_bytes(rows)
    assert counted(reader) == (400, 400, 400)
    for name in ("logs", "telemetry"):
        with (folder / f"{name}.jsonl").open("r+b") as file:
            file.truncate(len(both_rows(1000, 10)[name == "telemetry"]))
    assert counted(reader) == (10, 10, 10)


layouts = st.fixed_dictionaries(
    {
        "gaps": st.lists(st.sampled_from([0.0, 0.5, 1.0, 60.0]), max_size=40),
        "junk": st.lists(st.integers(0, 40), max_size=4),
        "width": st.integers(0, 9000),
    }
)


@settings(max_examples=150, deadline=None)
@given(layouts, st.floats(-10, 100), st.floats(0, 100))
def test_bisecting_finds_exactly_the_rows_of_the_window(
    tmp_path_factory: pytest.TempPathFactory, layout: dict[str, Any], offset: float, length: float
) -> None:
    ts, pieces, times, width = START, [], [], layout["width"]
    for number, gap in enumerate(layout["gaps"]):
        ts += gap
        pieces += [b"junk " * (width // 3) + b"\n"] * layout["junk"].count(number)
        pieces.append(stored([log_row(ts, "x" * (width * (number % 3)))]))
        times.append(ts)
    path = tmp_path_factory.getbasetemp() / "bisect.jsonl"
    path.write_bytes(b"".join(pieces))
    window = TimeWindow(START + offset, START + offset + length)
    with PlainFile(path) as file:
        low, high = window_range(file, window)
        inside = file.read(low, max(0, high - low)).count(b'{"ts":')
        assert inside == sum(window.start <= one <= window.end for one in times)
        assert low == 0 or file.read(low - 1, 1) == b"\n"


def test_questions_while_the_recorder_rolls_over_see_each_row_once(tmp_path: Path) -> None:
    recording = Recording.open(
        tmp_path / "r", limits=RotationLimits(part_bytes=40_000, archives_kept=99, reserve_bytes=0)
    )
    recording.start()
    written = [0]
    done = threading.Event()

    def write() -> None:
        for first in range(0, 4000, 20):
            now = time.time()
            rows: list[tuple[StreamName, Row]] = []
            for number in range(first, first + 20):
                rows += [("logs", log_row(now, f"line {number}")), ("telemetry", heap_row(now, 9000 - number))]
            recording.append(rows)
            written[0] = first + 20
        done.set()

    reader = RecordingReader(tmp_path / "r")
    questions: list[Callable[[], int]] = [
        lambda: reader.logs_window("-1h").total_matched,
        lambda: reader.logs_window("-1h", grep="line").total_matched,
        lambda: reader.telemetry_timeline("-1h").samples,
    ]
    writer = threading.Thread(target=write)
    writer.start()
    while not done.is_set():
        for count in questions:
            before = written[0]
            found = count()
            assert before <= found <= written[0] + 20
    writer.join()
    assert counted(reader) == (4000, 4000, 4000)
    recording.stop()
    recording.close()
    assert counted(RecordingReader(tmp_path / "r")) == (4000, 4000, 4000)
