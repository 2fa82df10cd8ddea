# SPDX-License-Identifier: GPL-3.0-only
"""Cuts the evidence for one verdict from a recording folder, ours or the peer's."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.evidence import Evidence, Request
from mtleak_gui.core.records import StreamName
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.evidence_assembly import Parts, assembled
from mtleak_gui.storage.evidence_events import EventReading
from mtleak_gui.storage.evidence_logs import LogReading
from mtleak_gui.storage.evidence_rows import EventRow, LogRow, PacketRow, PortRow, RowDecoder, TelemetryRow
from mtleak_gui.storage.evidence_telemetry import Readings, Whose, own_node, read_telemetry, rows_of
from mtleak_gui.storage.evidence_window import Question, span_of, wider_windows, window_words
from mtleak_gui.storage.own_nodes import asked_node, node_id
from mtleak_gui.storage.query_answers import QueryError
from mtleak_gui.storage.recording_pieces import ALWAYS, RecordingPieces
from mtleak_gui.storage.recording_ports import check_single, the_port
from mtleak_gui.storage.telemetry_fields import canonical_field
from mtleak_gui.storage.writer_presence import is_being_written

_ENOUGH_SAMPLES = 5
_KNOWN_VARIANTS = ("device", "local", "environment", "power", "airQuality", "health", "host")
_BANNER_WORD = b"S:B:"
_BANNER_SEARCH_BYTES = 64 << 20
_TOTAL_SEARCH_BYTES = 8 << 20


class EvidenceReader:
    """Reads evidence from one recording, also while it is being written.

    ``clock`` gives the epoch time that ``now`` means. With ``may_write`` false, rebuilt sidecars stay in memory. Raises
    ``QueryError`` for a folder that holds no recording.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time, may_write: bool = True) -> None:
        self._pieces = RecordingPieces(folder, may_write=may_write)
        self._clock = clock
        self._telemetry = RowDecoder(TelemetryRow)
        self._logs = RowDecoder(LogRow)
        self._any_rows = RowDecoder(PortRow)

    def read(self, question: Question) -> Evidence:
        """Return the evidence. Raises ``QueryError`` or ``TimeWordsError`` for what the recording does not know."""
        notes: list[str] = []
        events = EventReading(self._rows_of_events(notes))
        now, newest = self._clock(), self._pieces.newest_ts()
        span = span_of(question, events, now=now, newest=newest, written=is_being_written(self._pieces.folder))
        window = span.window
        rows = list(self._telemetry_rows(window, notes))
        port = the_port(self._pieces, question.port, events, rows, window)
        request = Request(
            window.start,
            window.end,
            window_words(question, window),
            port,
            None if question.node is None else asked_node(question.node),
            question.field,
            question.variant,
            question.rules,
        )
        parts = self._parts(request, rows, events, window, notes)
        if question.port is None:
            check_single({*parts.logs.ports, *((port,) if port is not None else ())})
        self._check_known(request, parts)
        return assembled(request, parts, span, now)

    def _parts(
        self, request: Request, rows: list[TelemetryRow], events: EventReading, window: TimeWindow, notes: list[str]
    ) -> Parts:
        port = request.port
        own = rows_of(rows, window, port)
        device = events.device(window, port)
        node = device.node or request.node or own_node(own, self._heard_over_air(port, window))
        asked = request.node or node
        with_log = asked == node
        whose = Whose(asked, with_log)
        telemetry = read_telemetry(own, request, whose)
        logs = LogReading(window)
        if with_log:
            self._read_logs(logs, port, window, notes)
        if logs.banner is None and device.environment is None and with_log:
            self._look_for_banner(logs, port, window)
        total = logs.total if telemetry.total is None else telemetry.total
        if total is None and request.is_heap:
            total = self._total_before(window, request, whose)
        parts = Parts(telemetry, logs, events, device, asked, total, self._newest_packet(port, window), tuple(notes))
        parts = parts._replace(demo=self._pieces.is_demo())
        if request.is_heap or telemetry.samples or telemetry.foreign:
            parts = parts._replace(wider=self._wider(parts, request, whose))
        return parts

    def _rows_of_events(self, notes: list[str]) -> Iterator[EventRow]:
        decoder = RowDecoder(EventRow)
        for piece in self._pieces.oldest_first("events", ALWAYS, notes):
            yield from decoder.rows(piece)
        _tell_bad_rows(notes, "events", decoder.bad_rows)

    def _telemetry_rows(self, window: TimeWindow, notes: list[str]) -> Iterator[TelemetryRow]:
        decoder = RowDecoder(TelemetryRow)
        for piece in self._pieces.oldest_first("telemetry", window, notes):
            yield from decoder.rows(piece)
        _tell_bad_rows(notes, "telemetry", decoder.bad_rows)

    def _read_logs(self, logs: LogReading, port: str | None, window: TimeWindow, notes: list[str]) -> None:
        decoder = RowDecoder(LogRow)
        for piece in self._pieces.oldest_first("logs", window, notes):
            logs.take(decoder.rows(piece), port)
        _tell_bad_rows(notes, "logs", decoder.bad_rows)

    def _look_for_banner(self, logs: LogReading, port: str | None, window: TimeWindow) -> None:
        """Find what the board said at its last boot, which may be long before the window."""
        before = TimeWindow(float("-inf"), window.start)
        searched = 0
        for piece in self._pieces.newest_first("logs", before):
            if _BANNER_WORD in piece:
                earlier = LogReading(before)
                lines = [line for line in piece.split(b"\n") if _BANNER_WORD in line]
                earlier.take(self._logs.rows(b"\n".join(lines)), port)
                logs.banner = earlier.banner
            searched += len(piece)
            if logs.banner is not None or searched > _BANNER_SEARCH_BYTES:
                return

    def _total_before(self, window: TimeWindow, request: Request, whose: Whose) -> float | None:
        before = TimeWindow(window.start - 86_400.0, window.start)
        searched = 0
        for piece in self._pieces.newest_first("telemetry", before):
            found = self._read(piece, before, request, whose)
            searched += len(piece)
            if found.total is not None or searched > _TOTAL_SEARCH_BYTES:
                return found.total
        return None

    def _read(self, piece: bytes, window: TimeWindow, request: Request, whose: Whose) -> Readings:
        rows = rows_of(self._telemetry.rows(piece), window, request.port)
        return read_telemetry(rows, request, whose)

    def _newest_packet(self, port: str | None, window: TimeWindow) -> float | None:
        for piece in self._pieces.newest_first("packets", window):
            found = [r.ts for r in self._any_rows.rows(piece) if r.port == port and window.start <= r.ts <= window.end]
            if found:
                return max(found)
        return None

    def _heard_over_air(self, port: str | None, window: TimeWindow) -> set[str]:
        """Return the nodes whose packets the port's board received by radio: not the board itself."""
        decoder = RowDecoder(PacketRow)
        heard: set[str] = set()
        for piece in self._pieces.newest_first("packets", window):
            senders = {row.from_node for row in decoder.rows(piece) if row.port == port and row.rx_rssi}
            heard.update(name.lower() for sender in senders if (name := node_id(sender)) is not None)
        return heard

    def _wider(self, parts: Parts, request: Request, whose: Whose) -> TimeWindow | None:
        """Return the smallest window that holds enough samples, when this one does not."""
        if parts.sample_count >= _ENOUGH_SAMPLES:
            return None
        for wider in wider_windows(TimeWindow(request.start, request.end)):
            count = 0
            for piece in self._pieces.newest_first("telemetry", wider):
                count += len(self._read(piece, wider, request, whose).samples)
                if count >= _ENOUGH_SAMPLES:
                    return wider
        return None

    def _check_known(self, request: Request, parts: Parts) -> None:
        """Raise ``QueryError`` when the recording never heard of the field or the variant."""
        if parts.telemetry.samples or (request.is_heap and request.variant in _KNOWN_VARIANTS):
            return
        known = set(parts.telemetry.fields)
        wanted = canonical_field(request.field)
        if not _holds(known, request.variant, wanted):
            for row in self._telemetry_rows(ALWAYS, []):
                if row.port == request.port:
                    known.update((row.variant or "", name) for name in row.fields or {})
        if _holds(known, request.variant, wanted) or not known:
            return
        told = "; ".join(
            f"{variant}: {', '.join(sorted(name for of, name in known if of == variant))}"
            for variant in sorted({variant for variant, _ in known})
        )
        raise QueryError(
            f"field {request.field!r} of variant {request.variant!r} is not in this recording: it has {told}"
        )


def _tell_bad_rows(notes: list[str], stream: StreamName, bad_rows: int) -> None:
    if bad_rows:
        notes.append(f"{wording.count(bad_rows, 'line')} of {stream} left out: no rows")


def _holds(known: set[tuple[str, str]], variant: str, field: str) -> bool:
    return any(of == variant and canonical_field(name) == field for of, name in known)
