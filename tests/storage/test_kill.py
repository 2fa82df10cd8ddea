# SPDX-License-Identifier: GPL-3.0-only
"""A writer that is killed while it rolls over and compresses loses and doubles nothing that it was handed."""

from __future__ import annotations

import gzip
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from mtleak_gui.storage.archive_format import plain_parts, stream_files
from mtleak_gui.storage.member_index import build_index, read_index
from mtleak_gui.storage.recording import Recording
from tests.storage.rows_on_disk import QUIET, kinds_of, rows_of

PART_BYTES = 150_000
KILL_AFTER = (4_001, 5_503, 7_777)


def killed_writer(folder: Path, first: int, rows: int) -> int:
    """Let a writer record ``rows`` rows, kill it in the midst of more; return the last number it had handed over."""
    command = [sys.executable, "-m", "tests.storage.numbered_writer", str(folder), str(first), str(PART_BYTES)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as writer:
        assert writer.stdout is not None
        last = first - 1
        for line in writer.stdout:
            last = int(line)
            if last >= first + rows:
                writer.kill()
                break
        rest = writer.stdout.read().split()
    return int(rest[-1]) if rest else last


@pytest.mark.skipif(sys.platform == "win32", reason="killing is meant in the sense of POSIX")
def test_what_was_handed_over_before_a_kill_is_there_once_and_in_order(tmp_path: Path) -> None:
    handed_over: list[int] = []
    first = 0
    for rows in KILL_AFTER:
        last = killed_writer(tmp_path, first, rows)
        handed_over += range(first, last + 1)
        first = last + 1000
    with closing(Recording.open(tmp_path, limits=QUIET)) as recording:
        assert any("had no end" in sentence for sentence in recording.repairs)
        recording.start()
        assert recording.wait_for_archives(30)

    numbers = [row["uptime_s"] for row in rows_of(tmp_path, "logs")]
    assert len(set(numbers)) == len(numbers)
    assert numbers == sorted(numbers)
    assert set(handed_over) <= set(numbers)
    # At most the one row on its way at each kill is more than what was confirmed.
    assert len(numbers) <= len(handed_over) + len(KILL_AFTER)
    heap = [100_000 - row["fields"]["heap_free_bytes"] for row in rows_of(tmp_path, "telemetry")]
    assert set(handed_over) <= set(heap)
    assert len(set(heap)) == len(heap)
    archives = [*stream_files(tmp_path, "logs").archives, *stream_files(tmp_path, "telemetry").archives]
    assert len(archives) > 5 * len(KILL_AFTER)
    for archive in archives:
        gzip.decompress(archive.read_bytes())
        assert read_index(archive) == build_index(archive)
    assert plain_parts(tmp_path, "logs") == ()
    assert not list(tmp_path.glob("*.tmp"))
    assert kinds_of(tmp_path).count("recorder_start") == len(KILL_AFTER) + 1
