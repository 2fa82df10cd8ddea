# SPDX-License-Identifier: GPL-3.0-only
"""Reads a recording folder with the standard library only, and makes rows, limits and a clock for the tests."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from mtleak_gui.core.records import StreamName
from mtleak_gui.storage.rotation_limits import RotationLimits

NOON = 1_795_348_800.0
"""22 November 2026, 12:00 UTC."""

QUIET = RotationLimits(reserve_bytes=0, upkeep_every_s=3600.0)
"""Limits under which the upkeep thread does nothing: the test tends the recording itself."""


class SetClock:
    """A clock that shows what it is set to."""

    def __init__(self, now: float = NOON) -> None:
        self.now = now

    def wall(self) -> float:
        return self.now

    def monotonic(self) -> float:
        return self.now - NOON


def log_row(ts: float, number: int = 0, line: str = "") -> tuple[StreamName, dict[str, object]]:
    row: dict[str, object] = {"ts": ts, "port": "A", "role": "serial", "level": None, "tag": None, "uptime_s": number}
    return "logs", {**row, "line": line or f"line {number}"}


def heap_row(ts: float, number: int = 0) -> tuple[StreamName, dict[str, object]]:
    fields: dict[str, object] = {"heap_free_bytes": 100_000 - number, "heap_total_bytes": 200_000}
    row: dict[str, object] = {"ts": ts, "port": "A", "role": "serial", "from_node": None, "variant": "local"}
    return "telemetry", {**row, "fields": fields, "source": "debug_heap"}


def packet_row(ts: float, number: int = 0) -> tuple[StreamName, dict[str, object]]:
    row: dict[str, object] = {"ts": ts, "port": "A", "role": "serial", "from_node": "!0000000a", "to_node": "^all"}
    return "packets", {**row, "portnum": "TEXT_MESSAGE_APP", "id": number, "payload_size": 12}


def event_row(ts: float, number: int = 0) -> tuple[StreamName, dict[str, object]]:
    row: dict[str, object] = {"ts": ts, "kind": "node_updated", "label": None, "note": None, "port": "A"}
    return "events", {**row, "role": "serial", "data": {"number": number}}


NUMBERED = {"logs": log_row, "telemetry": heap_row, "packets": packet_row, "events": event_row}
"""What makes the row of each stream that has a time and a number."""


def number_in(stream: StreamName, row: dict[str, Any]) -> int | None:
    """Return the number that one of the functions above gave a row, ``None`` for a row of another kind."""
    match stream:
        case "logs":
            number = row.get("uptime_s")
        case "telemetry":
            number = 100_000 - row["fields"]["heap_free_bytes"]
        case "packets":
            number = row.get("id")
        case _:
            number = (row.get("data") or {}).get("number") if row["kind"] == "node_updated" else None
    return number


def rows_of(folder: Path, stream: StreamName) -> list[dict[str, Any]]:
    """Return all rows in the order of the files, strictly: each line must be a whole JSON object with its newline."""
    return [json.loads(line) for line in lines_of(folder, stream)]


def lines_of(folder: Path, stream: StreamName) -> list[str]:
    archives = sorted(folder.glob(f"{stream}.*.jsonl.gz"))
    parts = [path for path in folder.glob(f"{stream}.*.jsonl") if not path.with_name(f"{path.name}.gz").exists()]
    raw = b""
    for path in sorted([*archives, *parts], key=lambda path: path.name.removesuffix(".gz")):
        raw += gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    live = folder / f"{stream}.jsonl"
    raw += live.read_bytes() if live.exists() else b""
    assert not raw or raw.endswith(b"\n")
    return raw.decode("ascii").splitlines()


def kinds_of(folder: Path) -> list[str]:
    return [event["kind"] for event in rows_of(folder, "events")]
