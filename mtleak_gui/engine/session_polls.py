# SPDX-License-Identifier: GPL-3.0-only
"""When one board was asked for LocalStats, as far as it was heard live. Runs in: GUI thread."""

from __future__ import annotations

import math
from collections import deque

from mtleak_gui.core.records import RawEvent

_STRETCHES_KEPT = 4
"""Batches hold what is younger than a second or so: older stretches are asked for no more."""


class SessionPolls:
    """Stretches of asking, from the events that tell them."""

    def __init__(self) -> None:
        self._stretches: deque[tuple[float, float]] = deque(maxlen=_STRETCHES_KEPT)

    def take(self, event: RawEvent) -> None:
        """Take any event of the board's port."""
        is_open = bool(self._stretches) and self._stretches[-1][1] == math.inf
        if event.kind == "poll_started" and not is_open:
            self._stretches.append((event.ts, math.inf))
        elif event.kind in ("poll_stopped", "connection_lost") and is_open:
            self._stretches.append((self._stretches.pop()[0], event.ts))

    def cover(self, ts: float) -> bool:
        """Return whether the board was being asked at ``ts``."""
        return any(start <= ts <= end for start, end in self._stretches)
