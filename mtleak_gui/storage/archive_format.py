# SPDX-License-Identifier: GPL-3.0-only
"""The files of a recording folder: their names, their order, and which of them a reader believes.

A folder holds, for each stream (``logs``, ``telemetry``, ``packets``, ``events``):

- ``<stream>.jsonl``: the live file, appended to.
- ``<stream>.<stamp>.jsonl``: a finished *part*, a renamed live file that waits for compression.
- ``<stream>.<stamp>.jsonl.gz``: an *archive*, made of independent gzip members of about 1 MiB of whole rows each.
- ``<stream>.<stamp>.idx``: the index of an archive (``member_index``).
- ``telemetry.<stamp>.columns.npy`` and ``.columns.json``: its columns (``telemetry_columns``).

and ``recording.json``, which marks the folder as ours, ``writer.lock``, and files that end in ``.tmp``: work in
progress that nobody reads and that the next writer deletes.

The stamp is ``YYYYMMDD-HHMMSS-uuuuuu-NNNNN`` in UTC. Lexical order is the order of writing: a new stamp is always
greater than each one there, whatever the clock says.

Publishing rule: an archive gets its name only when it is complete and on disk, and its part is removed after that. So
**a part whose archive exists is ignored**, and no row is ever seen twice. A reader that finds a listed file gone
(rolled over, archived or pruned meanwhile) lists the folder again.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from mtleak_gui.core.records import StreamName

FORMAT = 1
MARKER_NAME = "recording.json"
LOCK_NAME = "writer.lock"
MEMBER_BYTES = 1 << 20
"""Raw bytes of a gzip member that is being written: a member ends at the first row end after so many."""

LONGEST_ROW_BYTES = 1 << 24
"""What goes on for longer without a row end is no row: nobody writes such, and it would take all memory."""

_PART = ".jsonl"
_INDEX = ".idx"
_COLUMNS = (".columns.npy", ".columns.json")
_ARCHIVE = ".jsonl.gz"
_TEMPORARY = ".tmp"
_STAMP = re.compile(r"\d{8}-\d{6}-\d{6}-\d{5}")
_COUNTER_LIMIT = 99_999
_LISTINGS = 5


class StreamFiles(NamedTuple):
    """One stream: its finished files (archives and parts), oldest first, and its live file, which may be absent."""

    finished: tuple[Path, ...]
    live: Path

    @property
    def archives(self) -> tuple[Path, ...]:
        """The compressed ones among the finished, oldest first."""
        return tuple(path for path in self.finished if is_archive(path))

    @property
    def parts(self) -> tuple[Path, ...]:
        """The plain ones among the finished, oldest first: not yet compressed."""
        return tuple(path for path in self.finished if not is_archive(path))


def live_path(folder: Path, stream: StreamName) -> Path:
    """Return where the rows of ``stream`` are appended."""
    return folder / f"{stream}{_PART}"


def part_path(folder: Path, stream: StreamName, stamp: str) -> Path:
    """Return where a live file goes when it is rolled over."""
    return folder / f"{stream}.{stamp}{_PART}"


def archive_of(part: Path) -> Path:
    """Return the archive that a part becomes."""
    return part.with_name(f"{part.name}.gz")


def is_archive(path: Path) -> bool:
    """Return whether the name is that of a compressed file."""
    return path.name.endswith(_ARCHIVE)


def index_path(archive: Path) -> Path:
    """Return where the index of an archive lies."""
    return archive.with_name(f"{archive.name.removesuffix(_ARCHIVE)}{_INDEX}")


def column_paths(archive: Path) -> tuple[Path, Path]:
    """Return where the columns of a telemetry archive lie: the array (``.npy``) and its table of series (``.json``)."""
    stem = archive.name.removesuffix(_ARCHIVE)
    samples, table = _COLUMNS
    return archive.with_name(f"{stem}{samples}"), archive.with_name(f"{stem}{table}")


def family(archive: Path) -> tuple[Path, ...]:
    """Return an archive and all its sidecars, present or not."""
    return (archive, index_path(archive), *column_paths(archive))


def temporary_path(path: Path, *, own: bool = False) -> Path:
    """Return the name under which ``path`` is prepared; with ``own`` one that no other process uses."""
    return path.with_name(f"{path.name}.{os.getpid()}{_TEMPORARY}" if own else f"{path.name}{_TEMPORARY}")


def is_temporary(path: Path) -> bool:
    """Return whether the name is that of unfinished work."""
    return path.name.endswith(_TEMPORARY)


def is_ours(folder: Path) -> bool:
    """Return whether the folder is marked by us, so that ``ts`` never goes backwards within its live files."""
    return (folder / MARKER_NAME).is_file()


def is_demo(folder: Path) -> bool:
    """Return whether the folder is marked as the recording of a virtual board."""
    try:
        marker = json.loads((folder / MARKER_NAME).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(marker, dict) and marker.get("demo") is True


def stamp_of(path: Path) -> str | None:
    """Return the stamp in the name of a part or an archive, or ``None`` when the name has no proper stamp."""
    pieces = path.name.split(".")
    return pieces[1] if len(pieces) > 2 and _STAMP.fullmatch(pieces[1]) else None


def next_stamp(now: float, newest: str | None) -> str:
    """Return the stamp of the epoch time ``now``, or the next one after ``newest`` when the clock lags behind that."""
    stamp = datetime.fromtimestamp(now, UTC).strftime("%Y%m%d-%H%M%S-%f-00000")
    if newest is None or stamp > newest:
        return stamp
    moment, counter = newest[:-6], int(newest[-5:])
    if counter < _COUNTER_LIMIT:
        return f"{moment}-{counter + 1:05d}"
    # Microseconds that overflow make no valid time, yet sort after all others of that second, which is what matters.
    day, clock, micros = moment.split("-")
    if micros < "999999":
        return f"{day}-{clock}-{int(micros) + 1:06d}-00000"
    return f"{day}-{int(clock) + 1:06d}-000000-00000"


def newest_stamp(folder: Path, stream: StreamName) -> str | None:
    """Return the greatest stamp among the parts and archives of ``stream``, or ``None``."""
    stamps = (stamp_of(path) for path in stream_files(folder, stream).finished)
    return max((stamp for stamp in stamps if stamp is not None), default=None)


def plain_parts(folder: Path, stream: StreamName) -> tuple[Path, ...]:
    """Return all parts of ``stream``, oldest first, also those whose archive exists: what is left to be finished."""
    return tuple(folder / name for name in sorted(_part_names(_settled_listing(folder), stream)))


def orphaned_sidecars(folder: Path, stream: StreamName) -> tuple[Path, ...]:
    """Return the sidecars of ``stream`` whose archive is not there, nor a part that becomes it."""
    names = {name for name in _settled_listing(folder) if name.startswith(f"{stream}.")}
    stems = ((name, name.removesuffix(end)) for name in names for end in (_INDEX, *_COLUMNS) if name.endswith(end))
    lost = (name for name, stem in stems if not names & {f"{stem}{_PART}", f"{stem}{_ARCHIVE}"})
    return tuple(folder / name for name in sorted(lost))


def stream_files(folder: Path, stream: StreamName) -> StreamFiles:
    """Return the files of ``stream``, with the publishing rule applied; empty when the folder cannot be listed.

    An archive is whatever the peer takes for one: ``<stream>.*.jsonl.gz``, ordered by name.
    """
    names = _settled_listing(folder)
    archives = {name for name in names if name.startswith(f"{stream}.") and name.endswith(_ARCHIVE)}
    parts = _part_names(names, stream)
    finished = archives | {name for name in parts if f"{name}.gz" not in archives}
    ordered = sorted(finished, key=lambda name: name.removesuffix(".gz"))
    return StreamFiles(tuple(folder / name for name in ordered), live_path(folder, stream))


def _part_names(names: Iterable[str], stream: StreamName) -> set[str]:
    return {
        name
        for name in names
        if name.startswith(f"{stream}.") and name.endswith(_PART) and stamp_of(Path(name)) is not None
    }


def _settled_listing(folder: Path) -> frozenset[str]:
    """List until two listings agree: one alone may miss both the new name and the old one of a file being renamed."""
    before: frozenset[str] | None = None
    for _ in range(_LISTINGS):
        try:
            names = frozenset(entry.name for entry in os.scandir(folder))
        except OSError:
            return frozenset()
        if names == before:
            break
        before = names
    return before or frozenset()
