# SPDX-License-Identifier: GPL-3.0-only
"""Brings a recording folder in order before it is written to. What is mended is told; recorded bytes are never lost.

To be called by the holder of the writer's lock only.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import orjson

from mtleak_gui.core.records import STREAMS, StreamName
from mtleak_gui.storage.archive_format import (
    is_archive,
    is_temporary,
    live_path,
    newest_stamp,
    next_stamp,
    part_path,
    stream_files,
)
from mtleak_gui.storage.atomic_file import write_atomically
from mtleak_gui.storage.file_tail import is_row, last_row, last_row_in, torn_end
from mtleak_gui.storage.gzip_members import read_member
from mtleak_gui.storage.member_index import read_index
from mtleak_gui.storage.row_times import row_time

_FUTURE_S = 60.0
"""A live file whose rows are further ahead of the clock than this is set aside, so that new rows have true times."""


class Repair(NamedTuple):
    """Something that was mended: ``label`` for programs, ``sentence`` for people, ``data`` for the event."""

    label: str
    sentence: str
    data: dict[str, object]


def mend_folder(folder: Path, now: float) -> tuple[Repair, ...]:
    """Mend a folder of ours at the epoch time ``now`` and return what was done. Raises ``OSError``.

    Unfinished files are removed, torn last lines cut off (and kept in a file), live files from the future set aside.
    Parts that wait for compression are left to the compressor.
    """
    repairs = [*_remove_temporaries(folder)]
    for stream in STREAMS:
        repairs += mend_live_end(folder, stream, now)
    repairs += _tell_unclean_end(folder)
    last = last_time(folder)
    if last > now + _FUTURE_S:
        for stream in STREAMS:
            roll_over_live(folder, stream, now)
        sentence = (
            f"The last row was {last - now:,.0f} s ahead of the clock, which was set back since. "
            "The live files were set aside, so that new rows have true times."
        )
        repairs.append(Repair("future_rows", sentence, {"ahead_s": last - now}))
    return tuple(repairs)


def last_time(folder: Path) -> float:
    """Return the greatest last ``ts`` of the live files (epoch s), 0.0 without any row. Raises ``OSError``."""
    times = [0.0]
    for stream in STREAMS:
        path = live_path(folder, stream)
        row = last_row(path) if path.is_file() else None
        times.append((row_time(row) if row is not None else None) or 0.0)
    return max(times)


def roll_over_live(folder: Path, stream: StreamName, now: float) -> Path | None:
    """Rename the live file of ``stream`` to a part and return that, or ``None`` if it is empty. Raises ``OSError``."""
    path = live_path(folder, stream)
    if not path.is_file() or not path.stat().st_size:
        return None
    part = part_path(folder, stream, next_stamp(now, newest_stamp(folder, stream)))
    path.rename(part)
    return part


def mend_live_end(folder: Path, stream: StreamName, now: float) -> list[Repair]:
    """Complete a last row that lacks only its newline; cut off a torn one and keep its bytes. Raises ``OSError``."""
    path = live_path(folder, stream)
    if not path.is_file():
        return []
    whole, torn = torn_end(path)
    if not torn:
        return []
    data: dict[str, object] = {"stream": stream, "bytes": len(torn)}
    if row_time(torn) is not None:
        with path.open("ab") as file:
            file.write(b"\n")
        return [Repair("unended_row", f"The last row of {path.name} lacked its end; it was completed.", data)]
    kept = torn.strip(b"\0")
    where = "which was empty"
    if kept:
        keep = folder / f"torn-{stream}-{next_stamp(now, None)}.txt"
        write_atomically(keep, [kept])
        where = f"kept in {keep.name}"
        data["file"] = keep.name
    os.truncate(path, whole)
    sentence = f"The last line of {path.name} was torn ({len(torn):,} bytes, {where}); it was cut off."
    return [Repair("torn_row", sentence, data)]


def _remove_temporaries(folder: Path) -> list[Repair]:
    prefixes = (*(f"{stream}." for stream in STREAMS), "recording.", "torn-")
    unfinished = [path for path in folder.iterdir() if is_temporary(path) and path.name.startswith(prefixes)]
    for path in unfinished:
        path.unlink(missing_ok=True)  # a reader that makes an index may be faster
    if not unfinished:
        return []
    sentence = f"{len(unfinished)} unfinished files were removed; what they were made from is still there."
    return [Repair("unfinished_files", sentence, {"files": [path.name for path in unfinished]})]


def _tell_unclean_end(folder: Path) -> list[Repair]:
    row = _last_event(folder)
    if row is None:
        return []
    event = orjson.loads(row)
    if event.get("kind") == "recorder_stop":
        return []
    sentence = "The last session had no end: the program or the computer stopped without notice."
    return [Repair("unclean_end", sentence, {"last_event_ts": event["ts"]})]


def _is_telling(line: bytes) -> bool:
    """Return whether the event tells how the session ended: rows that had to wait may be written after its end."""
    return is_row(line) and b'"kind":"write_error"' not in line and b'"kind":"dropped"' not in line


def _last_event(folder: Path) -> bytes | None:
    files = stream_files(folder, "events")
    for path in (files.live, *reversed(files.finished)):
        if path.is_file() and path.stat().st_size:
            return _last_archived_event(path) if is_archive(path) else last_row(path, _is_telling)
    return None


def _last_archived_event(archive: Path) -> bytes | None:
    index = read_index(archive)
    if index is None or not index.members:
        return None
    member = index.members[-1]
    return last_row_in(read_member(archive, member.offset, member.bytes), _is_telling)
