# SPDX-License-Identifier: GPL-3.0-only
"""A live file or a part, held open for one query: the rows that were there when it began, while others append."""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

from mtleak_gui.storage.archive_format import LONGEST_ROW_BYTES, MEMBER_BYTES

_LOOK_BYTES = 1 << 12
_LONGEST_LOOK = 1 << 20
_NOT_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def open_regular(path: Path) -> FileIO:
    """Open a file for reading. Raises ``OSError``, also for what is none: to open a pipe would wait for its writer."""
    descriptor = os.open(path, os.O_RDONLY | _NOT_WAITING)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.EINVAL, "it is no regular file")
    return FileIO(descriptor, "rb")


class PlainFile:
    """Rows in plain text. Reads, never maps: a writer that cuts off a torn row would end the process by a bus error.

    ``identity`` stays the same when the file is renamed; ``size`` is what it was when opened. Raises ``OSError``.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = open_regular(path)
        self._one_reader = threading.Lock()
        status = os.fstat(self._file.fileno())
        self.identity = (status.st_dev, status.st_ino)
        self.size = status.st_size
        self.rows_end = self._last_row_end()
        """Where the last row that has its newline ends; what stands behind it is being written, or torn."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def read(self, offset: int, count: int) -> bytes:
        """Return up to ``count`` bytes from ``offset``, never beyond ``size``. From any thread."""
        wanted = min(count, self.size - offset)
        pieces = []
        with self._one_reader:
            self._file.seek(offset)
            while wanted > 0 and (piece := self._file.read(wanted)):
                pieces.append(piece)
                wanted -= len(piece)
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def unfinished(self) -> bytes:
        """Return what stands behind the last row end; of what is too long for a row, its begin."""
        return self.read(self.rows_end, min(self.size - self.rows_end, LONGEST_ROW_BYTES))

    def line_at(self, offset: int) -> bytes:
        """Return the line that starts at ``offset``, with its newline if it has one; never much more than a row is."""
        look, end = _LOOK_BYTES, -1
        chunk = bytearray()
        while end < 0 and offset + len(chunk) < self.size and len(chunk) < LONGEST_ROW_BYTES:
            looked = len(chunk)
            chunk += self.read(offset + looked, look)
            end = chunk.find(b"\n", looked)
            look = min(2 * look, _LONGEST_LOOK)
        return bytes(chunk if end < 0 else chunk[: end + 1])

    def row_start(self, offset: int) -> int:
        """Return the start of the first line that begins at ``offset`` or later."""
        return 0 if offset == 0 else offset - 1 + len(self.line_at(offset - 1))

    def blocks(self, low: int, high: int) -> Iterator[tuple[int, bytes]]:
        """Yield offset and bytes of about 1 MiB of whole lines each; ``low`` and ``high`` are ends of lines."""
        while low < high:
            block = self.read(low, min(MEMBER_BYTES, high - low))
            if not block:
                return
            if low + len(block) < high:
                cut = block.rfind(b"\n") + 1
                block = block[:cut] if cut else self.line_at(low)
            yield low, block
            low += len(block)

    def _last_row_end(self) -> int:
        end, look = self.size, _LOOK_BYTES
        while end > 0:
            start = max(0, end - look)
            found = self.read(start, end - start).rfind(b"\n")
            if found >= 0:
                return start + found + 1
            end, look = start, min(2 * look, _LONGEST_LOOK)
        return 0
