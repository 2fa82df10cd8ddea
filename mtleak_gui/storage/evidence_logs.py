# SPDX-License-Identifier: GPL-3.0-only
"""Log rows of a window to what they tell: memory and restart lines, thread deltas, sites, tables, uptimes, readings.

Rows of the peer lack most keys of ours, so lines are judged by their text; only those with a telling word are parsed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from functools import cache

from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.leakhunt.evidence import AuditTable, SeenLine, SiteAlloc, ThreadDelta
from mtleak_gui.core.log_readings import alloc_site
from mtleak_gui.core.positions import without_positions
from mtleak_gui.core.records import BootBanner, LogLine, ThreadHeap
from mtleak_gui.core.routing_errors import routing_error_in
from mtleak_gui.core.signatures import SIGNATURES
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.evidence_columns import Column
from mtleak_gui.storage.evidence_rows import HeapEvent, LogRow
from mtleak_gui.storage.line_prefilter import LineSieve

KEPT_OF_EACH_CLASS = 2_000
_READING_WORDS = (
    "heap: ",
    "heap status",
    "bytes free",
    "free heap",
    "total heap",
    "memaudit[",
    "leaked heap",
    "freed heap",
)
_MARK = "MARK"
"""The level of rows that repeat the tester's marks: no words of the board."""
_SITE_WORD = "Alloc in "
BANNER_WORD = "S:B:"
_HEADER_BYTES = 28
_NATIVE_UPTIME = re.compile(r"\|[ \t]*[0-9?]{2}:[0-9?]{2}:[0-9?]{2}[ \t]+([0-9]{1,12}(?:\.[0-9]{1,9})?)[ \t]")


@cache
def telling_words() -> tuple[str, ...]:
    """Return the words of which each line with a signature or a reading holds one, none containing another."""
    words = {*(literal for signature in SIGNATURES for literal in signature.literals), *_READING_WORDS}
    return tuple(sorted(word for word in words if not any(other != word and other in word for other in words)))


class LogReading:
    """What the log rows of one port say; grows piece by piece, in row order."""

    def __init__(self, window: TimeWindow) -> None:
        self._window = window
        self._sieve = LineSieve(telling_words())
        self._lines: defaultdict[str, deque[SeenLine]] = defaultdict(lambda: deque(maxlen=KEPT_OF_EACH_CLASS))
        self.signature_counts: Counter[str] = Counter()
        self.deltas: list[ThreadDelta] = []
        self.sites: list[SiteAlloc] = []
        self.audits: list[AuditTable] = []
        self.uptimes = Column()
        self.readings: dict[str, Column] = defaultdict(Column)
        """Free heap by source, of lines that have no telemetry row."""
        self.minimum = Column()
        self.block = Column()
        self.total: float | None = None
        self.banner: BootBanner | None = None
        self.first: float | None = None
        self.newest: float | None = None
        self.ports: set[str] = set()
        """Other ports that were met, with the own one."""
        self.log_lines = 0
        self.prefixes = 0
        self.heap_status = 0
        self.not_reported = 0

    @property
    def lines(self) -> tuple[SeenLine, ...]:
        """The lines with a signature, ascending in time."""
        found = [line for of_class in self._lines.values() for line in of_class]
        return tuple(sorted(found, key=lambda line: line.ts))

    def take(self, rows: Sequence[LogRow], port: str | None) -> None:
        """Read the rows of one piece that the port heard."""
        start, end = self._window
        heard = [row for row in rows if row.port == port and row.level != _MARK]
        if len(heard) < len(rows):
            self.ports.update(row.port for row in rows if row.port is not None)
        own = [row for row in heard if start <= row.ts <= end and row.line is not None]
        if len(own) < len(heard):
            self._banner_before(heard, start)
        if not own:
            return
        newest = max(row.ts for row in own)
        self.first = own[0].ts if self.first is None else self.first
        self.newest = newest if self.newest is None else max(self.newest, newest)
        self.log_lines += len(own)
        # One comprehension after the other: a single loop over all rows takes twice as long.
        for row in [row for row in own if row.uptime_s is None]:
            row.uptime_s = _uptime_of_native(row.line or "")
        stated = [row for row in own if row.uptime_s is not None]
        self.uptimes.extend([row.ts for row in stated], [row.uptime_s or 0.0 for row in stated])
        self.prefixes += sum(["[heap " in (row.line or "") for row in own])
        for row in [row for row in own if row.heap_event is not None]:
            if row.heap_event is not None:
                self._delta(row, row.heap_event)
        plain = [row for row in own if row.heap_event is None]
        for index in self._sieve.hits([row.line or "" for row in plain]):
            self._look_at(plain[index], plain[index].line or "")

    def _banner_before(self, heard: Sequence[LogRow], start: float) -> None:
        """Keep what the board said of itself at its last boot before the window."""
        for row in heard:
            if row.ts < start and row.line is not None and BANNER_WORD in row.line:
                self.banner = parse(row.line).boot or self.banner

    def _delta(self, row: LogRow, event: HeapEvent | ThreadHeap) -> None:
        self.deltas.append(
            ThreadDelta(row.ts, row.uptime_s, event.kind, event.thread, event.before, event.after, event.delta)
        )
        if row.heap_free is None and event.after > 0:
            self.readings["thread_delta"].append(row.ts, event.after)

    def _look_at(self, row: LogRow, text: str) -> None:
        place = text.find(_SITE_WORD)
        site = alloc_site(text[place:]) if place >= 0 else None
        if site is not None:
            self.sites.append(SiteAlloc(row.ts, site.site, site.size, site.free))
            return
        line = parse(text)
        self._figures(row, line)
        if line.heap_event is not None:
            self._delta(row, line.heap_event)
        if line.boot is not None:
            self.banner = line.boot
        if line.mem_audit is not None:
            audit = line.mem_audit
            self.audits.append(AuditTable(row.ts, audit.phase, audit.subsystems, audit.total))
        if line.signature is not None:
            self._signature(row, line, line.signature)

    def _figures(self, row: LogRow, line: LogLine) -> None:
        heap = line.heap
        if "Heap status" in line.message:
            self.heap_status += 1
            self.not_reported += heap is None
        if heap is None:
            return
        if heap.total is not None:
            self.total = float(heap.total)
        if heap.min_free is not None:
            self.minimum.append(row.ts, heap.min_free)
        if heap.largest_block is not None:
            self.block.append(row.ts, heap.largest_block)
        if heap.free is not None and row.heap_free is None:
            source = "debug_heap" if heap.source in ("prefix", "heap_status") else "heap_line"
            self.readings[source].append(row.ts, heap.free)

    def _signature(self, row: LogRow, line: LogLine, signature: str) -> None:
        self.signature_counts[signature] += 1
        uptime = row.uptime_s if row.uptime_s is not None else line.uptime_s
        error = routing_error_in(line.message) if signature == "routing_nak" else None
        message = without_positions(line.message)  # it may be quoted in a report, which is given away
        seen = SeenLine(row.ts, uptime, row.level or line.level, row.tag or line.thread, message, signature, error)
        self._lines[signature].append(seen)


def _uptime_of_native(text: str) -> float | None:
    """Return the uptime of a header that the peer does not read: ``12345.678``, as the native build writes it."""
    if "|" not in text[:_HEADER_BYTES]:
        return None
    header = _NATIVE_UPTIME.search(text[: 2 * _HEADER_BYTES])
    return None if header is None else float(header[1])
