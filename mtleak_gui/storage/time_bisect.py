# SPDX-License-Identifier: GPL-3.0-only
"""Finding a moment in a file of rows whose ``ts`` never goes backwards, by reading a few rows of it."""

from __future__ import annotations

from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.plain_file import PlainFile
from mtleak_gui.storage.row_times import row_time


def window_range(file: PlainFile, window: TimeWindow) -> tuple[int, int]:
    """Return the byte offsets between which the rows of the window lie; lines that are no row are passed over."""
    low = _first_row(file, window.start, after_equal=False, low=0)
    high = _first_row(file, window.end, after_equal=True, low=low)
    return low, high


def _first_row(file: PlainFile, moment: float, *, after_equal: bool, low: int) -> int:
    """Return where the first row stands that is at ``moment`` or later (strictly later with ``after_equal``)."""
    high = file.rows_end
    while low < high:
        middle = (low + high) // 2
        found = _timed_row(file, middle if middle == low else file.row_start(middle), high)
        if found is None:
            high = middle
            continue
        ts, end = found
        if ts < moment or (after_equal and ts == moment):
            low = end
        else:
            high = middle
    return low


def _timed_row(file: PlainFile, offset: int, limit: int) -> tuple[float, int] | None:
    """Return time and end of the first row that starts in ``offset .. limit - 1``."""
    while offset < limit:
        line = file.line_at(offset)
        ts = row_time(line)
        offset += len(line)
        if ts is not None:
            return ts, offset
    return None
