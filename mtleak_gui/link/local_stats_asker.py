# SPDX-License-Identifier: GPL-3.0-only
"""When to ask a board for LocalStats, and how it answers.

Pure: it is told what happened and when. Paced in the board's own time, in which its limit of 10 s runs; answers are
measured in the host's. Used under the lock of ``BoardActsOfPort``.
"""

from __future__ import annotations

from collections import deque
from statistics import median

from mtleak_gui.core.board_acts import FASTEST_S, AskingFigures, StatsWish

_ANSWERS_MEASURED = 39


class LocalStatsAsker:
    """Paces requests over as many links as the board needs; ``wish`` is ``None`` while nobody wants it asked."""

    def __init__(self) -> None:
        self.wish: StatsWish | None = None
        self._is_open = False
        self._due = float("-inf")
        self._asked_at: float | None = None
        self._waiting: tuple[int, float] | None = None
        self._missed = 0
        self._answers_ms: deque[float] = deque(maxlen=_ANSWERS_MEASURED)
        self._asked = self._answered = 0

    @property
    def is_open(self) -> bool:
        """Whether a stretch of asking is under way."""
        return self._is_open

    @property
    def figures(self) -> AskingFigures | None:
        """How the newest stretch goes; ``None`` while nobody wishes any."""
        if self.wish is None:
            return None
        settled = self._asked - (self._waiting is not None)
        speed = median(self._answers_ms) if self._answers_ms else None
        return AskingFigures(self.wish.every_s, self._is_open, settled, self._answered, speed, self._missed)

    def wish_for(self, wish: StatsWish | None) -> None:
        """Take what is wished from now on; another pace counts from the last request."""
        if wish is not None and self._asked_at is not None:
            self._due = self._asked_at + wish.every_s
        self.wish = wish

    def begin(self, board_now: float) -> None:
        """Begin a stretch with a request, or as soon after the last one as the board answers."""
        self._is_open = True
        self._asked = self._answered = 0
        self._answers_ms.clear()
        self._due = board_now if self._asked_at is None else max(board_now, self._asked_at + FASTEST_S)

    def end(self) -> tuple[int, int] | None:
        """End the stretch; return how many requests were made in it and how many were answered, ``None`` for none."""
        if not self._is_open:
            return None
        self._is_open = False
        self._waiting = None
        self._missed = 0
        return self._asked, self._answered

    def is_due(self, board_now: float) -> bool:
        """Return whether it is time to ask."""
        return self._is_open and self.wish is not None and board_now >= self._due

    def asked(self, packet_id: int, board_now: float, host_now: float) -> None:
        """A request was made."""
        if self.wish is None:
            return
        self._missed += self._waiting is not None
        self._asked += 1
        self._asked_at = board_now
        self._waiting = (packet_id, host_now)
        # From the moment it was made, not from the one it was due: never two within the board's limit.
        self._due = board_now + self.wish.every_s

    def answer_heard(self, request_id: int, host_now: float) -> bool:
        """An answer to some request came; return whether it was the one that is waited for."""
        if self._waiting is None or self._waiting[0] != request_id:
            return False
        self._answers_ms.append((host_now - self._waiting[1]) * 1000.0)
        self._waiting = None
        self._missed = 0
        self._answered += 1
        return True
