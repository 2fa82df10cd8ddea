# SPDX-License-Identifier: GPL-3.0-only
"""Brings a recording folder in order before it is written to. What is mended is told; recorded bytes are never lost.

To be called by the holder of the writer's lock only.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import orjson

from mtleak_gui.core.records import STREAMS, StreamName
from mtleak_gui.storage.archive_format import (
    LONGEST_ROW_BYTES,
    is_archive,
    is_temporary,
    live_path,
    newest_stamp,
    next_stamp,
    part_path,
    stream_files,
)
from mtleak_gui.storage.damaged_rows import Repair, mend_end, mend_rows, torn_files
from mtleak_gui.storage.file_tail import is_row, last_row, last_row_in
from mtleak_gui.storage.gzip_members import read_member
from mtleak_gui.storage.member_index import read_index
from mtleak_gui.storage.row_times import row_time

_FUTURE_S = 60.0
"""A live file whose rows are further ahead of the clock than this is set aside, so that new rows have true times."""
_LOOK_BACK = 32 << 20
"""How far back bytes may be damaged after a session without an end: 5 s of 20,000 rows/s, which were not yet synced."""
_SHORT_LOOK_BACK = 1 << 20
"""The same after a session with an end, which may have reached the disk before other rows did."""


def mend_folder(folder: Path, now: float) -> tuple[Repair, ...]:
    """Mend a folder of ours at the epoch time ``now`` and return what was done. Raises ``OSError``.

    Unfinished files are removed, torn and damaged lines cut out (and kept in a file), live files from the future set
    aside. Parts that wait for compression are left to the compressor, when they are whole.
    """
    unclean = _tell_unclean_end(folder)
    repairs = _remove_temporaries(folder)
    for stream in STREAMS:
        for path in (*stream_files(folder, stream).parts, live_path(folder, stream)):
            repairs += mend_end(path, stream, now)
            repairs += mend_rows(path, stream, now, _LOOK_BACK if unclean else _SHORT_LOOK_BACK)
        repairs += _remove_empty_parts(folder, stream)
    repairs += [*_tell_kept(folder, repairs), *unclean]
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


def _remove_temporaries(folder: Path) -> list[Repair]:
    prefixes = (*(f"{stream}." for stream in STREAMS), "recording.", "torn-")
    unfinished = [path for path in folder.iterdir() if is_temporary(path) and path.name.startswith(prefixes)]
    for path in unfinished:
        path.unlink(missing_ok=True)  # a reader that makes an index may be faster
    if not unfinished:
        return []
    sentence = f"{len(unfinished)} unfinished files were removed; what they were made from is still there."
    return [Repair("unfinished_files", sentence, {"files": [path.name for path in unfinished]})]


def _remove_empty_parts(folder: Path, stream: StreamName) -> list[Repair]:
    """Remove parts of which a power cut left nothing but the name; no archive can be made of them."""
    empty = [path for path in stream_files(folder, stream).parts if not path.stat().st_size]
    for path in empty:
        path.unlink()
    return [
        Repair("empty_part", f"{path.name} was empty; it was removed.", {"stream": stream, "file": path.name})
        for path in empty
    ]


def _tell_unclean_end(folder: Path) -> list[Repair]:
    row = _last_event(folder, _is_telling)
    if row is None:
        return []
    event = orjson.loads(row)
    if event.get("kind") == "recorder_stop":
        return []
    sentence = "The last session had no end: the program or the computer stopped without notice."
    return [Repair("unclean_end", sentence, {"last_event_ts": event["ts"]})]


def _tell_kept(folder: Path, repairs: list[Repair]) -> list[Repair]:
    """Tell of rows that an earlier repair kept and that no session has told of since, for it was cut short itself."""
    told = {repair.data.get("file") for repair in repairs}
    row = _last_event(folder, _is_telling_more)
    since = next_stamp((row_time(row) if row else None) or 0.0, None)
    untold = [path.name for stamp, path in torn_files(folder) if stamp > since and path.name not in told]
    return [
        Repair("torn_row", f"Bytes that were no whole row were cut off before and are kept in {name}.", {"file": name})
        for name in untold
    ]


def _is_telling(line: bytes) -> bool:
    """Return whether the event tells how the session ended: rows that had to wait may be written after its end."""
    return is_row(line) and b'"kind":"write_error"' not in line and b'"kind":"dropped"' not in line


def _is_telling_more(line: bytes) -> bool:
    """Return whether the event is more than the begin of a session, which repairs come right after."""
    return _is_telling(line) and b'"kind":"recorder_start"' not in line


def _last_event(folder: Path, wanted: Callable[[bytes], bool]) -> bytes | None:
    """Return the last event that is ``wanted`` of the newest file that has any events."""
    files = stream_files(folder, "events")
    for path in (files.live, *reversed(files.finished)):
        if path.is_file() and path.stat().st_size:
            row = _last_archived_event(path, wanted) if is_archive(path) else last_row(path, wanted)
            if row is not None:
                return row
    return None


def _last_archived_event(archive: Path, wanted: Callable[[bytes], bool]) -> bytes | None:
    index = read_index(archive)
    if index is None or not index.members:
        return None
    member = index.members[-1]
    return last_row_in(read_member(archive, member.offset, member.bytes, LONGEST_ROW_BYTES), wanted)
