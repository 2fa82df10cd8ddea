# SPDX-License-Identifier: GPL-3.0-only
"""A row to the bytes of its line: ASCII-safe JSON, separators ``,`` and ``:``, a newline, whatever the row holds.

What JSON cannot say is made safe instead of raised: NaN and infinities become ``null``, integers beyond 64 bit and
unknown objects become text, bytes become hexadecimal text, half of a surrogate pair becomes U+FFFD.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

import orjson

_OPTIONS = orjson.OPT_APPEND_NEWLINE
_DEEPEST = 100
_SEPARATORS = (",", ":")


def encoded_row(row: Mapping[str, object]) -> bytes:
    """Return the line of ``row``, newline included. Never raises."""
    try:
        line = orjson.dumps(row, _safe_value, _OPTIONS)
    except (orjson.JSONEncodeError, RecursionError):
        # Half a surrogate pair, an integer beyond 64 bit, a key that is no text, a cycle: rare, so it may be slow.
        line = orjson.dumps(_plain(row, 0), option=_OPTIONS)
    if line.isascii():
        return line
    return f"{json.dumps(orjson.loads(line), separators=_SEPARATORS)}\n".encode("ascii")


def encoded_rows(rows: Sequence[Mapping[str, object]]) -> bytes:
    """Return the lines of many rows, as ``encoded_row`` makes them. Never raises."""
    # Each line is let go at once: kept in a list, a thousand of them make the allocator give pages back and forth.
    lines = bytearray()
    try:
        for row in rows:
            lines += orjson.dumps(row, _safe_value, _OPTIONS)
    except (orjson.JSONEncodeError, RecursionError):
        lines += b"\xff"
    return bytes(lines) if lines.isascii() else b"".join(map(encoded_row, rows))


def _safe_value(value: object) -> object:
    return _plain(value, 0)


def _plain(value: object, depth: int) -> object:
    """Return ``value`` built of what orjson takes; too deep a nesting, which may be a cycle, ends in an ellipsis."""
    if depth > _DEEPEST:
        return "…"
    if isinstance(value, Mapping):
        return {_text(key): _plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple | AbstractSet):
        return [_plain(item, depth + 1) for item in value]
    return _scalar(value)


def _scalar(value: object) -> object:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return _integer(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    return _text(value)


def _integer(value: int) -> int | str:
    whole = int(value)
    if -(1 << 63) <= whole < 1 << 64:
        return whole
    # Python refuses to print thousands of decimal digits.
    return str(whole) if whole.bit_length() < 10_000 else hex(whole)


def _text(value: object) -> str:
    """Return the value as text without half surrogate pairs; whole pairs become the character that they mean."""
    try:
        text = value if isinstance(value, str) else str(value)
    except Exception:  # noqa: BLE001 - the __str__ of a foreign object may raise anything, and its row must not be lost
        text = object.__repr__(value)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
