# SPDX-License-Identifier: GPL-3.0-only
"""The numbers of a telemetry archive as columns, so that a timeline reads 16 bytes a sample instead of a row.

``telemetry.<stamp>.columns.npy`` is a float64 array of shape ``(2, n)``: row 0 the times (epoch s), row 1 the values,
the series one after the other. ``telemetry.<stamp>.columns.json`` is ``{"format": 1, "archive_bytes": N, "series":
[{"port", "node", "variant", "field", "start", "count"}, ...]}``. Samples of a series keep the order of the file.
``node`` is ``from_node`` as stored: ``null`` for rows made from a log line. Booleans, NaN and non-numbers are left out.
"""

from __future__ import annotations

import contextlib
import json
from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeGuard, cast

import msgspec
import numpy as np
import numpy.typing as npt

from mtleak_gui.storage.archive_format import FORMAT, column_paths
from mtleak_gui.storage.atomic_file import write_atomically
from mtleak_gui.storage.gzip_members import MemberReader
from mtleak_gui.storage.row_encoding import encoded_row
from mtleak_gui.storage.row_times import line_count, row_slices

Node = str | int | None

SeriesKey = tuple[str | None, Node, str | None, str]
"""What makes a series: port, node, telemetry variant, and the field as spelled in the row."""

_LARGEST_INTEGER = 1 << 1000
"""Integers beyond this have no float64; no device reports one, but a file may hold anything."""


_NUMBERS = {int, float}


class ColumnSeries(msgspec.Struct, frozen=True):
    """Where the samples of a series lie in the array: ``count`` of them from ``start`` on."""

    port: str | None
    node: Node
    variant: str | None
    field: str
    start: int
    count: int


class TelemetryColumns(NamedTuple):
    """The columns of one archive. ``samples`` is memory-mapped, shape ``(2, n)``: times, values."""

    series: tuple[ColumnSeries, ...]
    samples: npt.NDArray[np.float64]


class _StoredSeries(msgspec.Struct):
    format: int
    archive_bytes: int
    series: tuple[ColumnSeries, ...]


class _TelemetryRow(msgspec.Struct, gc=False):
    ts: float
    port: str | None = None
    from_node: Node = None
    variant: str | None = None
    fields: dict[str, object] | None = None


_ROWS = msgspec.json.Decoder(_TelemetryRow)
_SERIES = msgspec.json.Decoder(_StoredSeries)


class ColumnBuilder:
    """Collects samples from blocks of rows, in the order of the file; 16 bytes a sample."""

    def __init__(self) -> None:
        self._columns: dict[SeriesKey, tuple[array[float], array[float]]] = {}
        self.bad_rows = 0
        """Lines left out because they are no telemetry row."""

    def add(self, block: bytes) -> None:
        """Take the samples of whole rows; lines that are no telemetry row are left out and counted."""
        rows, bad_rows = _rows(block)
        self.bad_rows += bad_rows
        # Column by column, not row by row: a third of the time.
        alike: defaultdict[tuple[str | None, Node, str | None], list[_TelemetryRow]] = defaultdict(list)
        for row in rows:
            alike[row.port, row.from_node, row.variant].append(row)
        for source, found in alike.items():
            held = [row.fields or {} for row in found]
            times = array("d", [row.ts for row in found])
            for field in dict.fromkeys(chain.from_iterable(held)):
                self._extend((*source, field), times, [fields.get(field) for fields in held])

    def _extend(self, key: SeriesKey, times: array[float], found: list[object]) -> None:
        """Append what is a number among the values ``found`` at ``times``."""
        values = _as_numbers(found)
        if values is None:
            pairs = [(ts, value) for ts, value in zip(times, found, strict=True) if _is_number(value)]
            times, values = array("d", [ts for ts, _ in pairs]), array("d", [value for _, value in pairs])
        if values:
            columns = self._columns.setdefault(key, (array("d"), array("d")))
            columns[0].extend(times)
            columns[1].extend(values)

    def columns(self) -> Mapping[SeriesKey, tuple[array[float], array[float]]]:
        """Return times and values of each series so far."""
        return self._columns

    def write(self, archive: Path, archive_bytes: int) -> None:
        """Store the columns beside ``archive``, all or nothing. Raises ``OSError``."""
        array_path, table_path = column_paths(archive)
        count = sum(len(times) for times, _ in self._columns.values())
        write_atomically(array_path, self._array_pieces(count), shared=True)
        series, start = [], 0
        for key, (times, _) in self._columns.items():
            series.append(ColumnSeries(*key, start, len(times)))
            start += len(times)
        table = _StoredSeries(FORMAT, archive_bytes, tuple(series))
        write_atomically(table_path, [msgspec.json.encode(table)], shared=True)

    def _array_pieces(self, count: int) -> Iterator[bytes | memoryview]:
        yield _npy_header(count)
        for side in (0, 1):
            for pair in self._columns.values():
                yield memoryview(pair[side]).cast("B")


