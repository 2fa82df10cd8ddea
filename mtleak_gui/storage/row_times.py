# SPDX-License-Identifier: GPL-3.0-only
"""The times in a block of rows, read from every row: extremes, and how many lines are rows at all."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

_SLICE_BYTES = 1 << 16


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


def row_slices(block: bytes) -> Iterator[bytes]:
    """Yield whole rows in slices of about 64 KiB.

    Looking at one holds the interpreter for less than a millisecond; between two it is offered to others, so that
    a producer of rows never waits for long.
    """
    start = 0
    while start < len(block):
        end = block.find(b"\n", start + _SLICE_BYTES) + 1 or len(block)
        yield block[start:end]
        start = end
        time.sleep(0)


def block_times(block: bytes) -> BlockTimes:
    """Return the times of whole rows; lines that are no JSON object with a number ``ts`` are counted as bad."""
    try:
        times = [row.ts for row in _DECODER.decode_lines(block)]
        bad_rows = 0
    except (msgspec.MsgspecError, UnicodeDecodeError):
        times, bad_rows = _times_line_by_line(block)
    if not times:
        return BlockTimes(bad_rows=bad_rows)
    return BlockTimes(min(times), max(times), len(times), bad_rows)


def row_time(line: bytes) -> float | None:
    """Return the ``ts`` of one line, or ``None`` when the line is no row."""
    try:
        return _DECODER.decode(line).ts
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return _lenient_row_time(line)


def _times_line_by_line(block: bytes) -> tuple[list[float], int]:
    lines = [line for line in block.split(b"\n") if line.strip()]
    times = [ts for line in lines if (ts := row_time(line)) is not None]
    return times, len(lines) - len(times)


def _lenient_row_time(line: bytes) -> float | None:
    """Read what the standard library takes and msgspec does not: NaN among the values, and lone surrogates."""
    try:
        row = json.loads(line.decode("utf-8", "replace"))
        ts = float(row["ts"]) if isinstance(row, dict) and isinstance(row.get("ts"), int | float) else math.nan
    except (ValueError, OverflowError, RecursionError):
        return None
    return ts if math.isfinite(ts) else None
