# SPDX-License-Identifier: GPL-3.0-only
"""The log rows that are held in memory: blocks of 4,096 rows, the newest million of them. Owner: GUI thread."""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.log_columns import MARK, NO_HEAP, LogColumns, LogSource, thread_code

BLOCK_ROWS = 4096
CAPACITY = 1_000_000


class LogRow(NamedTuple):
    """One row, taken out to be shown or copied. ``number`` names it as long as the store holds it."""

    number: int
    ts: float
    level: int
    uptime: float | None
    heap: int | None
    source: LogSource
    thread: str
    text: str
    message: str

    @property
    def is_mark(self) -> bool:
        """Return whether the tester set this row."""
        return self.level == MARK


class LogBlock:
    """Neighbouring rows: arrays of ``len(block)`` filled places, and their text in one buffer."""

    __slots__ = ("_arrays", "_offsets", "_rows", "first", "text")

    def __init__(self, first: int, room: int) -> None:
        self.first = first
        """The number of its first row."""
        self.text: bytes | bytearray = bytearray()
        self._rows = 0
        self._arrays: tuple[npt.NDArray[Any], ...] = (
            np.empty(room, np.float64),
            np.empty(room, np.uint8),
            np.empty(room, np.float64),
            np.empty(room, np.int64),
            np.empty(room, np.uint16),
            np.empty(room, np.uint16),
            np.empty(room, np.uint16),
        )
        self._offsets = np.zeros(room + 1, np.uint32)

    def __len__(self) -> int:
        return self._rows

    @property
    def room(self) -> int:
        """How many rows more it takes."""
        return len(self._offsets) - 1 - self._rows

    @property
    def ts(self) -> npt.NDArray[np.float64]:
        """Epoch seconds."""
        return self._arrays[0][: self._rows]

    @property
    def level(self) -> npt.NDArray[np.uint8]:
        """Level codes."""
        return self._arrays[1][: self._rows]

    @property
    def source(self) -> npt.NDArray[np.uint16]:
        """Places in the store's ``sources``."""
        return self._arrays[4][: self._rows]

    @property
    def thread(self) -> npt.NDArray[np.uint16]:
        """Places in the store's ``threads``."""
        return self._arrays[5][: self._rows]

    @property
    def offsets(self) -> npt.NDArray[np.uint32]:
        """Where rows begin in ``text``; one place more than rows. A newline ends each row."""
        return self._offsets[: self._rows + 1]

    def raw(self, index: int) -> bytes:
        """Return the text of a row as UTF-8."""
        return bytes(self.text[self._offsets[index] : self._offsets[index + 1] - 1])

    def message_at(self, index: int) -> int:
        """Return how many bytes of a row stand before its message."""
        return int(self._arrays[6][index])

    def figures(self, index: int) -> tuple[float | None, int | None]:
        """Return uptime and free heap of a row, ``None`` where it states none."""
        uptime, heap = float(self._arrays[2][index]), int(self._arrays[3][index])
        return None if uptime != uptime else uptime, None if heap == NO_HEAP else heap  # noqa: PLR0124 - NaN

    def take(self, columns: LogColumns, sources: npt.NDArray[np.uint16], threads: npt.NDArray[np.uint16]) -> None:
        """Add rows, no more than there is room for; ``sources`` and ``threads`` are their codes in the store."""
        start, stop = self._rows, self._rows + len(columns)
        taken = (columns.ts, columns.level, columns.uptime, columns.heap, sources, threads, columns.message_at)
        for array, values in zip(self._arrays, taken, strict=True):
            array[start:stop] = values
        self._offsets[start + 1 : stop + 1] = columns.offsets[1:] + np.uint32(len(self.text))
        self.text += columns.text
        self._rows = stop
        if self.room == 0:
            self.text = bytes(self.text)


