# SPDX-License-Identifier: GPL-3.0-only
"""Log rows as text for the clipboard: plain, with context, as JSON lines, as a Markdown block. All of it harmless."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Sequence

from mtleak_gui.core.log_columns import LEVELS, MARKER_ROLE, NO_LEVEL
from mtleak_gui.core.log_store import LogRow
from mtleak_gui.core.markdown_text import escape
from mtleak_gui.core.rows import Row
from mtleak_gui.core.shown_text import shown
from mtleak_gui.core.wording import local_time

Clock = Callable[[float], str]
CONTEXT_ROWS = 5
"""Rows before and after that are copied with context."""
_TICKS = re.compile("`+")


def as_lines(rows: Sequence[LogRow]) -> str:
    """Return the lines as the board wrote them, without colours, what cannot be seen spelled out."""
    return "\n".join(shown(row.text) for row in rows)


def with_context(rows: Sequence[LogRow], chosen: Collection[int], clock: Clock) -> str:
    """Return rows with their times; those whose numbers are ``chosen`` begin with ``>``."""
    return "\n".join(
        f"{'>' if row.number in chosen else ' '} {clock(row.ts)} {_port(row)}{shown(row.text)}" for row in rows
    )


def as_json(rows: Sequence[LogRow]) -> str:
    """Return one JSON object for each row, with the keys of the logs stream."""
    return "\n".join(json.dumps(_row(row), separators=(",", ":")) for row in rows)


def as_markdown(rows: Sequence[LogRow], clock: Clock) -> str:
    """Return a heading with board and time, and the rows in a block that nothing in them can end."""
    if not rows:
        return ""
    ports = sorted({row.source.port for row in rows if row.source.port})
    lines = [f"{clock(row.ts)} {shown(row.text)}" for row in rows]
    longest = max((len(ticks) for line in lines for ticks in _TICKS.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    named = f" · {escape(', '.join(ports))}" if ports else ""
    return "\n".join([f"Log from {local_time(rows[0].ts)}{named}", "", f"{fence}text", *lines, fence, ""])


def _port(row: LogRow) -> str:
    return f"{shown(row.source.port)} " if row.source.port else ""


def _row(row: LogRow) -> Row:
    made: Row = {
        "ts": row.ts,
        "port": row.source.port,
        "role": row.source.role,
        "level": None if row.level == NO_LEVEL else LEVELS[row.level],
        "tag": "mark_event" if row.source.role == MARKER_ROLE else row.thread or None,
    }
    if not row.is_mark:
        made["uptime_s"] = int(row.uptime) if row.uptime is not None and row.uptime == int(row.uptime) else row.uptime
    made["line"] = row.text
    if row.heap is not None:
        made["heap_free"] = row.heap
    return made
