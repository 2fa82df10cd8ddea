# SPDX-License-Identifier: GPL-3.0-only
"""How a recording is doing, in numbers: what was written, what is on the disk, and how long the disk will do."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from mtleak_gui.core.records import STREAMS, StreamName
from mtleak_gui.storage.archive_format import is_archive, stream_files
from mtleak_gui.storage.durable_streams import StreamState
from mtleak_gui.storage.member_index import read_index

_SHORTEST_RATE_S = 60.0


@dataclass(frozen=True, slots=True)
class StreamStatus:
    """One stream. Sizes in bytes; ``rows_on_disk`` leaves out archives that have no index yet."""

    rows_this_session: int
    rows_on_disk: int
    live_bytes: int
    bytes_on_disk: int
    last_ts: float | None
    rotations: int


@dataclass(frozen=True, slots=True)
class RecordingStatus:
    """A recording at one moment. ``started_at`` is epoch seconds, ``trouble`` a sentence for the user.

    ``rows_dropped`` are lost for want of room while the disk could not be written; ``rows_refused`` came while the
    recording was paused or stopped. ``bytes_per_hour`` (rows, before compression) and ``days_left`` are ``None`` until
    a minute has been recorded; ``days_left`` takes into account how far archives shrink, but not that old ones go.
    ``free_bytes`` of the disk when last looked at; the recording stops by itself when only ``reserve_bytes`` are left.
    """

    running: bool
    paused: bool
    pause_reason: str | None
    started_at: float | None
    folder: Path
    streams: Mapping[StreamName, StreamStatus]
    write_errors: int
    rows_dropped: int
    rows_refused: int
    rows_waiting: int
    trouble: str | None
    bytes_per_hour: float | None
    days_left: float | None
    free_bytes: int | None
    reserve_bytes: int


class Stored(NamedTuple):
    """Finished files of a stream: rows known, bytes on disk, and the raw and packed bytes of indexed archives."""

    rows: int = 0
    bytes: int = 0
    raw_bytes: int = 0
    packed_bytes: int = 0

    def __add__(self, other: object) -> Stored:
        """Return the sums."""
        if not isinstance(other, Stored):
            return NotImplemented
        return Stored(*(mine + its for mine, its in zip(self, other, strict=True)))


class FinishedFiles:
    """What the archives and parts of a folder hold, looked up once per file. From any thread."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._known: dict[tuple[str, int], Stored] = {}
        self._totals: dict[StreamName, Stored] = {}
        self._stale = True

    def changed(self) -> None:
        """Some file came or went: look again when next asked."""
        self._stale = True

    def add(self, part: Path, rows: int, size: int) -> None:
        """A part of ``rows`` rows and ``size`` bytes was made; nobody has to count them again."""
        self._known[(part.name, size)] = Stored(rows, size)
        self._stale = True

    def totals(self) -> Mapping[StreamName, Stored]:
        """Return the sums for each stream."""
        with self._lock:
            if self._stale:
                self._stale = False
                self._totals = {stream: self._total(stream) for stream in STREAMS}
            return self._totals

    def _total(self, stream: StreamName) -> Stored:
        total = Stored()
        for path in stream_files(self._folder, stream).finished:
            try:
                total += self._stored(path)
            except OSError:
                continue  # archived or pruned while we look; its thread calls changed()
        return total

    def _stored(self, path: Path) -> Stored:
        size = path.stat().st_size
        known = self._known.get((path.name, size))
        if known is not None:
            return known
        if not is_archive(path):
            stored = Stored(_newlines(path), size)
        else:
            index = read_index(path)
            if index is None:
                return Stored(0, size)
            stored = Stored(
                sum(member.rows for member in index.members),
                size,
                sum(member.raw_bytes for member in index.members),
                size,
            )
        self._known[(path.name, size)] = stored
        return stored


def stream_statuses(
    states: Mapping[StreamName, StreamState], finished: Mapping[StreamName, Stored]
) -> dict[StreamName, StreamStatus]:
    """Return the status of each stream from what its writer counts and what its finished files hold."""
    return {
        stream: StreamStatus(
            rows_this_session=state.session_rows,
            rows_on_disk=state.file.rows + finished[stream].rows,
            live_bytes=state.file.size,
            bytes_on_disk=state.file.size + finished[stream].bytes,
            last_ts=state.last_ts,
            rotations=state.rotations,
        )
        for stream, state in states.items()
    }


def rate_and_days(
    session_bytes: int, seconds: float, finished: Mapping[StreamName, Stored], room_bytes: int | None
) -> tuple[float | None, float | None]:
    """Return bytes an hour, and the days until ``room_bytes`` are used up; ``None`` when it cannot be told."""
    if seconds < _SHORTEST_RATE_S or not session_bytes:
        return None, None
    an_hour = session_bytes / seconds * 3600.0
    if room_bytes is None:
        return an_hour, None
    total = sum(finished.values(), Stored())
    shrink = total.packed_bytes / total.raw_bytes if total.raw_bytes else 1.0
    return an_hour, max(0.0, room_bytes / (an_hour * shrink) / 24.0)


def _newlines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b""))
