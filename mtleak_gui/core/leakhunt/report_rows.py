# SPDX-License-Identifier: GPL-3.0-only
"""The rows that reports are made of: a key, and one or more lines beside it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

KEY_WIDTH = 16
_NEXT_LINE = "\n" + " " * (KEY_WIDTH + 2)


class Row(NamedTuple):
    """One row of a report."""

    key: str
    lines: tuple[str, ...]


def lay_out(rows: Iterable[Row]) -> str:
    """Return the rows as text: keys padded to 16, further lines of a row aligned under its first."""
    return "\n".join(f"{row.key:<{KEY_WIDTH}}: {_NEXT_LINE.join(row.lines)}" for row in rows)
