# SPDX-License-Identifier: GPL-3.0-only
"""A recording from elsewhere that unpacks to gigabytes, or is a trap, is read around, told, and takes no memory."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from isal import isal_zlib

from tests.storage.peer_queries import NOW, heap_row, log_row, our_folder, stored

ROOT = Path(__file__).parents[2]
GIB = 1 << 30
MOST_MB = 400
ROWS = [log_row(NOW - 100 + number, f"line {number}") for number in range(50)]
OLDER = "logs.20200101-000000-000000-00000.jsonl.gz"

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes with names, and files with holes")


def _packed(piece: bytes, times: int) -> bytes:
    packer = isal_zlib.compressobj(1, isal_zlib.DEFLATED, 31)
    return b"".join((*(packer.compress(piece) for _ in range(times)), packer.flush()))


def _endless_row(folder: Path) -> None:
    (folder / OLDER).write_bytes(_packed(bytes(1 << 20), 1024))


def _endless_row_of_json(folder: Path) -> None:
    (folder / OLDER).write_bytes(_packed(b'{"ts":1.5,"line":"', 1) + _packed(b"x" * (1 << 20), 1024))


def _lying_index(folder: Path) -> None:
    packed = _packed(stored(ROWS[:10]).ljust(1 << 20, b"\n"), 1024)
    (folder / OLDER).write_bytes(packed)
    member = [0, len(packed), 1 << 20, NOW - 100, NOW - 90, 10, 0]
    index = {"format": 1, "archive_bytes": len(packed), "members": [member], "torn": None}
    (folder / OLDER.replace(".jsonl.gz", ".idx")).write_text(json.dumps(index))


def _live_file_of_nothing(folder: Path) -> None:
    with (folder / "events.jsonl").open("wb") as file:
        file.truncate(GIB)


def _live_file_with_an_endless_end(folder: Path) -> None:
    with (folder / "logs.jsonl").open("ab") as file:
        file.write(b'{"ts":')
        file.truncate(GIB)


def _pipes(folder: Path) -> None:
    os.mkfifo(folder / OLDER)
    os.mkfifo(folder / "packets.jsonl")
    os.mkfifo(folder / OLDER.replace(".gz", ""))


def _pipe_with_an_index(folder: Path) -> None:
    os.mkfifo(folder / OLDER)
    index = {"format": 1, "archive_bytes": 0, "members": [[0, 10, 10, NOW - 100, NOW - 90, 10, 0]], "torn": None}
    (folder / OLDER.replace(".jsonl.gz", ".idx")).write_text(json.dumps(index))


def _links_to_devices(folder: Path) -> None:
    (folder / OLDER).symlink_to("/dev/zero")
    (folder / "packets.jsonl").symlink_to("/dev/zero")


def _lying_columns(folder: Path) -> None:
    archive = folder / OLDER.replace("logs", "telemetry")
    archive.write_bytes(gzip.compress(stored([heap_row(NOW - 100 + number, number + 1) for number in range(50)])))
    columns = archive.with_name(archive.name.replace(".jsonl.gz", ".columns.npy"))
    with columns.open("wb") as file:
        header = {"descr": "<f8", "fortran_order": False, "shape": (1 << 40,)}
        np.lib.format.write_array_header_1_0(file, header)
    columns.with_suffix(".json").write_text('{"format": 1}')


TRAPS = {
    trap.__name__.strip("_").replace("_", " "): trap
    for trap in (
        *(_endless_row, _endless_row_of_json, _lying_index, _live_file_of_nothing, _live_file_with_an_endless_end),
        *(_pipes, _pipe_with_an_index, _links_to_devices, _lying_columns),
    )
}


def _asked(folder: Path) -> dict[str, Any]:
    main = "import sys; from tests.security.bombed_reader import main; sys.exit(main(sys.argv[1]))"
    run = subprocess.run(
        [sys.executable, "-c", main, str(folder)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert run.returncode == 0, run.stderr[-3000:]
    told: dict[str, Any] = json.loads(run.stdout)
    return told


@pytest.mark.parametrize("ours", [True, False], ids=["our recording", "recording of another program"])
@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_a_trap_costs_no_memory_and_the_rows_beside_it_are_read(
    trap: Callable[[Path], None], tmp_path: Path, *, ours: bool
) -> None:
    folder = our_folder(tmp_path / "recording", "logs", [ROWS])
    if not ours:
        (folder / "recording.json").unlink()
    trap(folder)
    told = _asked(folder)
    assert told["lines"][-50:] == [row["line"] for row in ROWS]
    assert told["peak_mb"] < MOST_MB
    assert told["past"] >= len(ROWS)
    assert told["exported"]["logs"] >= len(ROWS)


def test_what_was_read_around_is_told(tmp_path: Path) -> None:
    folder = our_folder(tmp_path / "recording", "logs", [ROWS])
    _endless_row(folder)
    assert OLDER in _asked(folder)["report"]["torn_archives"]
    (folder / OLDER).unlink()
    _pipes(folder)
    [note] = [note for note in _asked(folder)["report"]["notes"] if OLDER in note]
    assert "no regular file" in note
