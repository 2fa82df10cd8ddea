# SPDX-License-Identifier: GPL-3.0-only
"""The peer's recorder and queries on a folder of the test, and folders written as the peer or as we write them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from meshtastic_mcp import log_query
from meshtastic_mcp.recorder import recorder as peer_recorder

from mtleak_gui.core.records import StreamName
from mtleak_gui.storage.compression import archive_part

NOW = 1_778_164_200.0
PORT = "/dev/ttyUSB0"

Rows = Sequence[Mapping[str, object]]


class Peer:
    """The peer's query functions on one folder, at the moment ``NOW``."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(peer_recorder, "_INSTANCE", peer_recorder.Recorder(base_dir=folder))
        monkeypatch.setattr(log_query, "time", SimpleNamespace(time=lambda: NOW))

    def ask(self, function: str, *arguments: Any, **options: Any) -> dict[str, Any]:
        """Call one of its query functions."""
        answer: dict[str, Any] = getattr(log_query, function)(*arguments, **options)
        return answer


def stored(rows: Rows) -> bytes:
    """Return rows as both recorders store them."""
    return b"".join(json.dumps(row, separators=(",", ":")).encode() + b"\n" for row in rows)


def stamp(number: int) -> str:
    """Return a stamp; greater numbers are later."""
    return f"20260507-10{number:02d}00-000000-{number:05d}"


def peer_folder(folder: Path, stream: StreamName, files: Sequence[Rows]) -> Path:
    """Write one stream as the peer does: all but the last files as archives of one gzip member."""
    folder.mkdir(exist_ok=True)
    for number, rows in enumerate(files[:-1]):
        (folder / f"{stream}.{stamp(number)}.jsonl.gz").write_bytes(gzip.compress(stored(rows), 6))
    (folder / f"{stream}.jsonl").write_bytes(stored(files[-1]))
    return folder


def our_folder(folder: Path, stream: StreamName, files: Sequence[Rows], *, parts: int = 0) -> Path:
    """Write one stream as we do: archives with sidecars, the last ``parts`` of them not yet compressed, a live file."""
    folder.mkdir(exist_ok=True)
    (folder / "recording.json").write_text('{"format":1,"app":"mtleak-gui","demo":false}')
    finished = len(files) - 1
    for number, rows in enumerate(files[:-1]):
        part = folder / f"{stream}.{stamp(number)}.jsonl"
        part.write_bytes(stored(rows))
        if number < finished - parts:
            archive_part(part, columns=stream == "telemetry", abandoned=lambda: False, ordered=False)
    (folder / f"{stream}.jsonl").write_bytes(stored(files[-1]))
    return folder


def log_row(ts: float, line: str = "hello", **keys: object) -> dict[str, object]:
    """Return a logs row with its keys in the order of the recorders."""
    row: dict[str, object] = {"ts": ts, "port": PORT, "role": "serial", "level": "INFO", "tag": "Router", "uptime_s": 5}
    return {**row, "line": line, **keys}


def heap_row(ts: float, value: object, **keys: object) -> dict[str, object]:
    """Return a telemetry row made from a log line."""
    row: dict[str, object] = {"ts": ts, "port": PORT, "role": "serial", "from_node": None, "variant": "local"}
    return {**row, "fields": {"heap_free_bytes": value}, "source": "debug_heap", **keys}
