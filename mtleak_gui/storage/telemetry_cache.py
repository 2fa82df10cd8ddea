# SPDX-License-Identifier: GPL-3.0-only
"""The telemetry samples of a recording as columns: archives from their sidecars, plain files as far as asked for."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

import numpy as np

from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.archive_format import column_paths
from mtleak_gui.storage.covered_range import CoveredRange
from mtleak_gui.storage.gzip_members import read_member
from mtleak_gui.storage.plain_file import PlainFile
from mtleak_gui.storage.repeated_archives import ArchiveFile
from mtleak_gui.storage.row_files import StreamSnapshot
from mtleak_gui.storage.row_times import row_slices
from mtleak_gui.storage.telemetry_columns import (
    ColumnBuilder,
    SeriesKey,
    TelemetryColumns,
    collected_columns,
    read_columns,
)
from mtleak_gui.storage.time_bisect import window_range
from mtleak_gui.storage.timeline import Array, Stretch, merged

_LOG = logging.getLogger(__name__)
_CHEAP_BYTES = 1 << 24
"""Raw bytes of an archive without columns that are decoded at each query rather than building its columns."""


class FileColumns(Protocol):
    """The series of one file, or of the part of it that a window needs."""

    @property
    def bad_rows(self) -> int:
        """Lines met that are no row."""

    def series(self) -> Iterable[SeriesKey]:
        """Return the series that it holds."""

    def samples(self, key: SeriesKey, window: TimeWindow) -> Stretch:
        """Return the samples of one of its series in the window, in time order."""


class TelemetryCache:
    """Columns of the files of one recording's telemetry, kept between queries; each byte is decoded once."""

    def __init__(self, *, may_write: bool) -> None:
        self._may_write = may_write
        self._plain: dict[tuple[int, int], PlainColumns] = {}
        self._built: dict[Path, tuple[int, ColumnBuilder]] = {}

    def files(self, snapshot: StreamSnapshot, window: TimeWindow | None) -> tuple[list[FileColumns], list[str]]:
        """Return the columns of the files that may hold rows of the window (of all files when it is ``None``).

        They are good until the snapshot is closed. With them, sentences about files that could not be read.
        """
        found: list[FileColumns] = []
        troubles: list[str] = []
        self._forget_others(snapshot)
        for file in snapshot.files:
            try:
                columns = self._columns(snapshot, file, window)
            except OSError as trouble:
                troubles.append(f"Samples of {file.path.name} are missing here: {trouble}.")
                continue
            if columns is not None:
                found.append(columns)
        return found, troubles

    def _forget_others(self, snapshot: StreamSnapshot) -> None:
        plain = {file.identity for file in snapshot.files if isinstance(file, PlainFile)}
        paths = {file.path for file in snapshot.files}
        self._plain = {identity: columns for identity, columns in self._plain.items() if identity in plain}
        self._built = {path: built for path, built in self._built.items() if path in paths}

    def _columns(
        self, snapshot: StreamSnapshot, file: ArchiveFile | PlainFile, window: TimeWindow | None
    ) -> FileColumns | None:
        if isinstance(file, ArchiveFile):
            return self._archive(file, window)
        columns = self._plain.setdefault(file.identity, PlainColumns())
        low = window_range(file, window)[0] if window is not None and snapshot.is_ordered(file) else 0
        columns.cover(file, low)
        return columns

    def _archive(self, file: ArchiveFile, window: TimeWindow | None) -> FileColumns | None:
        needed = [
            member
            for member in file.index.members
            if member.min_ts is not None
            and member.max_ts is not None
            and (window is None or (member.min_ts <= window.end and member.max_ts >= window.start))
        ]
        if not needed:
            return None
        bad_rows = sum(member.bad_rows for member in file.index.members)
        stored = read_columns(file.path)
        if stored is not None:
            return StoredColumns(stored, bad_rows)
        if file.index.torn is None and window is not None:
            small = sum(member.raw_bytes for member in needed) <= _CHEAP_BYTES
            if small and file.path not in self._built:
                builder = ColumnBuilder()
                for member in needed:
                    _add(builder, read_member(file.path, member.offset, member.bytes, member.raw_bytes))
                return BuiltColumns([builder])
        return BuiltColumns([self._rebuilt(file)])

    def _rebuilt(self, file: ArchiveFile) -> ColumnBuilder:
        known = self._built.get(file.path)
        if known is not None and known[0] == file.index.archive_bytes:
            return known[1]
        builder, archive_bytes = collected_columns(file.path)
        try:
            if self._may_write:
                builder.write(file.path, archive_bytes)
                return builder
        except OSError as trouble:
            _LOG.info("%s stays in memory: %s", column_paths(file.path)[0].name, trouble)
        self._built[file.path] = (archive_bytes, builder)
        return builder


