# SPDX-License-Identifier: GPL-3.0-only
"""Log rows as columns: what a view, a filter and a child process hand around instead of a list of rows.

A row costs its text and 32 bytes. The text is the line without escape sequences (colours) and line end; everything
else in it is as the board sent it and must be made harmless before it is shown (``core.shown_text``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.line_batch import parse_all
from mtleak_gui.core.records import HeardLine, LogLine, RawMark
from mtleak_gui.core.rows import mark_rows
from mtleak_gui.core.terminal_text import without_escapes, without_escapes_in_lines

LEVELS = ("DEBUG", "INFO", "WARN", "ERROR", "CRIT", "TRACE", "HEAP", "MARK")
"""The place of a level here is its code in the ``level`` column."""
MARK = LEVELS.index("MARK")
HEAP = LEVELS.index("HEAP")
NO_LEVEL = len(LEVELS)
"""The code of lines that have no level: boot ROM, crash dumps, text of other programs."""
NO_HEAP = -1
MARKER_ROLE = "marker"
MARK_MESSAGE_AT = len("[mark] ")
MOST_THREADS = 4096
"""Names of threads in one table; a line of noise can name any. Further ones are kept in the text alone."""

Floats = npt.NDArray[np.float64]
_CODES = {name: code for code, name in enumerate(LEVELS)}
_FURTHEST_MESSAGE = 0xFFFF


class LogSource(NamedTuple):
    """Where a row came from; marks come from no port."""

    port: str | None
    role: str | None


@dataclass(frozen=True, slots=True, eq=False)
class LogColumns:
    """Rows in their order, one array for each column, all of length n unless said; must not be written to."""

    ts: Floats = field(default_factory=lambda: np.empty(0))
    """Epoch seconds."""
    level: npt.NDArray[np.uint8] = field(default_factory=lambda: np.empty(0, np.uint8))
    """Codes: places in ``LEVELS``, or ``NO_LEVEL``."""
    uptime: Floats = field(default_factory=lambda: np.empty(0))
    """Seconds since boot; NaN where the line states none."""
    heap: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    """Free heap in bytes; ``NO_HEAP`` where the line states none."""
    source: npt.NDArray[np.uint16] = field(default_factory=lambda: np.empty(0, np.uint16))
    """Places in ``sources``."""
    thread: npt.NDArray[np.uint16] = field(default_factory=lambda: np.empty(0, np.uint16))
    """Places in ``threads``; place 0 is no thread."""
    message_at: npt.NDArray[np.uint16] = field(default_factory=lambda: np.empty(0, np.uint16))
    """How many bytes of the row's text stand before its message: level, clock, uptime, thread, heap prefix."""
    offsets: npt.NDArray[np.uint32] = field(default_factory=lambda: np.zeros(1, np.uint32))
    """Of shape (n + 1,): row ``i`` is ``text[offsets[i]:offsets[i + 1] - 1]``."""
    text: bytes = b""
    """UTF-8, rows one behind the other, a newline after each; a row may hold newlines of its own."""
    sources: tuple[LogSource, ...] = ()
    threads: tuple[str, ...] = ("",)

    def __len__(self) -> int:
        return len(self.ts)

    def between(self, start: int, stop: int) -> LogColumns:
        """Return the rows from number ``start`` up to, not including, ``stop``; the name tables stay whole."""
        if start <= 0 and stop >= len(self):
            return self
        rows = slice(start, max(start, stop))
        offsets = self.offsets[start : max(start, stop) + 1]
        first, end = int(offsets[0]), int(offsets[-1])
        return LogColumns(
            self.ts[rows],
            self.level[rows],
            self.uptime[rows],
            self.heap[rows],
            self.source[rows],
            self.thread[rows],
            self.message_at[rows],
            offsets - np.uint32(first),
            self.text[first:end],
            self.sources,
            self.threads,
        )


def columns_of_lines(lines: Iterable[HeardLine], marks: Sequence[RawMark] = ()) -> LogColumns:
    """Return the rows of a batch: its lines in their order of arrival, its marks between them by their time."""
    making = _Making()
    waiting = sorted(marks, key=lambda mark: mark.ts, reverse=True)
    held = list(lines)
    for (heard, line), clean in zip(held, _all_clean([heard.text for heard, _ in held]), strict=True):
        while waiting and waiting[-1].ts < heard.ts:
            _add_heard_mark(making, waiting.pop())
        heap = None if line.heap is None else line.heap.free
        making.add(
            heard.ts,
            LogSource(heard.port, heard.role),
            _level(heard.level or line.level, line),
            heard.thread or line.thread,
            uptime=line.uptime_s,
            heap=heap,
            text=clean,
            message_at=_message_at(clean, line),
        )
    while waiting:
        _add_heard_mark(making, waiting.pop())
    return making.columns()


