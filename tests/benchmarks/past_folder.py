# SPDX-License-Identifier: GPL-3.0-only
"""Three days of a DEBUG_HEAP board that says something each half second, stored as our recorder stores it."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from mtleak_gui.core.records import StreamName
from mtleak_gui.storage.compression import archive_part

FOLDER = Path(__file__).parents[2] / "build" / "bench-past"
PORT = "/dev/ttyUSB0"
SPAN_S = 3 * 86_400.0
END = 1_778_000_000.0
SAMPLES = 172_800
"""One each 1.5 s."""
LINES = 520_000
_ARCHIVES = 2
_NODE = "!a1b2c3d4"
_THREADS = ("Router", "Power", "Screen", "NodeInfo", "Position", "PacketRouter", "MQTT", "StoreForward")


def past_folder() -> Path:
    """Return the folder, made on the first call: two archives and a live file of logs and telemetry, 200 MB of rows."""
    if not (FOLDER / "complete").exists():
        shutil.rmtree(FOLDER, ignore_errors=True)
        FOLDER.mkdir(parents=True)
        (FOLDER / "recording.json").write_text('{"format":1,"app":"mtleak-gui","demo":false}')
        _make("logs", LINES)
        _make("telemetry", SAMPLES)
        (FOLDER / "events.jsonl").write_text("".join(_events()))
        (FOLDER / "complete").touch()
    return FOLDER


def _make(stream: StreamName, rows: int) -> None:
    step = SPAN_S / (_ARCHIVES + 1)
    for number in range(_ARCHIVES + 1):
        start = END - SPAN_S + number * step
        live = FOLDER / f"{stream}.jsonl"
        make = _log_rows if stream == "logs" else _telemetry_rows
        with live.open("w", encoding="ascii") as file:
            file.writelines(make(start, step, rows // (_ARCHIVES + 1)))
        if number < _ARCHIVES:
            stamp = datetime.fromtimestamp(start + step, UTC).strftime("%Y%m%d-%H%M%S-%f-00000")
            part = live.rename(FOLDER / f"{stream}.{stamp}.jsonl")
            archive_part(part, columns=stream == "telemetry", ordered=True, abandoned=bool)


def _log_rows(start: float, step: float, rows: int) -> Iterator[str]:
    chance = random.Random(int(start))
    for number in range(rows):
        ts = round(start + step * number / rows, 6)
        thread = chance.choice(_THREADS)
        uptime = int(ts - END + SPAN_S)
        heap = 150_000 - int((ts - END + SPAN_S) / 10) + chance.randint(-40, 40)
        row: dict[str, object] = {"ts": ts, "port": PORT, "role": "serial", "tag": thread, "uptime_s": uptime}
        if chance.random() < 0.05:
            body = f"------ Thread {thread} leaked heap {heap + 24} -> {heap} (-24) ------"
            event = {"kind": "leaked", "thread": thread, "before": heap + 24, "after": heap, "delta": -24}
            row |= {"level": "HEAP", "heap_event": event}
        else:
            row["level"] = "DEBUG"
            body = f"handleReceived(REMOTE) (id=0x{chance.getrandbits(32):08x} fr=0x{chance.getrandbits(32):08x} enc)"
        line = f"\x1b[34m{row['level']:<5} \x1b[0m| 12:34:56 {uptime} [{thread}] [heap {heap}] {body}"
        yield json.dumps({**row, "line": line, "heap_free": heap}, separators=(",", ":")) + "\n"


def _telemetry_rows(start: float, step: float, rows: int) -> Iterator[str]:
    chance = random.Random(int(start))
    for number in range(rows):
        ts = round(start + step * number / rows, 6)
        heap = 150_000 - int((ts - END + SPAN_S) / 10) + chance.randint(-40, 40)
        row: dict[str, object] = {"ts": ts, "port": PORT, "role": "serial", "from_node": None, "variant": "local"}
        row |= {"fields": {"heap_free_bytes": heap}, "source": "debug_heap"}
        if number % 40 == 0:
            fields = {"uptimeSeconds": int(ts - END + SPAN_S), "batteryLevel": 90, "voltage": 4.1, "airUtilTx": 0.2}
            row |= {"from_node": _NODE, "variant": "device", "fields": fields, "source": None}
        yield json.dumps(row, separators=(",", ":")) + "\n"


def _events() -> Iterator[str]:
    data = {"node_num": 0xA1B2C3D4, "long_name": "Bench", "environment": "tbeam", "reboot_count": 4}
    for number in range(200):
        ts = END - SPAN_S + number * SPAN_S / 200
        kind = "device_info" if number % 40 == 0 else "mark"
        row = {"ts": ts, "kind": kind, "label": f"mark {number}", "note": None, "port": None, "role": None}
        if kind == "device_info":
            row |= {"label": None, "port": PORT, "role": "serial"}
        yield json.dumps({**row, "data": data if kind == "device_info" else None}, separators=(",", ":")) + "\n"
