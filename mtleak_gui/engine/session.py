# SPDX-License-Identifier: GPL-3.0-only
"""The state of one device as the window shows it. Lives on the GUI thread."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Signal

from mtleak_gui.core.bands import Band
from mtleak_gui.core.boot import Boot
from mtleak_gui.core.leakhunt.checks import DebugHeap
from mtleak_gui.core.leakhunt.clean_samples import cadence_of
from mtleak_gui.core.leakhunt.evidence import ThreadDelta
from mtleak_gui.core.past import PastPort
from mtleak_gui.core.quick_trend import QuickTrend, quick_trend
from mtleak_gui.core.records import DeviceInfo, HeardLine, HeardTelemetry, LinkState, RawEvent
from mtleak_gui.core.rows import CONSOLE_ROLE
from mtleak_gui.core.series_history import SeriesHistory
from mtleak_gui.core.series_key import FREE_HEAP, SeriesKey, series_key
from mtleak_gui.engine.debug_heap_watch import DebugHeapWatch
from mtleak_gui.engine.session_bands import GapFinder, SessionBands, bands_of
from mtleak_gui.engine.session_boots import SessionBoots, UptimeSign
from mtleak_gui.engine.session_device import described, short_port
from mtleak_gui.engine.session_series import SessionSeries

Capture = Literal["API", "Console"]
DELTAS_KEPT = 20_000
_CADENCE_OF = 512
_TREND_STEP_S = 10.0


class Share(NamedTuple):
    """What a batch holds for one device."""

    lines: Sequence[HeardLine] = ()
    telemetry: Sequence[HeardTelemetry] = ()
    events: Sequence[RawEvent] = ()
    """Events of the device's port, and those of no port, which are the recorder's."""


class Session(QObject):
    """One device: who it is, its link, its series, its boots and bands.

    Times are epoch seconds of the recording's clock, sizes bytes. Signals come after the state has changed, each at
    most once for a batch, so at most ten times a second.
    """

    changed = Signal()
    """Anything but samples: device, link, DEBUG_HEAP, name."""
    heap_changed = Signal()
    """Samples were added to some series."""
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
        super().__init__(parent)
        self.port = port
        self.role = role
        self.capture: Capture = "Console" if role == CONSOLE_ROLE else "API"
        self.demo = demo
        self.read_only = read_only
        self.link = LinkState("closed", port)
        self.device: DeviceInfo | None = None
        self.thread_deltas: deque[ThreadDelta] = deque(maxlen=DELTAS_KEPT)
        self._saved_name = saved_name
        self._series = SessionSeries()
        self._boots = SessionBoots()
        self._told = SessionBands()
        self._gaps = GapFinder(self._series.histories[FREE_HEAP])
        self._debug_heap = DebugHeapWatch()
        self._first_live_ts: float | None = None
        self._last_ts: float | None = None
        self._trends: dict[float, tuple[tuple[int, int], QuickTrend | None]] = {}

    # Who it is

    @property
    def name(self) -> str:
        """The saved name, else the one that the board has, else the last part of the port."""
        told = self.device.long_name or self.device.short_name if self.device else None
        return self._saved_name or told or short_port(self.port)

    @property
    def firmware(self) -> str | None:
        """The firmware's version."""
        return self.device.firmware if self.device else None

    @property
    def environment(self) -> str | None:
        """The PlatformIO environment that the firmware was built for."""
        return self.device.environment if self.device else None

    @property
    def hardware(self) -> str | None:
        """The hardware model, as ``mesh.proto`` names it."""
        return self.device.hardware if self.device else None

    @property
    def region(self) -> str | None:
        """The LoRa region."""
        return self.device.region if self.device else None

    def save_name(self, name: str | None) -> None:
        """Call the device by a name that the tester chose; ``None`` takes it away."""
        if name != self._saved_name:
            self._saved_name = name
            self.changed.emit()

    # What it measures

    def fields(self) -> tuple[SeriesKey, ...]:
        """Return the series there are, the free heap first."""
        return self._series.fields()

    def history(self, variant: str = "local", field: str = "free_heap") -> SeriesHistory | None:
        """Return a series, ``None`` when there is none; the field may be spelled as boards spell it."""
        return self._series.histories.get(series_key(variant, field))

    @property
    def heap(self) -> SeriesHistory:
        """The free heap."""
        return self._series.histories[FREE_HEAP]

    @property
    def largest_block(self) -> SeriesHistory:
        """The largest free block, as far as the board logs it."""
        return self._series.largest_block

    @property
    def min_free(self) -> SeriesHistory:
        """The watermark since boot, as far as the board logs it."""
        return self._series.min_free

    @property
    def watermark(self) -> float | None:
        """The lowest free heap since boot that the board logged last."""
        return float(self.min_free.value[-1]) if len(self.min_free) else None

    @property
    def total_heap(self) -> float | None:
        """The newest heap total."""
        return self._series.total

    @property
    def free_heap(self) -> float | None:
        """The newest free heap."""
        return float(self.heap.value[-1]) if len(self.heap) else None

    @property
    def used_percent(self) -> float | None:
        """How much of the heap is in use."""
        free, total = self.free_heap, self.total_heap
        return None if free is None or total is None else 100.0 * (total - free) / total

    @property
    def last_ts(self) -> float | None:
        """When the newest heap sample came."""
        return float(self.heap.ts[-1]) if len(self.heap) else None

    @property
    def heard_ts(self) -> float | None:
        """When anything was last heard of the device."""
        return self._last_ts

    @property
    def cadence_s(self) -> float | None:
        """The usual distance of two heap samples of late."""
        return cadence_of(self.heap.ts[-_CADENCE_OF:])

    def trend(self, window_s: float, now: float) -> QuickTrend | None:
        """Return the slope of the free heap in the last ``window_s`` seconds, from the last restart on."""
        state = (self.heap.version, int(now // _TREND_STEP_S))
        known = self._trends.get(window_s)
        if known is None or known[0] != state:
            newest = self._boots.newest
            start = max(now - window_s, newest.start if newest is not None else now - window_s)
            part = self.heap.between(start, now)
            known = self._trends[window_s] = (state, quick_trend(self.heap.ts[part], self.heap.value[part]))
        return known[1]

    # What it goes through

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
        return self.boots[-1] if self.reboot_count else None

    @property
    def bands(self) -> tuple[Band, ...]:
        """All bands ascending by start."""
        return tuple(bands_of(self._told.told, self.boots, self._gaps.gaps(), self.heap.ts))

    # How it learns

    def set_link(self, state: LinkState) -> None:
        """Take where the link stands."""
        self.link = state
        self.changed.emit()

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
            self._last_ts = ts if self._last_ts is None else max(ts, self._last_ts)
        self._tell(boots=boots_changed, samples=bool(share.lines or share.telemetry), facts=before != self._facts())

    def take_past(self, past: PastPort, events: Iterable[RawEvent]) -> None:
        """Put before everything what a recording holds of this device; ``events``: those of its port and of none."""
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
            older.stated([UptimeSign(*past.last_uptime)])
        self._boots.put_before(older)
        self._told.put_before((e for e in events if e.ts < live), past.last_ts if self.read_only else None)
        self._series.put_before(past.series, past.total_heap)
        deltas = [delta for delta in past.thread_deltas if delta.ts < live]
        self.thread_deltas = deque([*deltas, *self.thread_deltas], DELTAS_KEPT)
        self._debug_heap.add(past.debug_heap)
        if past.device is not None:
            newer = {} if self.device is None else self.device._asdict()
            self.device = described(past.device, self.port, self.role, newer)
        if past.last_ts is not None and self._last_ts is None:
            self._last_ts = past.last_ts
        self._tell(boots=True, samples=True, facts=True)

    def _take_event(self, event: RawEvent) -> bool:
        """Take an event; return whether boots or bands changed."""
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
