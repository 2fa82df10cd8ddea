# SPDX-License-Identifier: GPL-3.0-only
"""Looks into a recording folder of numbered rows after its writer came to a sudden end, before and after it is mended.

What should be mended, and which rows are there, is found with the standard library alone; then the program's own
reader has to agree.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mtleak_gui.core.records import STREAMS, StreamName
from mtleak_gui.storage.archive_format import stream_files
from mtleak_gui.storage.member_index import build_index, read_index
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.recording_reader import RecordingReader
from mtleak_gui.storage.rotation_limits import RotationLimits
from mtleak_gui.storage.telemetry_columns import collected_columns, read_columns
from tests.storage.rows_on_disk import NUMBERED, number_in, rows_of

EVER = (0.0, 4e9)
_MANY = 10_000_000
_ARCHIVING_S = 60.0


@dataclass(slots=True)
class Findings:
    """What was found: the numbers of the rows of each stream in their order, and sentences about what is wrong."""

    numbers: dict[StreamName, list[int]] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def doubled(self) -> int:
        """How many rows are there more than once."""
        return sum(len(numbers) - len(set(numbers)) for numbers in self.numbers.values())


def mended(folder: Path, limits: RotationLimits) -> tuple[str, ...]:
    """Open the folder as the program does at its next start, record nothing, and return the repairs it told."""
    with closing(Recording.open(folder, limits=limits)) as recording:
        recording.start()
        assert recording.wait_for_archives(_ARCHIVING_S)
        return recording.repairs


def repairs_in_events(folder: Path) -> list[str]:
    """Return the sentences of the repairs that stand in the events stream, oldest first."""
    return [event["note"] for event in rows_of(folder, "events") if event["kind"] == "repair"]


def what_needs_mending(folder: Path) -> set[str]:
    """Return what somebody who looks with plain tools finds amiss: an end that is missing, torn rows, leftovers."""
    names = {path.name for path in folder.iterdir()}
    # A folder without its mark holds nothing of ours yet, but perhaps an unfinished mark.
    found = {"leftover" for name in names if name.endswith(".tmp") and "recording.json" in names}
    plain = [folder / name for name in names if name.endswith(".jsonl") and f"{name}.gz" not in names]
    for path in plain:
        lines = path.read_bytes().split(b"\n")
        found |= {"torn" for line in [*(line for line in lines[:-1] if not _is_row(line)), *lines[-1:]] if line}
    events = _events(folder)
    if events and events[-1]["kind"] != "recorder_stop":
        found.add("no end")
    told = {(event["data"] or {}).get("file") for event in events if event["kind"] == "repair"}
    return found | {"untold" for name in names if name.startswith("torn-") and name not in told}


def look(folder: Path) -> Findings:
    """Read all rows of a mended folder, and look whether archives, sidecars and the reader agree with them."""
    found = Findings()
    for archive in sorted(folder.glob("*.jsonl.gz")):
        try:
            gzip.decompress(archive.read_bytes())
        except (OSError, EOFError, zlib.error) as trouble:
            found.unreadable.append(f"{archive.name}: {trouble}")
    if not found.unreadable:
        for stream in STREAMS:
            rows = rows_of(folder, stream)
            found.numbers[stream] = [number for row in rows if (number := number_in(stream, row)) is not None]
            found.wrong += [f"invented: {row}" for row in rows if _is_changed(stream, row)]
            found.wrong += _sidecars(folder, stream)
        found.wrong += [f"the reader differs in {stream}: {why}" for stream, why in differences(folder, found).items()]
    names = {path.name for path in folder.iterdir()}
    found.wrong += [f"{name} was left" for name in names if name.endswith(".tmp")]
    found.wrong += [f"{name} was not compressed" for name in names if name.endswith(".jsonl") and name.count(".") > 1]
    found.wrong += [f"{name} has no archive" for name in names if _is_orphan(name, names)]
    return found


def read_numbers(folder: Path) -> dict[StreamName, list[int]]:
    """Return the numbers of the rows as the program's reader gives them, without writing into the folder."""
    reader = RecordingReader(folder, may_write=False)
    rows = {
        "logs": reader.logs_window(*EVER, max_lines=_MANY).rows,
        "packets": reader.packets_window(*EVER, max_rows=_MANY).rows,
        "events": reader.events_window(*EVER, max_rows=_MANY).rows,
    }
    line = reader.telemetry_timeline(EVER, field="heap_free_bytes", node="any", max_points=_MANY)
    found: dict[StreamName, list[int]] = {"telemetry": [100_000 - round(value) for _, value in line.points]}
    for stream in STREAMS:
        if stream in rows:
            numbers = (number_in(stream, dict(row)) for row in rows[stream])
            found[stream] = [number for number in numbers if number is not None]
    return found


def differences(folder: Path, found: Findings) -> dict[StreamName, str]:
    """Return in which streams the reader gives other rows than the files hold, and how."""
    told: dict[StreamName, str] = {}
    for stream, numbers in read_numbers(folder).items():
        there, seen = Counter(found.numbers[stream]), Counter(numbers)
        if there != seen:
            missing, more = (there - seen).total(), (seen - there).total()
            told[stream] = f"{missing} rows not found, {more} rows too many"
    return told


def _sidecars(folder: Path, stream: StreamName) -> list[str]:
    wrong = []
    for archive in stream_files(folder, stream).archives:
        if read_index(archive) != build_index(archive):
            wrong.append(f"the index of {archive.name} is not true")
        if stream == "telemetry":
            columns = read_columns(archive)
            true = [
                sample
                for times, values in collected_columns(archive)[0].columns().values()
                for sample in zip(times, values, strict=True)
            ]
            if columns is None or columns.samples.T.tolist() != [list(sample) for sample in true]:
                wrong.append(f"the columns of {archive.name} are not true")
    return wrong


def _is_changed(stream: StreamName, row: dict[str, Any]) -> bool:
    """Return whether a row that has a number is another than the one that was handed over."""
    number = number_in(stream, row)
    return number is not None and NUMBERED[stream](row["ts"], number)[1] != row


def _is_orphan(name: str, names: set[str]) -> bool:
    stem = next((name.removesuffix(end) for end in (".idx", ".columns.npy", ".columns.json") if name.endswith(end)), "")
    return bool(stem) and f"{stem}.jsonl.gz" not in names


def _events(folder: Path) -> list[dict[str, Any]]:
    """Return the whole events, oldest first, as far as they can be read."""
    archives = sorted(folder.glob("events.*.jsonl.gz"))
    parts = [path for path in folder.glob("events.*.jsonl") if not path.with_name(f"{path.name}.gz").exists()]
    live = [path for path in (folder / "events.jsonl",) if path.exists()]
    lines: list[bytes] = []
    for path in [*sorted([*archives, *parts], key=lambda path: path.name.removesuffix(".gz")), *live]:
        raw = path.read_bytes()
        lines += (gzip.decompress(raw) if path.suffix == ".gz" else raw).split(b"\n")
    return [json.loads(line) for line in lines if _is_row(line)]


def _is_row(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False
