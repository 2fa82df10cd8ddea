# SPDX-License-Identifier: GPL-3.0-only
"""How many rows are looked at in one go, so that one go takes a millisecond or two whatever the pattern costs."""

from __future__ import annotations

_TOO_LONG_S, _SHORT_S = 0.0015, 0.0005
FEWEST = 8
_MOST = 4096


class PieceSize:
    """Grows and shrinks by how long the last piece took."""

    def __init__(self, rows: int) -> None:
        self.rows = rows

    def was_too_much(self) -> None:
        """Take as few rows as may be from now on."""
        self.rows = FEWEST

    def took(self, seconds: float) -> None:
        """Learn from a piece. A clock that stands still teaches nothing."""
        if seconds > _TOO_LONG_S:
            self.rows = max(FEWEST, int(self.rows * _SHORT_S / seconds * 2))
        elif 0 < seconds < _SHORT_S:
            self.rows = min(_MOST, self.rows * 2)
