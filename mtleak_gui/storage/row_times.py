# SPDX-License-Identifier: GPL-3.0-only
"""The times in a block of rows, read from every row: extremes, and how many lines are rows at all."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator
from typing import NamedTuple

import msgspec
import numpy as np

_SLICE_BYTES = 1 << 16
_NEWLINE = ord("\n")


class BlockTimes(NamedTuple):
    """True extremes of ``ts`` (epoch s, ``None`` without a row), rows that have a time, lines that are no row."""

    min_ts: float | None = None
    max_ts: float | None = None
    rows: int = 0
    bad_rows: int = 0

    def joined(self, other: BlockTimes) -> BlockTimes:
        """Return the times of both blocks together."""
        lows = [ts for ts in (self.min_ts, other.min_ts) if ts is not None]
        highs = [ts for ts in (self.max_ts, other.max_ts) if ts is not None]
        return BlockTimes(
            min(lows, default=None),
            max(highs, default=None),
            self.rows + other.rows,
            self.bad_rows + other.bad_rows,
        )


class _Timed(msgspec.Struct, gc=False):
    ts: float


_DECODER = msgspec.json.Decoder(_Timed)


def row_slices(block: bytes, rest_s: float = 0.0) -> Iterator[bytes]:
    """Yield whole rows in slices of about 64 KiB, with a rest of ``rest_s`` seconds after each.

    Looking at one holds the interpreter for less than a millisecond. A rest lets a producer of rows go on at once;
    giving up the interpreter without one does not, since whoever gave it up gets it back before others wake.
    """
    start = 0
    while start < len(block):
        end = block.find(b"\n", start + _SLICE_BYTES) + 1 or len(block)
        yield block[start:end]
        start = end
        if rest_s:
            time.sleep(rest_s)


def line_count(block: bytes) -> int:
    """Return how many lines a block has, the last one with or without its newline.

    A decoder of lines also takes two rows on one line, and one row on two: only the count gives them away.
    """
    return block.count(b"\n") + (not block.endswith(b"\n"))


def block_times(block: bytes) -> BlockTimes:
    """Return the times of whole rows; lines that are no JSON object with a number ``ts`` are counted as bad."""
    try:
        times, bad_rows = [row.ts for row in _DECODER.decode_lines(block)], 0
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        times, bad_rows = _times_line_by_line(block)
    if not bad_rows and len(times) != line_count(block):
        times, bad_rows = _times_line_by_line(block)
    if not times:
        return BlockTimes(bad_rows=bad_rows)
    return BlockTimes(min(times), max(times), len(times), bad_rows)


def ordered_block_times(block: bytes) -> BlockTimes:
    """Return the times of whole rows that are known to be rows in order, by looking at the first and the last only."""
    first = row_time(block[: block.find(b"\n") + 1])
    last = row_time(block[block.rfind(b"\n", 0, -1) + 1 :])
    if first is None or last is None or first > last:
        return block_times(block)
    rows = int(np.count_nonzero(np.frombuffer(block, np.uint8) == _NEWLINE))
    return BlockTimes(first, last, rows)


def row_time(line: bytes) -> float | None:
    """Return the ``ts`` of one line, or ``None`` when the line is no row."""
    try:
        return _DECODER.decode(line).ts
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _lenient_row_time(line)


def _times_line_by_line(block: bytes) -> tuple[list[float], int]:
    lines = [line for line in block.split(b"\n") if line.strip()]
    times = [ts for line in lines if (ts := row_time(line)) is not None]
    return times, len(lines) - len(times)


def _lenient_row_time(line: bytes) -> float | None:
    """Read what the standard library takes and msgspec does not: NaN among the values, and lone surrogates."""
    try:
        row = json.loads(line.decode("utf-8", "replace"))
        found = row.get("ts") if isinstance(row, dict) else None
        ts = math.nan if isinstance(found, bool) or not isinstance(found, int | float) else float(found)
    except (ValueError, OverflowError, RecursionError):
        return None
    return ts if math.isfinite(ts) else None
