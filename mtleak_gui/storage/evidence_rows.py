# SPDX-License-Identifier: GPL-3.0-only
"""The keys of stored rows that evidence is cut from, decoded fast; blocks with odd rows are decoded row by row."""

from __future__ import annotations

from typing import Generic, Literal, TypeVar

import msgspec

from mtleak_gui.storage.row_decoding import stored_row
from mtleak_gui.storage.row_times import line_count

_AnyRow = TypeVar("_AnyRow", bound=msgspec.Struct)


class TelemetryRow(msgspec.Struct, gc=False):
    """A row of the telemetry stream."""

    ts: float
    port: str | None = None
    from_node: str | int | None = None
    variant: str | None = None
    fields: dict[str, object] | None = None
    source: str | None = None


class HeapEvent(msgspec.Struct, gc=False):
    """What one run of a thread did to the heap, in bytes."""

    kind: Literal["leaked", "freed"]
    thread: str
    before: int
    after: int
    delta: int


class LogRow(msgspec.Struct, gc=False):
    """A row of the logs stream. ``heap_free`` is only asked whether it is there."""

    ts: float
    port: str | None = None
    level: str | None = None
    tag: str | None = None
    uptime_s: float | None = None
    line: str | None = None
    heap_free: object = None
    heap_event: HeapEvent | None = None
    role: str | None = None


class EventRow(msgspec.Struct, gc=False):
    """A row of the events stream."""

    ts: float
    kind: str | None = None
    label: str | None = None
    note: str | None = None
    port: str | None = None
    data: object = None
    role: str | None = None


class PacketRow(msgspec.Struct, gc=False):
    """A row of the packets stream. ``rx_rssi`` is how strongly it was received; none for what never was on the air."""

    ts: float
    port: str | None = None
    from_node: str | int | None = None
    rx_rssi: float | None = None


class PortRow(msgspec.Struct, gc=False):
    """What every row holds."""

    ts: float
    port: str | None = None


class RowDecoder(Generic[_AnyRow]):
    """Decodes pieces of whole lines into rows of one kind; counts the lines that are none."""

    def __init__(self, kind: type[_AnyRow]) -> None:
        self._kind = kind
        self._decoder = msgspec.json.Decoder(kind)
        self.bad_rows = 0
        """Lines met that are no row of this kind."""

    def rows(self, piece: bytes) -> list[_AnyRow]:
        """Return the rows of a piece, in order. Lines that are no row of this kind are left out."""
        whole = self._all_rows(piece)
        if whole is not None:
            return whole
        lines = [line for line in piece.split(b"\n") if line.strip()]
        rows = [row for line in lines if (row := self._row(line)) is not None]
        self.bad_rows += len(lines) - len(rows)
        return rows

    def _all_rows(self, piece: bytes) -> list[_AnyRow] | None:
        """Return the rows when each line is one, else ``None``."""
        try:
            rows = self._decoder.decode_lines(piece)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        return rows if len(rows) == line_count(piece) else None

    def _row(self, line: bytes) -> _AnyRow | None:
        try:
            return self._decoder.decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            row = stored_row(line)
        if row is None:
            return None
        try:
            return msgspec.convert(row, self._kind)
        except msgspec.MsgspecError:
            return self._without_odd_keys(row)

    def _without_odd_keys(self, row: dict[str, object]) -> _AnyRow | None:
        """Keep the keys that are as they should be: one odd value must not hide a line that tells of memory."""
        kept: dict[str, object] = {"ts": row["ts"]}
        for key in self._kind.__struct_fields__:
            if key in row and key != "ts":
                try:
                    msgspec.convert({"ts": 0.0, key: row[key]}, self._kind)
                except msgspec.MsgspecError:
                    continue
                kept[key] = row[key]
        return msgspec.convert(kept, self._kind)
