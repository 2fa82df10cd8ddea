# SPDX-License-Identifier: GPL-3.0-only
"""Three days of rows for the query benchmark, once as our recorder stores them and once as the peer does."""

from __future__ import annotations

import gzip
import json
import random
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from mtleak_gui.core.records import StreamName
from mtleak_gui.storage.compression import archive_part

BASE = Path(__file__).parents[2] / "build" / "bench-queries"
END = 1_778_000_000.0
"""The moment that ``now`` means in the benchmark, epoch s."""
SPAN_S = 3 * 86_400.0
FILES = 6
"""Five archives and the live file, each of twelve hours."""
FILE_BYTES = 100 * 1024 * 1024
_LOG_ROW_BYTES = 255
_PORT = "/dev/ttyUSB0"
_THREADS = ("Router", "Power", "Screen", "NodeInfo", "Position", "PacketRouter", "MQTT", "StoreForward")
_BODIES = (
    "Add packet record fr=0x{a:08x}, id=0x{b:08x}, relay=0x{c:02x}",
    "handleReceived(REMOTE) (id=0x{b:08x} fr=0x{a:08x} to=0xffffffff, transport = 1, WantAck=0, HopLim=3 Ch=0x8 enc)",
    "Rebroadcast received message coming from {a:08x}, hops remaining {c}",
    "Telling client we have new packets {b}",
    "Set random delay before tx. Delay {c} ms, airtime {b} us, channel utilization is below the polite limit",
)
_TROUBLES = ("Alloc an err=3,to=0x{a:08x},idFrom=0x{b:08x},id=0x{c:08x}", "Low heap ({c} free) in the router queue")


class Folders(NamedTuple):
    """The same rows: in our format and in the peer's, and the peer's after a kill in rotation."""

    ours: Path
    peer: Path
    torn: Path


def folders() -> Folders:
    """Return the folders, made on the first call and kept under ``build`` between runs (1.5 GB)."""
    made = Folders(BASE / "ours", BASE / "peer", BASE / "torn")
    if not (BASE / "complete").exists():
        shutil.rmtree(BASE, ignore_errors=True)
        for folder in made:
            folder.mkdir(parents=True)
        _make(made, "logs", _log_rows)
        _make(made, "telemetry", _telemetry_rows)
        (made.ours / "recording.json").write_text('{"format":1,"app":"mtleak-gui","demo":false}')
        _tear(made)
        (BASE / "complete").touch()
    return made


def _make(made: Folders, stream: StreamName, rows: Callable[[float, float], Iterator[str]]) -> None:
    step = SPAN_S / FILES
    for number in range(FILES):
        start = END - SPAN_S + number * step
        live = made.ours / f"{stream}.jsonl"
        with live.open("w", encoding="ascii") as file:
            file.writelines(rows(start, step))
        if number == FILES - 1:
            shutil.copy(live, made.peer / live.name)
            return
        stamp = datetime.fromtimestamp(start + step, UTC).strftime("%Y%m%d-%H%M%S-%f-00000")
        with live.open("rb") as plain, gzip.open(made.peer / f"{stream}.{stamp}.jsonl.gz", "wb") as packed:
            shutil.copyfileobj(plain, packed, 1 << 20)
        archive_part(
            live.rename(made.ours / f"{stream}.{stamp}.jsonl"),
            columns=stream == "telemetry",
            ordered=True,
            abandoned=bool,
        )


def _log_rows(start: float, step: float) -> Iterator[str]:
    chance = random.Random(int(start))
    rows = FILE_BYTES // _LOG_ROW_BYTES
    heap = 124_000
    for number in range(rows):
        ts = round(start + step * number / rows, 6)
        thread = chance.choice(_THREADS)
        trouble = chance.random() < 0.05
        level = "ERROR" if trouble else chance.choice(("DEBUG", "DEBUG", "INFO"))
        body = chance.choice(_TROUBLES if trouble else _BODIES)
        body = body.format(a=chance.getrandbits(32), b=chance.getrandbits(32), c=chance.getrandbits(7))
        heap += chance.randint(-40, 40)
        uptime = int(ts - END + SPAN_S)
        text = f"{level:<5} | 12:34:56 {uptime} [{thread}] [heap {heap}] {body}"
        row = {"ts": ts, "port": _PORT, "role": "serial", "level": level, "tag": thread, "uptime_s": uptime}
        yield json.dumps({**row, "line": text, "heap_free": heap}, separators=(",", ":")) + "\n"


def _telemetry_rows(start: float, step: float) -> Iterator[str]:
    chance = random.Random(int(start))
    rows = 4_000_000 // FILES
    heap = 124_000
    for number in range(rows):
        ts = round(start + step * number / rows, 6)
        heap += chance.randint(-40, 40)
        yield (
            f'{{"ts":{ts!r},"port":"{_PORT}","role":"serial","from_node":null,"variant":"local",'
            f'"fields":{{"heap_free_bytes":{heap}}},"source":"debug_heap"}}\n'
        )


def _tear(made: Folders) -> None:
    """Leave what a kill during the peer's rotation leaves: a torn newest archive, the live file with the same rows."""
    live = made.peer / "logs.jsonl"
    shutil.copy(live, made.torn / live.name)
    whole = sorted(made.peer.glob("logs.*.jsonl.gz"))
    shutil.copy(whole[-1], made.torn / whole[-1].name)
    with live.open("rb") as plain:
        packed = gzip.compress(plain.read(FILE_BYTES // 3), 1)
    (made.torn / "logs.20260505-165320-000000-00005.jsonl.gz").write_bytes(packed[: len(packed) // 2])
