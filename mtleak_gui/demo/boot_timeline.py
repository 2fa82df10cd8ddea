# SPDX-License-Identifier: GPL-3.0-only
"""Everything that a board does by itself during one boot, minute by minute, in order of time.

The live board and the invented past both read it, so the one goes on where the other ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from math import ceil, floor, inf
from operator import attrgetter
from typing import NamedTuple

from mtleak_gui.demo.boot_text import boot_text, death_text, mem_audit_line, stated_free
from mtleak_gui.demo.console_text import LogEntry, RawOutput
from mtleak_gui.demo.heap_scenarios import MINUTE, PACKET_BYTES, Arrival, HeapCurve, arrivals
from mtleak_gui.demo.lifeline import Boot
from mtleak_gui.demo.mesh_nodes import identity, neighbours
from mtleak_gui.demo.mesh_traffic import HeardPacket, heard, nak_line
from mtleak_gui.demo.scenario import HeapEvent, HeapState, Scenario
from mtleak_gui.demo.seeded_random import chance
from mtleak_gui.demo.telemetry_service import FIRST_RUN

NODE_INFO_AT = 30.0
BOOT_TEXT_ENDS = 0.1
"""Uptime by which the boot text is over."""

_HEAP_STATUS_EVERY, _HEAP_LINE_EVERY = 20.0, 300.0


class TelemetryTick(NamedTuple):
    """The device telemetry module runs, at this uptime."""

    at: float


class NodeInfoDue(NamedTuple):
    """The board wants to tell its name to the mesh, at this uptime."""

    at: float


class Abort(NamedTuple):
    """The board has run out of memory and restarts, at this uptime."""

    at: float


Happening = LogEntry | RawOutput | HeardPacket | TelemetryTick | NodeInfoDue | Abort
CLIENT_BYTES = 6_144
"""What the first client of a boot costs, once."""


class BootTimeline:
    """One boot of a board left alone. Immutable; uptimes in seconds."""

    def __init__(self, scenario: Scenario, *, seed: int, boot: Boot) -> None:
        self.curve = HeapCurve(scenario, seed=seed, boot=boot.number)
        self._scenario = scenario
        self._seed = seed
        self._boot = boot
        self._num = identity(scenario, seed).num
        self._nodes = neighbours(scenario, seed)
        self._ends = None if boot.ends is None else boot.ends - boot.began

    def between(self, after: float, until: float = inf, *, held: int = 0) -> Iterator[Happening]:
        """Yield what happens with ``after < at <= until``; ``held`` bytes of heap are in use by clients meanwhile.

        The boot text begins at 0, so it takes an ``after`` below that to get all of it. Ends with ``Abort`` where the
        boot does.
        """
        if after < BOOT_TEXT_ENDS:
            yield from (item for item in self._beginning(held) if after < item.at <= until)
        last = min(until, inf if self._ends is None else self._ends)
        minute = max(floor(after / MINUTE), 0)
        while minute * MINUTE <= last:
            yield from (item for item in self._minute(minute, held) if after < item.at <= last)
            minute += 1
        if self._ends is not None and after < self._ends <= until:
            yield from death_text(self._scenario, self._ends, max(self.state(self._ends, held).free, 0))
            yield Abort(self._ends)

    def state(self, uptime: float, held: int = 0) -> HeapState:
        """Return the heap while clients hold ``held`` bytes of it."""
        state = self.curve.at(uptime)
        if not held:
            return state
        free = max(state.free - held, 0)
        lowest = min(max(state.min_free - held, 0), free)
        return state._replace(free=free, min_free=lowest, largest_block=min(state.largest_block, free))

    def _beginning(self, held: int) -> Iterator[LogEntry | RawOutput]:
        free = stated_free(self._scenario, self.state(0.0, held).free)
        yield from boot_text(
            self._scenario, node_num=self._num, boot=self._boot.number, crashed=self._boot.crashed_before, free=free
        )

    def _minute(self, minute: int, held: int) -> list[Happening]:
        start, end = minute * MINUTE, (minute + 1) * MINUTE
        happenings: list[Happening] = []
        if self._nodes:
            for arrival in arrivals(self._seed, self._boot.number, minute):
                happenings += self._arrival(arrival)
        happenings += self._routine(minute, start, end)
        if minute == 0:
            happenings.append(NodeInfoDue(NODE_INFO_AT))
        first = max(ceil((start - FIRST_RUN) / MINUTE), 0)
        happenings += [TelemetryTick(at) for at in (FIRST_RUN + MINUTE * first,) if start <= at < end]
        happenings += [LogEntry(at, "ERROR", "Router", text) for at, text in self.curve.failures(start, end)]
        happenings.sort(key=attrgetter("at"))
        return self._with_heap(happenings, start, end, held)

    def _arrival(self, arrival: Arrival) -> Iterator[Happening]:
        packet = heard(arrival, self._nodes)
        wall = self._boot.wall(arrival.at)
        at = arrival.at
        for level, thread, message in packet.log_lines(wall):
            at += 0.003
            yield LogEntry(at, level, thread, message)
        yield packet._replace(at=at)

    def _routine(self, minute: int, start: float, end: float) -> Iterator[LogEntry]:
        random = chance("routine", self._seed, self._boot.number, minute)
        yield LogEntry(start + 9.1, "DEBUG", "TrafficManagement", f"[TM] Maintenance: {len(self._nodes)} active, "
                       "0 expired, 6/2048 slots, 0ms elapsed")  # fmt: skip
        if self._scenario.hardware.platform.has_battery:
            for at in (start + 3.4, start + 23.4, start + 43.4):
                percent = 96 - int(at / 3600) % 60
                volts = 3_560 + 6 * percent + random.randrange(12)
                yield LogEntry(
                    at, "DEBUG", "Power", f"Battery: usbPower=0, isCharging=0, batMv={volts}, batPct={percent}"
                )
        if minute == 0 and self._scenario.debug_heap and not self._scenario.hardware.platform.reports_heap:
            yield LogEntry(13.7, "DEBUG", "Power", "Heap status: -1/-1 bytes free (-1), running 11/24 threads")
        if random.random() < 0.14:
            yield LogEntry(start + random.uniform(30, 55), *nak_line(self._num, random))
        if minute % 5 == 4 and self._scenario.prints_periodic_heap:
            yield from self._periodic_heap(end - 0.2)

    def _periodic_heap(self, at: float) -> Iterator[LogEntry]:
        # The figures are filled in with those of the running heap, see ``_with_heap``.
        yield LogEntry(at, "INFO", "Power", "Heap:")
        grown = 2_200 if self._scenario.culprit is None else self.curve.at(0.0).free - self.curve.at(at).free
        yield LogEntry(at + 0.01, "INFO", "Power", mem_audit_line("periodic", 1 + len(self._nodes), grown))

    def _with_heap(self, happenings: list[Happening], start: float, end: float, held: int) -> list[Happening]:
        """Return the happenings with heap figures in the log lines, and the lines that DEBUG_HEAP builds add."""
        if not self._scenario.hardware.platform.reports_heap:
            return [item._replace(free=stated_free(self._scenario, 0)) if isinstance(item, LogEntry) else item
                    for item in happenings]  # fmt: skip
        events = list(self.curve.events(start - 1e-6, end - 1e-6))
        free = self.curve.at(start - 1e-6).free - held
        filled: list[Happening] = []
        turn = 0
        for item in happenings:
            while turn < len(events) and events[turn].at <= item.at:
                free = events[turn].after - held
                filled += self._change_lines(events[turn], held)
                turn += 1
            filled.append(self._filled(item, max(free, 0), held) if isinstance(item, LogEntry) else item)
        for event in events[turn:]:
            filled += self._change_lines(event, held)
        if self._scenario.debug_heap:
            return list(merge(filled, self._heap_status(start, end, held), key=attrgetter("at")))
        return filled

    def _filled(self, entry: LogEntry, free: int, held: int) -> LogEntry:
        if entry.message == "Heap:":
            return entry._replace(message=self._heap_line(entry.at, held), free=free)
        return LogEntry(entry.at, entry.level, entry.thread, entry.message, free)

    def _heap_line(self, at: float, held: int) -> str:
        now, before = self.state(at, held), self.state(max(at - _HEAP_LINE_EVERY, 0.0), held)
        line = f"Heap: {now.free}/{now.total} bytes free ({now.free - before.free:+d} since last)"
        if not self._scenario.hardware.platform.states_largest_block:
            return line
        return f"{line}, min {now.min_free}, largest block {now.largest_block}"

    def _heap_status(self, start: float, end: float, held: int) -> Iterator[LogEntry]:
        at = start + 13.7
        while at < end:
            now, before = self.state(at, held).free, self.state(max(at - _HEAP_STATUS_EVERY, 0.0), held).free
            if now != before:
                total = self._scenario.hardware.platform.heap_total
                text = f"Heap status: {now}/{total} bytes free ({now - before}), running 11/24 threads"
                yield LogEntry(at, "DEBUG", "Power", text, now)
            at += _HEAP_STATUS_EVERY

    def _change_lines(self, event: HeapEvent, held: int) -> Iterator[LogEntry]:
        if not self._scenario.debug_heap:
            return
        before, after = max(event.before - held, 0), max(event.after - held, 0)
        delta = after - before
        if delta == -PACKET_BYTES and event.thread == "Router":
            where = 0x3FCE_0000 + int(event.at * 1000) % 0x8000 & ~15
            text = f"Alloc in Router::handleReceived pointer 0x{where:x}, size: 432, free: {after}"
            yield LogEntry(event.at, "HEAP", "Router", text, after)
        sign, word = ("------", "leaked") if delta < 0 else ("++++++", "freed")
        text = f"{sign} Thread {event.thread} {word} heap {before} -> {after} ({delta}) {sign}"
        yield LogEntry(event.at, "HEAP", event.thread, text, after)
