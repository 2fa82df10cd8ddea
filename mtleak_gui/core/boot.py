# SPDX-License-Identifier: GPL-3.0-only
"""One run of a board between two restarts."""

from __future__ import annotations

from typing import NamedTuple


class Boot(NamedTuple):
    """Boot ``number`` of a board, counted from 1, the first that the recording saw.

    ``start`` is when it was first seen or, where the restart itself was seen, when it restarted; ``end`` when the next
    one began, ``None`` for the newest. Epoch seconds. ``reason`` says why the board restarted, as far as it is known;
    ``first_uptime`` is the first uptime (s) that the boot stated.
    """

    number: int
    start: float
    end: float | None = None
    reason: str | None = None
    first_uptime: float | None = None
