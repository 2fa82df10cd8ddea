# SPDX-License-Identifier: GPL-3.0-only
"""The newest log rows of a recording: as columns to be shown, and what each port's lines tell of its memory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from mtleak_gui.core.log_columns import LogColumns
from mtleak_gui.core.stored_log_columns import columns_of_stored
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.evidence_logs import LogReading
from mtleak_gui.storage.evidence_rows import LogRow, RowDecoder
from mtleak_gui.storage.recording_pieces import ALWAYS, RecordingPieces
from mtleak_gui.storage.row_times import line_count

Tell = Callable[[float, str], None]


class NewestLogs(NamedTuple):
    """Log rows in file order, and what the rows of each port tell."""

    columns: LogColumns
    readings: dict[str, LogReading]
    roles: dict[str, str]
    """The role under which each port was heard last."""


def newest_logs(pieces: RecordingPieces, rows: int, tell: Tell) -> NewestLogs:
    """Return the newest ``rows`` log rows, oldest first. Raises ``OSError``."""
    found = _newest_rows(pieces, ALWAYS, rows)
    readings: dict[str, LogReading] = {}
    by_port: defaultdict[str, list[LogRow]] = defaultdict(list)
    for row in found:
        if row.port is not None:
            by_port[row.port].append(row)
    for port, heard in by_port.items():
        tell(0.4, "Reading log lines")
        readings[port] = LogReading(ALWAYS)
        readings[port].take(heard, port)
    roles = {row.port: row.role for row in found if row.port is not None and row.role is not None}
    tell(0.5, "Reading log lines")
    return NewestLogs(columns_of_stored(found), readings, roles)


def older_logs(pieces: RecordingPieces, before_ts: float, held: int, rows: int, tell: Tell) -> LogColumns:
    """Return the newest ``rows`` log rows up to ``before_ts``, oldest first.

    ``held`` of the rows of exactly that time are known already and left out: many rows may share a moment.
    """
    tell(0.0, "Reading older log lines")
    window = TimeWindow(float("-inf"), before_ts)
    found = [row for row in _newest_rows(pieces, window, rows + held) if row.ts <= before_ts]
    for _ in range(held):
        if found and found[-1].ts == before_ts:
            found.pop()
    return columns_of_stored(found[-rows:] if rows else [])


def _newest_rows(pieces: RecordingPieces, window: TimeWindow, rows: int) -> list[LogRow]:
    if rows <= 0:
        return []
    taken: list[bytes] = []
    count = 0
    for piece in pieces.newest_first("logs", window):
        taken.append(piece)
        count += line_count(piece)
        if count >= rows:
            break
    decoder = RowDecoder(LogRow)
    found = [row for piece in reversed(taken) for row in decoder.rows(piece) if row.ts <= window.end]
    return found[-rows:]
