# SPDX-License-Identifier: GPL-3.0-only
"""Shapes that heap use takes over the uptime of one boot, each a plain function of time: no state, no history.

A shape answers for any uptime alone (``used``, ``most_used``) and tells the single changes between two uptimes; both
views agree to the byte.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import floor, inf, log
from typing import NamedTuple, Protocol

from mtleak_gui.demo.seeded_random import fraction


class Change(NamedTuple):
    """At uptime ``at`` (s) a run of ``thread`` took ``taken`` bytes of heap, or gave them back when negative."""

    at: float
    taken: int
    thread: str


class Shape(Protocol):
    """One user of heap. Uptimes in seconds, sizes in bytes."""

    def used(self, uptime: float) -> int:
        """Return the bytes held at this uptime."""

    def most_used(self, uptime: float) -> int:
        """Return the most bytes ever held up to this uptime."""

    def changes(self, after: float, until: float) -> Iterator[Change]:
        """Yield the changes with ``after < at <= until``, in order."""


@dataclass(frozen=True, slots=True)
class Staircase:
    """A leak: every so often (never quite regularly) a thread takes some bytes and never gives them back.

    ``sizes`` repeat in their order. Between two steps the heap is flat to the byte, as on real boards.
    """

    thread: str
    every: float
    sizes: tuple[int, ...]
    starts: float = 0.0
    ends: float = inf
    key: int = 0

    def used(self, uptime: float) -> int:
        rounds, rest = divmod(self._steps(uptime), len(self.sizes))
        return rounds * sum(self.sizes) + sum(self.sizes[:rest])

    def most_used(self, uptime: float) -> int:
        return self.used(uptime)

    def changes(self, after: float, until: float) -> Iterator[Change]:
        for index in range(self._steps(after), self._steps(until)):
            yield Change(self._time(index), self.sizes[index % len(self.sizes)], self.thread)

    def _time(self, index: int) -> float:
        # Less than half of an interval of jitter keeps the steps in order, so that counting them is one division.
        return self.starts + (index + 0.4 * fraction(self.key, index)) * self.every

    def _steps(self, uptime: float) -> int:
        reached = min(uptime, self.ends)
        if reached < self.starts:
            return 0
        sure = floor((reached - self.starts) / self.every)
        return sure + (self._time(sure) <= reached)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Single changes at fixed uptimes, in order of time."""

    planned: tuple[Change, ...]
    _times: tuple[float, ...] = field(init=False)
    _held: tuple[int, ...] = field(init=False)
    _peaks: tuple[int, ...] = field(init=False)

    def __post_init__(self) -> None:
        held = (0, *accumulate(change.taken for change in self.planned))
        object.__setattr__(self, "_times", tuple(change.at for change in self.planned))
        object.__setattr__(self, "_held", held)
        object.__setattr__(self, "_peaks", tuple(accumulate(held, max)))

    def used(self, uptime: float) -> int:
        return self._held[bisect_right(self._times, uptime)]

    def most_used(self, uptime: float) -> int:
        return self._peaks[bisect_right(self._times, uptime)]

    def changes(self, after: float, until: float) -> Iterator[Change]:
        yield from self.planned[bisect_right(self._times, after) : bisect_right(self._times, until)]


@dataclass(frozen=True, slots=True)
class Repeating:
    """A plan of changes that is carried out every ``period`` seconds from ``starts`` on.

    Its changes sum up to 0 and lie inside the period.
    """

    plan: Schedule
    period: float
    starts: float = 0.0

    def used(self, uptime: float) -> int:
        # Compares the very times that ``changes`` tells: a remainder would differ from them by a rounding error.
        origin = self.starts + floor((uptime - self.starts) / self.period) * self.period
        return (
            0 if uptime < self.starts else sum(step.taken for step in self.plan.planned if origin + step.at <= uptime)
        )

    def most_used(self, uptime: float) -> int:
        return 0 if uptime < self.starts else self.plan.most_used(min(uptime - self.starts, self.period))

    def changes(self, after: float, until: float) -> Iterator[Change]:
        first = max(floor((after - self.starts) / self.period), 0)
        last = floor((until - self.starts) / self.period)
        for turn in range(first, last + 1):
            origin = self.starts + turn * self.period
            for change in self.plan.planned:
                at = origin + change.at
                if after < at <= until:
                    yield change._replace(at=at)


def settling(threads: Sequence[str], amount: int, tau: float, step: int) -> Schedule:
    """Return the warm-up of a boot: caches fill in steps of ``step`` bytes, ever slower (time constant ``tau``)."""
    count = amount // step
    return Schedule(
        tuple(
            Change(-tau * log(1 - (index + 0.5) / count), step, threads[index % len(threads)]) for index in range(count)
        )
    )
