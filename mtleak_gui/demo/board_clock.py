# SPDX-License-Identifier: GPL-3.0-only
"""The time that a virtual board lives in: the host's, or up to 600 times as fast."""

from __future__ import annotations

import time
from collections.abc import Callable

SLOWEST, FASTEST = 1.0, 600.0


class BoardClock:
    """Wall and monotonic seconds of a board; fulfils ``core.contracts.Clock``. Any thread may ask.

    ``speed`` is how many seconds pass for the board in one second of the host (1 to 600, else ``ValueError``);
    ``start_wall`` is the board's epoch time at the start (the host's, when not given); ``ticks`` is the host's
    monotonic clock in seconds.
    """

    def __init__(
        self, speed: float = 1.0, start_wall: float | None = None, *, ticks: Callable[[], float] = time.monotonic
    ) -> None:
        if not SLOWEST <= speed <= FASTEST:
            raise ValueError(f"the speed of a board's clock is {SLOWEST:g} to {FASTEST:g}, not {speed:g}")
        self.speed = speed
        self._ticks = ticks
        self._started = ticks()
        self._start_wall = time.time() if start_wall is None else start_wall

    def wall(self) -> float:
        """Return the board's epoch time."""
        return self._start_wall + self.monotonic()

    def monotonic(self) -> float:
        """Return the board's seconds since the clock was made; they never go backwards."""
        return (self._ticks() - self._started) * self.speed

    def host_seconds(self, board_seconds: float) -> float:
        """Return how long the host has to wait for that much of the board's time to pass."""
        return max(board_seconds, 0.0) / self.speed
