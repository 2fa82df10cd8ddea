# SPDX-License-Identifier: GPL-3.0-only
"""Raw lines to rows: the few keys that queries ask about, decoded fast, and whole rows exactly as stored."""

from __future__ import annotations

import json
import math

import msgspec

from mtleak_gui.core.rows import Row


class SeenRow(msgspec.Struct, gc=False):
    """The keys that filters look at. Only ``ts`` has to be right; the others are whatever the row holds."""

    ts: float
    line: object = None
    level: object = None
    tag: object = None
    port: object = None
    portnum: object = None
    from_node: object = None
    to_node: object = None
    kind: object = None


_SEEN = msgspec.json.Decoder(SeenRow)
_STORED = json.JSONDecoder(parse_constant=lambda _: None)
_SEEN_KEYS = SeenRow.__struct_fields__


def seen_row(line: bytes) -> SeenRow | None:
    """Return the keys of interest of one line, or ``None`` when it is no JSON object with a number ``ts``."""
    try:
        return _SEEN.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        row = stored_row(line)
    if row is None:
        return None
    return msgspec.convert({key: row[key] for key in _SEEN_KEYS if key in row}, SeenRow)


def seen_rows(block: bytes) -> list[SeenRow] | None:
    """Return the rows of a block in which every line is a plain row, else ``None``: then go line by line."""
    try:
        return _SEEN.decode_lines(block)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def stored_row(line: bytes) -> Row | None:
    """Return a row with its keys and their order as stored; NaN and the infinities, which are no JSON, as ``None``.

    Returns ``None`` when the line is no JSON object with a finite number ``ts``. The standard library decodes,
    because it takes all that older recorders wrote: NaN, integers of any size, lone surrogates.
    """
    try:
        row = _STORED.decode(line.decode("utf-8", "replace"))
        ts = row.get("ts") if isinstance(row, dict) else None
        if isinstance(ts, bool) or not isinstance(ts, int | float) or not math.isfinite(ts):
            return None
    except (ValueError, OverflowError, RecursionError):
        return None
    plain: Row = row
    return plain
