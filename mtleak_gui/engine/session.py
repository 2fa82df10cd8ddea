# SPDX-License-Identifier: GPL-3.0-only
"""The state of one device as the window shows it. Lives on the GUI thread."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from mtleak_gui.core.bands import Band
from mtleak_gui.core.boot import Boot
from mtleak_gui.core.leakhunt.checks import DebugHeap
from mtleak_gui.core.leakhunt.evidence import ThreadDelta
from mtleak_gui.core.past import PastPort
from mtleak_gui.core.records import HeardLine, HeardTelemetry, RawEvent
from mtleak_gui.engine.debug_heap_watch import DebugHeapWatch
from mtleak_gui.engine.past_histories import PortHistories, port_histories
from mtleak_gui.engine.session_bands import SessionBands, bands_of
from mtleak_gui.engine.session_boots import SessionBoots, UptimeSign
from mtleak_gui.engine.session_device import described
from mtleak_gui.engine.session_readings import SessionReadings

DELTAS_KEPT = 20_000


class Share(NamedTuple):
    """What a batch holds for one device."""

    lines: Sequence[HeardLine] = ()
    telemetry: Sequence[HeardTelemetry] = ()
    events: Sequence[RawEvent] = ()
    """Events of the device's port, and those of no port, which are the recorder's."""


class Session(SessionReadings):
    """One device: who it is, its link, its series, its boots and bands.

    Signals come after the state has changed, each at most once for a batch, so at most ten times a second.
    """

    boots_changed = Signal()
    """A boot was seen, or a band other than a gap began or ended."""

    def __init__(
        self,
        port: str,
        role: str,
        *,
        demo: bool = False,
        read_only: bool = False,
        saved_name: str | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(port, role, demo=demo, read_only=read_only, saved_name=saved_name, parent=parent)
        self.thread_deltas: deque[ThreadDelta] = deque(maxlen=DELTAS_KEPT)
        """What runs of threads left behind, newest last."""
        self._told = SessionBands()
        self._debug_heap = DebugHeapWatch()
        self._first_live_ts: float | None = None

    def uptime_now(self, now: float) -> float | None:
        """Return the seconds since the board started, ``None`` when it never said."""
        return self._boots.uptime(now)

    @property
    def debug_heap(self) -> DebugHeap:
        """Whether the build has DEBUG_HEAP, by its lines since the last restart."""
        return self._debug_heap.state

    @property
    def debug_heap_reason(self) -> str:
        """By which lines that is known."""
        return self._debug_heap.reason

    @property
    def boots(self) -> tuple[Boot, ...]:
        """All boots, ascending."""
        return self._boots.boots

    @property
    def reboot_count(self) -> int:
        """How many restarts the recording saw."""
        return max(0, len(self.boots) - 1)

    @property
    def last_restart(self) -> Boot | None:
        """The boot that the last restart began, ``None`` when none was seen."""
        newest = self._boots.newest
        return None if newest is None or (newest.number == 1 and newest.reason is None) else newest

    @property
    def bands(self) -> tuple[Band, ...]:
        """All bands ascending by start."""
        return tuple(bands_of(self._told.told, self.boots, self.heap))

    def take(self, share: Share) -> None:
        """Take what a batch holds for this device."""
        before = self._facts()
        changes = [self._take_event(event) for event in share.events]
        boots_changed = any(changes)
        for ts in (*(heard.ts for heard, _ in share.lines[:1]), *(packet.ts for packet in share.telemetry[:1])):
            boots_changed |= self._boots.seen(ts)
            self._first_live_ts = ts if self._first_live_ts is None else min(ts, self._first_live_ts)
        boots_changed |= self._boots.stated(self._series.take(share.lines, share.telemetry))
        self._take_lines(share.lines)
        for ts in (*(heard.ts for heard, _ in share.lines[-1:]), *(packet.ts for packet in share.telemetry[-1:])):
            self._last_heard = ts if self._last_heard is None else max(ts, self._last_heard)
        self._tell(boots=boots_changed, samples=bool(share.lines or share.telemetry), facts=before != self._facts())

    def take_past(self, past: PastPort, events: Iterable[RawEvent], histories: PortHistories | None = None) -> None:
        """Put before everything what a recording holds of this device; ``events``: those of its port and of none.

        ``histories`` are its series, where somebody has filled them already; they belong to the session from now on.
        """
        live = math.inf if self._first_live_ts is None else self._first_live_ts
        older = SessionBoots()
        if past.first_ts is not None:
            older.seen(past.first_ts)
        if past.first_uptime is not None and past.first_ts is not None:
            older.stated([UptimeSign(past.first_ts, past.first_uptime)])
        for restart in past.restarts:
            if restart.ts < live:
                older.restarted(RawEvent(restart.ts, "reboot", port=self.port, data=restart.data()))
        if past.last_uptime is not None and past.last_uptime[0] < live:
            older.goes_on(UptimeSign(*past.last_uptime))
        self._boots.put_before(older)
        self._told.put_before((e for e in events if e.ts < live), past.last_ts if self.read_only else None)
        self._series.put_before(port_histories(past) if histories is None else histories, past.total_heap)
        deltas = [delta for delta in past.thread_deltas if delta.ts < live]
        self.thread_deltas = deque([*deltas, *self.thread_deltas], DELTAS_KEPT)
        self._debug_heap.add(past.debug_heap)
        if past.device is not None:
            newer = {} if self.device is None else self.device._asdict()
            self.device = described(past.device, self.port, self.role, newer)
        if past.last_ts is not None and self._last_heard is None:
            self._last_heard = past.last_ts
        self._tell(boots=True, samples=True, facts=True)

    def _take_event(self, event: RawEvent) -> bool:
        """Take an event; return whether boots or bands changed."""
        self._series.polls.take(event)
        if event.kind == "reboot":
            self._boots.restarted(event)
            self._debug_heap.restarted()
            return True
        if event.kind == "device_info" and event.data is not None:
            self.device = described(self.device, self.port, self.role, event.data)
        return self._told.take(event)

    def _take_lines(self, lines: Sequence[HeardLine]) -> None:
        self._debug_heap.take(lines)
        for heard, line in lines:
            event = line.heap_event
            if event is not None:
                self.thread_deltas.append(
                    ThreadDelta(
                        heard.ts, line.uptime_s, event.kind, event.thread, event.before, event.after, event.delta
                    )
                )

    def _facts(self) -> tuple[object, ...]:
        return self.device, self._debug_heap.state, self._series.total

    def _tell(self, *, boots: bool, samples: bool, facts: bool) -> None:
        if boots:
            self.boots_changed.emit()
        if samples:
            self.heap_changed.emit()
        if facts:
            self.changed.emit()
