# SPDX-License-Identifier: GPL-3.0-only
"""The end of a file of rows: its last whole row, and what a crash left after it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from mtleak_gui.storage.row_times import row_time

_STEP_BYTES = 1 << 16


def torn_end(path: Path) -> tuple[int, bytes]:
    """Return how many bytes of whole lines the file holds, and the bytes after them (empty when all is well).

    Raises ``OSError``.
    """
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        step, start, tail = _STEP_BYTES, size, b""
        while start > 0 and b"\n" not in tail:
            start = max(0, size - step)
            file.seek(start)
            tail = file.read()
            step *= 4
        whole = start + tail.rfind(b"\n") + 1 if b"\n" in tail else 0
        return whole, tail[whole - start :]


def is_row(line: bytes) -> bool:
    """Return whether the line is a row: a JSON object with a number ``ts``."""
    return row_time(line) is not None


def last_row(path: Path, wanted: Callable[[bytes], bool] = is_row) -> bytes | None:
    """Return the last line that is ``wanted``, looking back 64 KiB and then the whole file, or ``None``.

    Raises ``OSError``.
    """
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        for step in (_STEP_BYTES, size):
            file.seek(max(0, size - step))
            row = last_row_in(file.read(), wanted, from_start=step >= size)
            if row is not None or step >= size:
                return row
    return None


def last_row_in(block: bytes, wanted: Callable[[bytes], bool] = is_row, *, from_start: bool = True) -> bytes | None:
    """Return the last ``wanted`` line of ``block``; its first line counts only if it begins there (``from_start``)."""
    lines = block.split(b"\n")
    if not from_start:
        del lines[0]
    return next((line for line in reversed(lines) if wanted(line)), None)
