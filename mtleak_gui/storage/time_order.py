# SPDX-License-Identifier: GPL-3.0-only
"""Keeps the ``ts`` of a recording from going backwards, and tells when the clock that makes them was set."""

from __future__ import annotations

from typing import NamedTuple, TypeGuard

_JITTER_S = 2.0
"""Rows of two threads may arrive out of order by this much; more is a clock that was set back."""
LATEST = 32_503_680_000.0
"""The year 3000: a ``ts`` beyond is no time."""


def is_time(value: object) -> TypeGuard[int | float]:
    """Return whether the value is a number that can be an epoch time."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= LATEST


class ClockJump(NamedTuple):
    """The clock was set: by ``step_s``, when it showed ``true_ts``. From now on ``ts`` = true time + ``offset_s``."""

    step_s: float
    true_ts: float
    offset_s: float


class TimeOrder:
    """The last ``ts`` given out, and the seconds that are added while a clock that was set back catches up.

    A step forward cannot be told from silence and passes as it is. Not thread-safe: its owner serialises.
    """

    def __init__(self, last: float = 0.0) -> None:
        self.last = last
        self.offset = 0.0
        self.seen = 0.0
        """Monotonic time when ``last`` was given out; its owner sets it after each batch of rows."""

    def placed(self, ts: float) -> tuple[float, ClockJump | None]:
        """Return the ``ts`` to write for a row of true time ``ts``, and the clock step that it gives away, if any."""
        if self.offset and ts >= self.last:
            # The clock was set forward again, or time has passed: true times go on where the file is.
            jump = ClockJump(ts + self.offset - self.last, ts, 0.0)
            self.offset, self.last = 0.0, ts
            return ts, jump
        shown = ts + self.offset
        behind = self.last - shown
        if behind <= 0.0:
            self.last = shown
            return shown, None
        if behind <= _JITTER_S:
            return self.last, None
        self.offset += behind
        return self.last, ClockJump(-behind, ts, self.offset)

    def placed_own(self, now: float, monotonic: float) -> float:
        """Return the ``ts`` for something that the recording says itself at clock time ``now``; never a step.

        After a step the time since the last row counts, because rows may have come with another clock than ``now``.
        """
        shown = self.last + monotonic - self.seen if self.offset else now
        if is_time(shown):
            self.last = max(self.last, shown)
        self.seen = monotonic
        return self.last
