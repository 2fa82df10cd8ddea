# SPDX-License-Identifier: GPL-3.0-only
"""Cuts the evidence for one verdict from a recording folder, ours or the peer's."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.evidence import Evidence, Request
from mtleak_gui.core.leakhunt.question import Question
from mtleak_gui.core.leakhunt.thresholds import MIN_SAMPLES
from mtleak_gui.core.records import StreamName
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.evidence_assembly import Parts, assembled
from mtleak_gui.storage.evidence_events import EventReading
from mtleak_gui.storage.evidence_logs import LogReading
from mtleak_gui.storage.evidence_lookback import last_banner, total_before, window_with_enough
from mtleak_gui.storage.evidence_rows import EventRow, LogRow, PacketRow, PortRow, RowDecoder, TelemetryRow
from mtleak_gui.storage.evidence_telemetry import TelemetryReading, Whose
from mtleak_gui.storage.evidence_window import span_of, window_words
from mtleak_gui.storage.own_nodes import ONE_NODE, asked_node, node_id
from mtleak_gui.storage.query_answers import QueryError
from mtleak_gui.storage.recording_pieces import ALWAYS, RecordingPieces
from mtleak_gui.storage.recording_ports import check_single, the_port
from mtleak_gui.storage.telemetry_fields import canonical_field
from mtleak_gui.storage.writer_presence import is_being_written

_KNOWN_VARIANTS = ("device", "local", "environment", "power", "airQuality", "health", "host")


class EvidenceReader:
    """Reads evidence from one recording, also while it is being written.

    ``clock`` gives the epoch time that ``now`` means. With ``may_write`` false, rebuilt sidecars stay in memory. Raises
    ``QueryError`` for a folder that holds no recording.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time, may_write: bool = True) -> None:
        self._pieces = RecordingPieces(folder, may_write=may_write)
        self._clock = clock

    def read(self, question: Question) -> Evidence:
        """Return the evidence. Raises ``QueryError`` or ``TimeWordsError`` for what the recording does not know."""
        notes: list[str] = []
        events = EventReading(self._rows_of_events(notes))
        now, newest = self._clock(), self._pieces.newest_ts()
        span = span_of(question, events, now=now, newest=newest, written=is_being_written(self._pieces.folder))
        window = span.window
        heard = self._read_telemetry(window, question.field, notes)
        port = the_port(self._pieces, question.port, events, heard, window)
        request = Request(
            window.start,
            window.end,
            window_words(question, window),
            port,
            None if question.node is None else asked_node(question.node, ONE_NODE),
            question.field,
            question.variant or heard.variant_of(port, question.field),
            question.rules,
        )
        parts = self._parts(request, heard, events, window, notes)
        if question.port is None:
            check_single({*parts.logs.ports, *((port,) if port is not None else ())})
        self._check_known(request, parts)
        wider = None
        if parts.sample_count < MIN_SAMPLES:
            wider = window_with_enough(self._pieces, request, parts.whose)
        return assembled(request, parts, span, now, wider)

    def _parts(
        self, request: Request, heard: TelemetryReading, events: EventReading, window: TimeWindow, notes: list[str]
    ) -> Parts:
        port, device = request.port, events.device(window, request.port)
        logs = LogReading(window)
        self._read_logs(logs, port, window, notes)
        node = device.node or request.node
        if node is None:
            node = heard.own_node(port, self._heard_over_air(port, window), logs.readings.values())
        asked = request.node or node
        whose = Whose(asked, asked == node)
        telemetry = heard.of(request, whose)
        if not whose.log:
            logs = LogReading(window)
        if whose.log and logs.banner is None and device.environment is None:
            logs.banner = last_banner(self._pieces, port, window.start)
        total = logs.total if telemetry.total is None else telemetry.total
        if total is None and request.is_heap:
            total = total_before(self._pieces, request, whose)
        newest_packet, is_demo = self._newest_packet(port, window), self._pieces.is_demo()
        return Parts(telemetry, logs, events, device, whose, total, newest_packet, tuple(notes), is_demo)

    def _rows_of_events(self, notes: list[str]) -> Iterator[EventRow]:
        decoder = RowDecoder(EventRow)
        for piece in self._pieces.oldest_first("events", ALWAYS, notes):
            yield from decoder.rows(piece)
        _tell_bad_rows(notes, "events", decoder.bad_rows)

    def _read_telemetry(self, window: TimeWindow, field: str, notes: list[str]) -> TelemetryReading:
        decoder, reading = RowDecoder(TelemetryRow), TelemetryReading(window, field)
        for piece in self._pieces.oldest_first("telemetry", window, notes):
            reading.take(decoder.rows(piece))
        _tell_bad_rows(notes, "telemetry", decoder.bad_rows)
        return reading

    def _read_logs(self, logs: LogReading, port: str | None, window: TimeWindow, notes: list[str]) -> None:
        decoder = RowDecoder(LogRow)
        for piece in self._pieces.oldest_first("logs", window, notes):
            logs.take(decoder.rows(piece), port)
        _tell_bad_rows(notes, "logs", decoder.bad_rows)

    def _newest_packet(self, port: str | None, window: TimeWindow) -> float | None:
        decoder = RowDecoder(PortRow)
        for piece in self._pieces.newest_first("packets", window):
            found = [r.ts for r in decoder.rows(piece) if r.port == port and window.start <= r.ts <= window.end]
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

    def _check_known(self, request: Request, parts: Parts) -> None:
        """Raise ``QueryError`` when the recording never heard of the field or the variant."""
        if parts.telemetry.samples or (request.is_heap and request.variant in _KNOWN_VARIANTS):
            return
        known = set(parts.telemetry.fields)
        wanted = canonical_field(request.field)
        if not _holds(known, request.variant, wanted):
            everything = self._read_telemetry(ALWAYS, request.field, [])
            known |= everything.of(request, Whose(None, log=True)).fields
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