def read_columns(archive: Path) -> TelemetryColumns | None:
    """Return the stored columns, or ``None`` when they are missing, unreadable, or of another state of the archive."""
    array_path, table_path = column_paths(archive)
    try:
        stored = _SERIES.decode(table_path.read_bytes())
        if stored.format != FORMAT or stored.archive_bytes != archive.stat().st_size:
            return None
        samples: npt.NDArray[np.float64] = np.load(array_path, mmap_mode="r", allow_pickle=False)
    except (OSError, ValueError, EOFError, msgspec.MsgspecError):
        return None
    count = sum(series.count for series in stored.series)
    if samples.shape != (2, count) or samples.dtype != np.float64:
        return None
    return TelemetryColumns(stored.series, samples)


def build_columns(archive: Path, rest_s: float = 0.0) -> None:
    """Read the whole telemetry archive and store its columns, resting like ``build_index``. Raises ``OSError``."""
    builder, archive_bytes = collected_columns(archive, rest_s)
    builder.write(archive, archive_bytes)


def collected_columns(archive: Path, rest_s: float = 0.0) -> tuple[ColumnBuilder, int]:
    """Read the whole telemetry archive; return its columns and its size in bytes. Raises ``OSError``."""
    builder = ColumnBuilder()
    with MemberReader(archive) as reader:
        for _ in reader.members():
            for block in reader.blocks():
                for rows in row_slices(block, rest_s):
                    builder.add(rows)
        return builder, reader.archive_bytes


def _as_numbers(found: list[object]) -> array[float] | None:
    """Return the values when all of them are numbers, which is nearly always so."""
    if not set(map(type, found)) <= _NUMBERS:
        return None
    try:
        return array("d", cast("list[float]", found))
    except OverflowError:
        return None


def _is_number(value: object) -> TypeGuard[float]:
    return (type(value) is int and abs(value) <= _LARGEST_INTEGER) or type(value) is float


def _rows(block: bytes) -> tuple[list[_TelemetryRow], int]:
    """Return the rows of a block and how many lines are none."""
    try:
        rows = _ROWS.decode_lines(block)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        rows = []
    if len(rows) == line_count(block):
        return rows, 0
    lines = [line for line in block.split(b"\n") if line.strip()]
    rows = [row for line in lines if (row := _row(line)) is not None]
    return rows, len(lines) - len(rows)


def _row(line: bytes) -> _TelemetryRow | None:
    with contextlib.suppress(msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _ROWS.decode(line)
    # The standard library takes NaN and lone surrogates, which rows of the peer may hold; msgspec does not.
    try:
        row = json.loads(line.decode("utf-8", "replace"))
        return _ROWS.decode(encoded_row(row)) if isinstance(row, dict) else None
    except (ValueError, RecursionError, msgspec.MsgspecError):
        return None


def _npy_header(count: int) -> bytes:
    """Return a ``.npy`` header, version 1.0 (numpy's NEP 1): magic, length, a dictionary padded to 64 bytes."""
    text = f"{{'descr': '<f8', 'fortran_order': False, 'shape': (2, {count}), }}"
    padding = -(10 + len(text) + 1) % 64
    body = f"{text}{' ' * padding}\n".encode("ascii")
    return b"\x93NUMPY\x01\x00" + len(body).to_bytes(2, "little") + body
