# SPDX-License-Identifier: GPL-3.0-only
"""The heap of a scenario's board at any uptime of any boot: pure functions, the same answer for the same question."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from math import ceil, floor
from typing import NamedTuple
from zlib import crc32

from mtleak_gui.demo.heap_shapes import Change
from mtleak_gui.demo.scenario import HeapEvent, HeapState, Scenario
from mtleak_gui.demo.seeded_random import chance

MINUTE = 60.0
PACKET_BYTES = 448
"""What one mesh packet costs while it is handled: 432 bytes and the allocator's header."""

_LONGEST_DAYS = 365


class Arrival(NamedTuple):
    """A packet of another node arrives at uptime ``at``; its buffer is given back at ``done`` by ``taker``."""

    at: float
    done: float
    taker: str
    key: int
    """Stands for the contents of the packet."""


@lru_cache(maxsize=32)
def arrivals(seed: int, boot: int, minute: int) -> tuple[Arrival, ...]:
    """Return the packets that the board hears in that minute of that boot, in order, each over within the minute.

    Whoever goes through a minute asks for it some twenty times.
    """
    random = chance("arrivals", seed, boot, minute)
    times = sorted(random.uniform(0.5, 56.0) for _ in range(random.choice((3, 4, 4, 5, 6))))
    origin = minute * MINUTE
    takers = ("SerialConsole", "SerialConsole", "Router", "NodeInfo")
    return tuple(
        Arrival(origin + at, origin + at + random.uniform(0.3, 2.5), random.choice(takers), random.getrandbits(32))
        for at in times
    )


class HeapCurve:
    """The heap over one boot of a scenario's board. Immutable: what was asked before never changes an answer.

    ``seed`` tells boards of the same scenario apart, ``boot`` counts from 1. Sizes in bytes, uptimes in seconds.
    """

    def __init__(self, scenario: Scenario, *, seed: int, boot: int) -> None:
        self._scenario = scenario
        self._seed = seed
        self._boot = boot
        self._platform = scenario.hardware.platform
        self._shapes = scenario.shapes(crc32(f"{scenario.name}/{seed}/{boot}".encode()))

    def at(self, uptime: float) -> HeapState:
        """Return the heap at this uptime."""
        free = max(self._settled_free(uptime) - self._packets_held(uptime), 0)
        most_used = sum(shape.most_used(uptime) for shape in self._shapes)
        lowest = max(self._platform.free_at_boot - most_used - 3 * PACKET_BYTES, 0)
        return HeapState(uptime, free, self._platform.heap_total, min(lowest, free), self._largest_block(uptime, free))

    def events(self, after: float, until: float) -> Iterator[HeapEvent]:
        """Yield what changed the heap with ``after < at <= until``, in order; each begins where the last one ended."""
        free = self.at(after).free
        for change in sorted(
            chain(self._packet_changes(after, until), *(s.changes(after, until) for s in self._shapes))
        ):
            before, free = free, max(free - change.taken, 0)
            yield HeapEvent(change.at, change.thread, before, free)

    def failures(self, after: float, until: float) -> Iterator[tuple[float, str]]:
        """Yield uptime and log message of the allocations that fail with ``after < at <= until``."""
        plan = self._scenario.failures
        if plan is None:
            return
        for turn in range(floor(after / plan.every), ceil(until / plan.every) + 1):
            at = turn * plan.every + 0.7
            if after < at <= until and self._fails(at):
                yield at, plan.lines[turn % len(plan.lines)].format(free=self.at(at).free)

    def lifetime(self) -> float | None:
        """Return the uptime at which the board aborts, or ``None`` when it lives on."""
        floor_bytes = self._scenario.dies_below
        if floor_bytes is None:
            return None
        alive, dead = 0.0, _LONGEST_DAYS * 86400.0
        while dead - alive > 0.001:
            middle = (alive + dead) / 2
            alive, dead = (middle, dead) if self._settled_free(middle) >= floor_bytes else (alive, middle)
        return dead

    def _fails(self, uptime: float) -> bool:
        plan = self._scenario.failures
        if plan is None:
            return False
        late = plan.starts is not None and uptime >= plan.starts
        return late or self._settled_free(uptime) < plan.below_free

    def _settled_free(self, uptime: float) -> int:
        return max(self._platform.free_at_boot - sum(shape.used(uptime) for shape in self._shapes), 0)

    def _largest_block(self, uptime: float, free: int) -> int:
        lost = int(self._scenario.block_lost_per_hour * uptime / 3600)
        whole = int(0.62 * free)
        # A heap splits ever more slowly: past half of the loss the rest goes at a third of the pace.
        block = whole - lost if lost < whole // 2 else whole // 2 - (lost - whole // 2) // 3
        return min(max(block, min(2036, free)) & ~15, free)

    def _packets_held(self, uptime: float) -> int:
        heard = self._arrivals(floor(uptime / MINUTE))
        return PACKET_BYTES * sum(arrival.at <= uptime < arrival.done for arrival in heard)

    def _packet_changes(self, after: float, until: float) -> Iterator[Change]:
        for minute in range(floor(after / MINUTE), floor(until / MINUTE) + 1):
            for arrival in self._arrivals(minute):
                if after < arrival.at <= until:
                    yield Change(arrival.at, PACKET_BYTES, "Router")
                if after < arrival.done <= until:
                    yield Change(arrival.done, -PACKET_BYTES, arrival.taker)

    def _arrivals(self, minute: int) -> tuple[Arrival, ...]:
        return arrivals(self._seed, self._boot, minute) if self._scenario.other_nodes else ()