def columns_of_rows(rows: Sequence[Mapping[str, object]]) -> LogColumns:
    """Return rows of the logs stream, decoded, in their order. Each must have a number ``ts``; the rest may be amiss.

    Headers are read again to find where messages begin, at about 2 us a row: not for the GUI thread.
    """
    making = _Making()
    texts = [line if isinstance(line := row.get("line"), str) else "" for row in rows]
    for row, text, line in zip(rows, texts, parse_all(texts), strict=True):
        clean = _clean(text)
        source = LogSource(_words(row.get("port")), _words(row.get("role")))
        ts = _number(row.get("ts")) or 0.0
        if source.role == MARKER_ROLE:
            _add_mark(making, ts, clean, source)
            continue
        level = _words(row.get("level"))
        making.add(
            ts,
            source,
            _level(None if level == "MARK" else level, line),  # only the tester sets marks, whatever a board says
            _words(row.get("tag")),
            uptime=_number(row.get("uptime_s")),
            heap=_number(row.get("heap_free")),
            text=clean,
            message_at=_message_at(clean, line),
        )
    return making.columns()


class _Making:
    """Columns being filled, row by row."""

    def __init__(self) -> None:
        self._ts: list[float] = []
        self._level: list[int] = []
        self._uptime: list[float] = []
        self._heap: list[int] = []
        self._source: list[int] = []
        self._thread: list[int] = []
        self._message_at: list[int] = []
        self._texts: list[str] = []
        self._sources: dict[LogSource, int] = {}
        self._threads: dict[str, int] = {"": 0}

    def add(
        self,
        ts: float,
        source: LogSource,
        level: str | None,
        thread: str | None,
        *,
        uptime: float | None,
        heap: float | None,
        text: str,
        message_at: int,
    ) -> None:
        self._ts.append(ts)
        self._level.append(NO_LEVEL if level is None else _CODES.get(level, NO_LEVEL))
        self._uptime.append(np.nan if uptime is None else uptime)
        self._heap.append(NO_HEAP if heap is None or not 0 <= heap < 1 << 62 else int(heap))
        self._source.append(self._sources.setdefault(source, len(self._sources)))
        self._thread.append(thread_code(self._threads, thread))
        self._message_at.append(message_at)
        self._texts.append(text)

    def columns(self) -> LogColumns:
        text, lengths = _joined(self._texts)
        offsets = np.zeros(len(lengths) + 1, np.uint32)
        np.cumsum(lengths, out=offsets[1:])
        return LogColumns(
            np.array(self._ts, np.float64),
            np.array(self._level, np.uint8),
            np.array(self._uptime, np.float64),
            np.array(self._heap, np.int64),
            np.array(self._source, np.uint16),
            np.array(self._thread, np.uint16),
            np.array(self._message_at, np.uint16),
            offsets,
            text,
            tuple(self._sources),
            tuple(self._threads),
        )


def is_heap_line(line: LogLine) -> bool:
    """Return whether a line is one that DEBUG_HEAP firmware prints with level HEAP.

    Log records have no number for that level: such a line comes over the API without one.
    """
    return line.heap_event is not None or line.alloc_site is not None


def thread_code(names: dict[str, int], thread: str | None) -> int:
    """Return the code of a thread, given a new one where the table has room; else 0, no thread."""
    if not thread:
        return 0
    code = names.get(thread)
    if code is None:
        if len(names) >= MOST_THREADS:
            return 0
        code = names[thread] = len(names)
    return code


def _add_mark(making: _Making, ts: float, text: str, source: LogSource) -> None:
    making.add(ts, source, "MARK", None, uptime=None, heap=None, text=text, message_at=MARK_MESSAGE_AT)


def _add_heard_mark(making: _Making, mark: RawMark) -> None:
    _, row = mark_rows(mark)
    _add_mark(making, mark.ts, str(row["line"]), LogSource(None, MARKER_ROLE))


def _joined(texts: Sequence[str]) -> tuple[bytes, list[int]]:
    """Return texts as one blob of UTF-8, a newline after each, and the bytes of each with its newline."""
    if not texts:
        return b"", []
    together = "\n".join(texts) + "\n"
    if together.isascii():
        return together.encode("ascii"), [len(text) + 1 for text in texts]
    encoded = [text.encode("utf-8", "replace") for text in texts]
    return b"\n".join(encoded) + b"\n", [len(text) + 1 for text in encoded]


def _clean(text: str) -> str:
    return without_escapes(text) if "\x1b" in text else text.rstrip("\r\n\x00")


def _all_clean(texts: Sequence[str]) -> Sequence[str]:
    """Return each text as ``_clean`` leaves it, at half the price for many."""
    joined = "\n".join(texts)
    together = without_escapes_in_lines(joined)
    if together is None or joined.count("\n") != len(texts) - 1:
        return [_clean(text) for text in texts]
    return together.split("\n")


def _level(told: str | None, line: LogLine) -> str | None:
    return "HEAP" if told is None and is_heap_line(line) else told


def _message_at(clean: str, line: LogLine) -> int:
    """Return how many bytes of a line stand before its message."""
    message = line.message
    if not clean.endswith(message):
        return 0
    header = clean[: len(clean) - len(message)]
    return min(len(header) if header.isascii() else len(header.encode("utf-8", "replace")), _FURTHEST_MESSAGE)


def _words(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return None
