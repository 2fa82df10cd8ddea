# SPDX-License-Identifier: GPL-3.0-only
"""Hundreds of thousands of stored log rows to columns: what ``log_columns`` makes of them, in a third of the time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.chat_text import words_of_the_board
from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.line_header import common_headers, read_header
from mtleak_gui.core.log_columns import (
    HEAP,
    LEVELS,
    MARK,
    MARK_MESSAGE_AT,
    MARKER_ROLE,
    NO_HEAP,
    NO_LEVEL,
    LogColumns,
    LogSource,
    columns_of_rows,
    is_heap_line,
    thread_code,
)
from mtleak_gui.core.log_readings import alloc_site, thread_heap
from mtleak_gui.core.terminal_text import ESC, without_escapes_in_lines

_CODES: dict[str | None, int] = {name: code for code, name in enumerate(LEVELS) if code != MARK}
_FURTHEST_MESSAGE = 0xFFFF
_NEWLINE = ord("\n")
_MOST_HEAP = 1 << 62


class StoredLogRow(Protocol):
    """A decoded row of the logs stream."""

    ts: float
    port: str | None
    role: str | None
    level: str | None
    tag: str | None
    uptime_s: float | None
    line: str | None
    heap_free: object


def columns_of_stored(rows: Sequence[StoredLogRow]) -> LogColumns:
    """Return the rows as columns, in their order."""
    joined = "\n".join([row.line or "" for row in rows])
    clean = without_escapes_in_lines(joined)
    if clean is None or joined.count("\n") != len(rows) - 1:
        return columns_of_rows([_mapping(row) for row in rows])
    text = f"{clean}\n".encode("utf-8", "replace")
    ends = np.flatnonzero(np.frombuffer(text, np.uint8) == _NEWLINE) + 1
    sources = {source: code for code, source in enumerate(dict.fromkeys([(row.port, row.role) for row in rows]))}
    names: dict[str, int] = {"": 0}
    nan = float("nan")
    return LogColumns(
        ts=np.array([row.ts for row in rows], np.float64),
        level=np.array([_level(row) for row in rows], np.uint8),
        uptime=np.array([nan if row.uptime_s is None else row.uptime_s for row in rows], np.float64),
        heap=np.array([_heap(row) for row in rows], np.int64),
        source=np.array([sources[row.port, row.role] for row in rows], np.uint16),
        thread=_threads(rows, names),
        message_at=_message_at(rows, clean),
        offsets=np.concatenate(([0], ends)).astype(np.uint32),
        text=text,
        sources=tuple(LogSource(*source) for source in sources),
        threads=tuple(names),
    )


def _level(row: StoredLogRow) -> int:
    # Only marks of the tester are marks, whatever a board says.
    if row.role == MARKER_ROLE:
        return MARK
    if row.level is None and row.line and ("heap " in row.line or "Alloc in " in row.line):
        return HEAP if _is_heap_line(row.line) else NO_LEVEL
    return _CODES.get(row.level, NO_LEVEL)


def _is_heap_line(text: str) -> bool:
    """Return what ``is_heap_line(parse(text))`` does, without all that a line may tell besides."""
    if ESC in text:
        return is_heap_line(parse(text))
    words = words_of_the_board(read_header(text.rstrip("\r\n\x00"))[-1])
    return thread_heap(words) is not None or alloc_site(words) is not None


def _heap(row: StoredLogRow) -> int:
    free = row.heap_free
    if free is None or row.role == MARKER_ROLE or isinstance(free, bool) or not isinstance(free, int | float):
        return NO_HEAP
    return int(free) if 0 <= free < _MOST_HEAP else NO_HEAP


def _threads(rows: Sequence[StoredLogRow], names: dict[str, int]) -> npt.NDArray[np.uint16]:
    codes = [0 if row.role == MARKER_ROLE else thread_code(names, row.tag) for row in rows]
    return np.array(codes, np.uint16)


def _message_at(rows: Sequence[StoredLogRow], clean: str) -> npt.NDArray[np.uint16]:
    """Return at which byte of each row its message begins. One search finds the headers of nearly all lines."""
    texts, headers = clean.split("\n"), common_headers(clean)
    places = [
        len(text) - len(header[-1]) if header[0] else _uncommon_place(text)
        for text, header in zip(texts, headers, strict=True)
    ]
    if not clean.isascii():
        for number, text in enumerate(texts):
            if places[number] and not text.isascii():
                places[number] = len(text[: places[number]].encode("utf-8", "replace"))
    for number in [number for number, row in enumerate(rows) if row.role == MARKER_ROLE]:
        places[number] = MARK_MESSAGE_AT
    return np.minimum(np.array(places, np.int64), _FURTHEST_MESSAGE).astype(np.uint16)


def _uncommon_place(text: str) -> int:
    message = read_header(text)[-1]
    return len(text) - len(message) if text.endswith(message) else 0


def _mapping(row: StoredLogRow) -> dict[str, object]:
    return {
        "ts": row.ts,
        "port": row.port,
        "role": row.role,
        "level": row.level,
        "tag": row.tag,
        "uptime_s": row.uptime_s,
        "line": row.line,
        "heap_free": row.heap_free,
    }