class StoredColumns:
    """Columns mapped from the sidecar of an archive."""

    def __init__(self, columns: TelemetryColumns, bad_rows: int) -> None:
        self.bad_rows = bad_rows
        self._samples = columns.samples
        self._series = {(one.port, one.node, one.variant, one.field): one for one in columns.series}

    def series(self) -> Iterable[SeriesKey]:
        """Return the series that it holds."""
        return self._series

    def samples(self, key: SeriesKey, window: TimeWindow) -> Stretch:
        """Return the samples of one series in the window, in time order."""
        series = self._series[key]
        stretch = slice(series.start, series.start + series.count)
        return in_window(self._samples[0, stretch], self._samples[1, stretch], window)


class BuiltColumns:
    """Columns in memory, of one or more stretches of a file, in file order."""

    def __init__(self, builders: list[ColumnBuilder]) -> None:
        self._builders = builders

    @property
    def bad_rows(self) -> int:
        """Lines met that are no row."""
        return sum(builder.bad_rows for builder in self._builders)

    def series(self) -> Iterable[SeriesKey]:
        """Return the series that it holds."""
        return dict.fromkeys(key for builder in self._builders for key in builder.columns())

    def samples(self, key: SeriesKey, window: TimeWindow) -> Stretch:
        """Return the samples of one series in the window, in time order; copies, since the columns go on growing."""
        found = [_copied(builder, key, window) for builder in self._builders if key in builder.columns()]
        return merged(found)


class PlainColumns(BuiltColumns):
    """Columns of a live file or a part, from some row on to its end; they grow with the file and towards its start."""

    def __init__(self) -> None:
        self._stretches: list[ColumnBuilder] = []
        super().__init__([])
        self._covered = CoveredRange()

    def cover(self, file: PlainFile, low: int) -> None:
        """Decode what is missing between ``low``, the start of a row, and the end of the file. Raises ``OSError``."""
        if not self._covered.still_holds(file):
            self._covered.forget()
            self._stretches.clear()
        for gap in self._covered.gaps(low, file.rows_end):
            if gap.in_front or not self._stretches:
                self._stretches.insert(0, ColumnBuilder())
            builder = self._stretches[0 if gap.in_front else -1]
            for _, block in file.blocks(gap.low, gap.high):
                _add(builder, block)
            self._covered.add(gap, file)
        unfinished = ColumnBuilder()
        unfinished.add(file.read(file.rows_end, file.size - file.rows_end))
        self._builders = [*self._stretches, unfinished]


def _add(builder: ColumnBuilder, block: bytes) -> None:
    for rows in row_slices(block):
        builder.add(rows)


def _copied(builder: ColumnBuilder, key: SeriesKey, window: TimeWindow) -> Stretch:
    times, values = (np.frombuffer(column, np.float64) for column in builder.columns()[key])
    found = in_window(times, values, window)
    # A view of an array that is alive would keep it from growing.
    return Stretch(found.times.copy(), found.values.copy())


def in_window(times: Array, values: Array, window: TimeWindow) -> Stretch:
    """Return the samples of the window in time order; views where ``times`` never goes backwards."""
    if bool(np.all(times[1:] >= times[:-1])):
        low, high = np.searchsorted(times, window.start, "left"), np.searchsorted(times, window.end, "right")
        return Stretch(times[low:high], values[low:high])
    inside = (times >= window.start) & (times <= window.end)
    times, values = times[inside], values[inside]
    order = np.argsort(times, kind="stable")
    return Stretch(times[order], values[order])
