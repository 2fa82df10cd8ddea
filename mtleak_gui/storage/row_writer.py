# SPDX-License-Identifier: GPL-3.0-only
"""Rows to lines in the streams: puts their times in order, encodes them, one write per stream and batch.

Not thread-safe: the recording that owns it serialises the calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from mtleak_gui.core.contracts import Clock
from mtleak_gui.core.records import RawEvent, RawMark, StreamName
from mtleak_gui.core.rows import Row, event_row, mark_rows
from mtleak_gui.storage.durable_streams import DurableStreams
from mtleak_gui.storage.row_encoding import encoded_row, encoded_rows
from mtleak_gui.storage.time_order import LATEST, TimeOrder, is_time

_TOLD_DELAY_S = 0.05


class RowWriter:
    """Writes rows of boards and events of the recording itself into ``streams``, ``ts`` never going backwards."""

    def __init__(
        self,
        streams: DurableStreams,
        order: TimeOrder,
        clock: Clock,
        on_event: Callable[[RawEvent], None] | None = None,
    ) -> None:
        """``on_event`` is told each event that the recording writes about itself."""
        self._streams = streams
        self._order = order
        self._clock = clock
        self._on_event = on_event

    def write(self, rows: Sequence[tuple[StreamName, Row]]) -> None:
        """Write rows in their order. A clock that was set back is noticed, bridged and written as an event."""
        if not self._write_as_they_are(rows):
            self._write_one_by_one(rows)
        self.write_notices()

    def _write_as_they_are(self, rows: Sequence[tuple[StreamName, Row]]) -> bool:
        """Write rows whose times can stand, as nearly all can; return ``False``, with nothing done, when one cannot."""
        if self._order.offset:
            return False
        by_stream: dict[StreamName, list[Row]] = {}
        last_of: dict[StreamName, float] = {}
        last = self._order.last
        for stream, row in rows:
            ts = row.get("ts")
            if type(ts) is not float or not last <= ts <= LATEST or next(iter(row)) != "ts":
                return False
            last_of[stream] = last = ts
            if stream in by_stream:
                by_stream[stream].append(row)
            else:
                by_stream[stream] = [row]
        self._order.last = last
        for stream, batch in by_stream.items():
            self._put(stream, encoded_rows(batch), len(batch), last_of[stream])
        return True

    def _write_one_by_one(self, rows: Iterable[tuple[StreamName, Row]]) -> None:
        order = self._order
        lines: dict[StreamName, list[bytes]] = {}
        last: dict[StreamName, float] = {}
        for stream, row in rows:
            line = encoded_row(self._placed(row, lines))
            if stream in lines:
                lines[stream].append(line)
            else:
                lines[stream] = [line]
            last[stream] = order.last
        if order.offset:
            order.seen = self._clock.monotonic()
        for stream, batch in lines.items():
            self._put(stream, b"".join(batch), len(batch), last.get(stream, order.last))

    def write_event(
        self, kind: str, label: str, note: str | None = None, data: Mapping[str, object] | None = None
    ) -> float:
        """Write an event of the recording itself, at the clock's time; return its ``ts``."""
        ts = self._put_event(kind, label, note, data)
        self.write_notices()
        return ts

    def write_mark(self, label: str, note: str | None, data: Mapping[str, object] | None, at: float | None) -> RawMark:
        """Write the event and the log row of a mark; return it as it stands in the file.

        ``at`` is when it was made (epoch s). Rows written since then keep it from standing there: it then comes after
        them, with its own time in ``data``.
        """
        ts = self._now(at)
        if at is not None and ts - at - self._order.offset > _TOLD_DELAY_S:
            data = {**(data or {}), "true_ts": at}
        written = RawMark(ts, label, note, data)
        event, log = mark_rows(written)
        self._put("events", encoded_row(event), 1, ts)
        self._put("logs", encoded_row(log), 1, ts)
        self.write_notices()
        return written

    def write_notices(self) -> None:
        """Write what happened to the files into the events stream."""
        while notices := self._streams.take_notices():
            for notice in notices:
                self._put_event(notice.kind, notice.label, notice.note, notice.data)

    def _put_event(self, kind: str, label: str, note: str | None, data: Mapping[str, object] | None) -> float:
        ts = self._now()
        event = RawEvent(ts, kind, label, note, data=data)
        self._put("events", encoded_row(event_row(event)), 1, ts)
        self._tell(event)
        return ts

    def _tell(self, event: RawEvent) -> None:
        if self._on_event is not None:
            self._on_event(event)

    def _now(self, at: float | None = None) -> float:
        """Return the ``ts`` for the present, or for the moment ``at`` before it."""
        now = self._clock.wall()
        return self._order.placed_own(now if at is None else min(at, now), self._clock.monotonic())

    def _put(self, stream: StreamName, data: bytes, rows: int, last_ts: float) -> None:
        self._streams.write(stream, data, rows, last_ts)

    def _placed(self, row: Row, lines: dict[StreamName, list[bytes]]) -> Row:
        """Return the row with a ``ts`` that can stand in the file; a clock step it gives away goes into ``lines``."""
        ts = row.get("ts")
        if not is_time(ts):
            return {"ts": self._now(), **_without_ts(row)}
        placed, jump = self._order.placed(float(ts))
        if jump is not None:
            note = f"The clock was set by {jump.step_s:+,.1f} s; times here go on without the step."
            event = RawEvent(placed, "clock_jump", "clock_set", note, data=jump._asdict())
            lines.setdefault("events", []).append(encoded_row(event_row(event)))
            self._tell(event)
        return {"ts": placed, **_without_ts(row)}


def _without_ts(row: Row) -> Row:
    return {key: value for key, value in row.items() if key != "ts"}