class LogStore:
    """Rows in order of their recording; appending drops the oldest block as a whole when there are too many."""

    def __init__(self, capacity: int = CAPACITY, block_rows: int = BLOCK_ROWS) -> None:
        self._capacity = capacity
        self._block_rows = block_rows
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self._blocks: deque[LogBlock] = deque()
        self._sources: dict[LogSource, int] = {}
        self._threads: dict[str, int] = {"": 0}
        self._source_list: list[LogSource] = []
        self._thread_list: list[str] = [""]
        self._rows = 0
        self.forgotten = 0
        """How many rows were dropped because newer ones needed their room."""

    def __len__(self) -> int:
        return self._rows

    @property
    def is_full(self) -> bool:
        """Whether older rows can no longer be put before."""
        return self._rows + self._block_rows > self._capacity

    @property
    def blocks(self) -> deque[LogBlock]:
        """All blocks, oldest first; not to be changed."""
        return self._blocks

    @property
    def first(self) -> int:
        """The number of the oldest row; numbers go up by one, and those of older rows put before go below zero."""
        return self._blocks[0].first if self._blocks else 0

    @property
    def end(self) -> int:
        """One more than the number of the newest row."""
        return self._blocks[-1].first + len(self._blocks[-1]) if self._blocks else 0

    @property
    def sources(self) -> list[LogSource]:
        """What source codes stand for."""
        return self._source_list

    @property
    def threads(self) -> list[str]:
        """What thread codes stand for; place 0 is no thread."""
        return self._thread_list

    def code_of_thread(self, name: str) -> int:
        """Return the code of a thread, -1 when no row has it."""
        return self._threads.get(name, -1)

    def append(self, columns: LogColumns) -> None:
        """Add rows behind the newest."""
        sources, threads = self._codes(columns)
        at = 0
        while at < len(columns):
            if not self._blocks or not self._blocks[-1].room:
                self._blocks.append(LogBlock(self.end, self._block_rows))
            block = self._blocks[-1]
            stop = min(at + block.room, len(columns))
            block.take(columns.between(at, stop), sources[at:stop], threads[at:stop])
            self._rows += stop - at
            at = stop
        while self._rows > self._capacity and len(self._blocks) > 1:
            dropped = len(self._blocks.popleft())
            self._rows -= dropped
            self.forgotten += dropped

    def put_before(self, columns: LogColumns) -> int:
        """Add rows before the oldest, as far as there is room; return how many were taken, the newest of them."""
        if not self._blocks:
            self.append(columns)
            return len(self)
        taken = min(len(columns), max(0, self._capacity - self._rows))
        sources, threads = self._codes(columns)
        stop, last = len(columns), len(columns) - taken
        while stop > last:
            start = max(last, stop - self._block_rows)
            block = LogBlock(self.first - (stop - start), stop - start)
            block.take(columns.between(start, stop), sources[start:stop], threads[start:stop])
            self._blocks.appendleft(block)
            self._rows += stop - start
            stop = start
        return taken

    def older_than_held(self, columns: LogColumns) -> LogColumns:
        """Return the rows of a recording that are not held yet: those older than the oldest that is.

        Of its very time as many are left out as are held.
        """
        return columns.between(0, self._older(columns.ts)) if self._blocks else columns

    def count_between(self, start: float, end: float, port: str | None = None) -> int:
        """Return how many rows of a port, or of all, lie from ``start`` (included) to ``end`` (not included)."""
        own = np.array([port is None or source.port in {port, None} for source in self._source_list], np.bool_)
        total = 0
        for block in self._blocks:
            within = (block.ts >= start) & (block.ts < end)
            total += int(np.count_nonzero(within if port is None else within & own[block.source]))
        return total

    def row(self, number: int) -> LogRow | None:
        """Return a row, ``None`` when it is not (no longer) held."""
        place = self.place(number)
        return None if place is None else self.row_in(*place)

    def row_in(self, block: LogBlock, index: int) -> LogRow:
        """Return the row at a place."""
        raw = block.raw(index)
        return LogRow(
            block.first + index,
            float(block.ts[index]),
            int(block.level[index]),
            *block.figures(index),
            self._source_list[block.source[index]],
            self._thread_list[block.thread[index]],
            raw.decode("utf-8", "replace"),
            raw[block.message_at(index) :].decode("utf-8", "replace"),
        )

    def place(self, number: int) -> tuple[LogBlock, int] | None:
        """Return the block of a row and the row's place in it, ``None`` when it is not held."""
        if not self.first <= number < self.end:
            return None
        block = self._blocks[bisect_right(self._blocks, number, key=lambda block: block.first) - 1]
        return block, number - block.first

    def _older(self, ts: npt.NDArray[np.float64]) -> int:
        """Return how many of these rows, from the first, stand before the oldest that is held."""
        ascending = np.maximum.accumulate(ts)
        oldest = self._blocks[0].ts[0]
        older = int(np.searchsorted(ascending, oldest, side="left"))
        of_its_time = int(np.searchsorted(ascending, oldest, side="right")) - older
        held = 0
        for block in self._blocks:
            same = int(np.count_nonzero(block.ts == oldest))
            held += same
            if same < len(block):
                break
        return older + max(0, of_its_time - held)

    def _codes(self, columns: LogColumns) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint16]]:
        """Return the columns' codes of sources and threads as codes of the store, which learns new names."""
        for source in columns.sources:
            if source not in self._sources:
                self._sources[source] = len(self._source_list)
                self._source_list.append(source)
        threads = [thread_code(self._threads, name) for name in columns.threads]
        if len(self._threads) > len(self._thread_list):
            self._thread_list = list(self._threads)
        source_map = np.array([self._sources[source] for source in columns.sources], np.uint16)
        thread_map = np.array(threads, np.uint16)
        return source_map[columns.source], thread_map[columns.thread]
