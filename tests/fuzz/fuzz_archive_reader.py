# SPDX-License-Identifier: GPL-3.0-only
"""Archives and their sidecars, damaged in any way: every query answers, whatever they say of themselves."""

from __future__ import annotations

import gzip
from functools import cache

from mtleak_gui.storage.archive_format import live_path
from mtleak_gui.storage.member_index import build_index, write_index
from mtleak_gui.storage.telemetry_columns import build_columns
from tests.fuzz.folders import empty_folder
from tests.fuzz.recording_questions import ask_everything

_NAME = "{}.20260921-140640-000000-00000"
_ROWS = {
    "logs": b'{"ts":%d.5,"port":"p","role":"serial","level":"INFO","tag":"Main","uptime_s":%d,'
    b'"line":"[heap 9%03d] x"}\n',
    "telemetry": b'{"ts":%d.5,"port":"p","role":"serial","from_node":"!a1b2c3d4","variant":"local",'
    b'"fields":{"heapFreeBytes":9%03d,"uptimeSeconds":%d},"device_time":1}\n',
}


def one_input(data: bytes) -> None:
    """Put ``data`` behind its first byte in the place of an archive, an index or one of the files of columns."""
    if not data:
        return
    stream, place = ("logs", "telemetry")[data[0] & 1], data[0] >> 1 & 3
    with empty_folder() as folder:
        live_path(folder, "events").write_bytes(b"")
        archive = folder / f"{_NAME.format(stream)}.jsonl.gz"
        archive.write_bytes(data[1:] if place == 0 else _whole(stream))
        if place > 0:
            write_index(archive, build_index(archive))
            if stream == "telemetry":
                build_columns(archive)
        spoiled = {1: ".idx", 2: ".columns.json", 3: ".columns.npy"}.get(place)
        if spoiled is not None:
            (folder / f"{_NAME.format(stream)}{spoiled}").write_bytes(data[1:])
        ask_everything(folder)


@cache
def _whole(stream: str) -> bytes:
    rows = [_ROWS[stream] % (1_790_000_000 + number, number, number) for number in range(60)]
    return gzip.compress(b"".join(rows[:30]), 1) + gzip.compress(b"".join(rows[30:]), 1)
