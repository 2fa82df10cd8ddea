# SPDX-License-Identifier: GPL-3.0-only
"""Time-window queries over a recording folder, ours or the peer's. Runs in: one thread, whichever made the reader."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from mtleak_gui.core.records import STREAMS, StreamName
from mtleak_gui.core.time_words import TimeWindow, TimeWord, WindowWord, parse_window, window_between
from mtleak_gui.storage.archive_format import is_ours
from mtleak_gui.storage.archive_indexes import ArchiveIndexes
from mtleak_gui.storage.export import copy_rows, prepare_folder
from mtleak_gui.storage.own_nodes import Connections, asked_node, own_intervals
from mtleak_gui.storage.query_answers import (
    ExportAnswer,
    QueryError,
    ReadReport,
    RowsAnswer,
    StatusAnswer,
    TimelineAnswer,
)
from mtleak_gui.storage.read_reports import joined_reports, report_on
from mtleak_gui.storage.recording_folder import has_files, require_recording
from mtleak_gui.storage.recording_span import latest_ts, stream_status
from mtleak_gui.storage.repeated_archives import RepeatedArchives
from mtleak_gui.storage.row_blocks import PlainIndexes, blocks_of
from mtleak_gui.storage.row_decoding import stored_row
from mtleak_gui.storage.row_files import StreamSnapshot
from mtleak_gui.storage.row_filter import RowFilter, alternatives, compiled
from mtleak_gui.storage.row_search import RowSearch
from mtleak_gui.storage.telemetry_cache import TelemetryCache
from mtleak_gui.storage.telemetry_selection import Question
from mtleak_gui.storage.timeline_query import answered_timeline


class RecordingReader:
    """Answers questions about one recording folder, also while it is being written.

    Keeps what it has learned between questions, and no file open. ``clock`` gives the epoch time that ``now`` means.
    With ``may_write`` false, rebuilt sidecars of archives stay in memory. All methods raise ``QueryError`` or
    ``TimeWordsError`` (both ``ValueError``) for a question that cannot be answered: a sentence that names the value and
    what is allowed. What had to be read around is in the answer's ``report``.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time, may_write: bool = True) -> None:
        require_recording(folder)
        self.folder = folder
        self._clock = clock
        self._indexes = ArchiveIndexes(may_write=may_write)
        self._repeated = RepeatedArchives()
        self._plain = PlainIndexes()
        self._telemetry = TelemetryCache(may_write=may_write)
        self._connections = Connections()

    def logs_window(
        self,
        start: TimeWord = "-15m",
        end: TimeWord = "now",
        *,
        grep: str | None = None,
        level: str | None = None,
        tag: str | None = None,
        port: str | None = None,
        max_lines: int = 200,
    ) -> RowsAnswer:
        """Return the last ``max_lines`` log rows of the window.

        ``grep`` is a Python regular expression searched in ``line``, ``level`` a name or ``A|B``; ``tag`` and ``port``
        must be equal.
        """
        wanted = RowFilter(compiled(grep), _equal(level=alternatives(level), tag=_one(tag), port=_one(port)))
        return self._rows("logs", start, end, wanted, _limit("max_lines", max_lines))

    def packets_window(
        self,
        start: TimeWord = "-5m",
        end: TimeWord = "now",
        *,
        portnum: str | None = None,
        from_node: str | int | None = None,
        to_node: str | int | None = None,
        port: str | None = None,
        max_rows: int = 200,
    ) -> RowsAnswer:
        """Return the last ``max_rows`` packets of the window; ``portnum`` is a name or ``A|B``, nodes as recorded."""
        spelled = _equal(portnum=alternatives(portnum), from_node=_one(from_node), to_node=_one(to_node))
        wanted = RowFilter(None, _equal(port=_one(port)), spelled)
        return self._rows("packets", start, end, wanted, _limit("max_rows", max_rows))

    def events_window(
        self, start: TimeWord = "-1h", end: TimeWord = "now", *, kind: str | None = None, max_rows: int = 200
    ) -> RowsAnswer:
        """Return the last ``max_rows`` events of the window; ``kind`` is a name or ``A|B``."""
        wanted = RowFilter(None, _equal(kind=alternatives(kind)))
        return self._rows("events", start, end, wanted, _limit("max_rows", max_rows))

    def telemetry_timeline(
        self,
        window: WindowWord = "1h",
        *,
        variant: str = "local",
        field: str = "free_heap",
        port: str | None = None,
        node: str | int | None = None,
        max_points: int = 200,
    ) -> TimelineAnswer:
        """Return one telemetry field over the window, with at most ``max_points`` of its samples as points.

        ``field`` in snake or camel case; ``free_heap`` and ``heap_free_bytes``, ``total_heap`` and ``heap_total_bytes``
        are the same. ``node`` is an id or a number; by default the rows of the node that the port was connected to and
        those made from its log lines; ``"any"`` takes all nodes.
        """
        limit = _limit("max_points", max_points)
        asked = node if node is None or node == "any" else asked_node(node)
        span = parse_window(window, now=self._clock(), latest=self._latest(window))
        question = Question(variant, field, port or None, asked)
        with self._snapshot("telemetry") as telemetry, self._snapshot("events") as events:
            own = own_intervals(self._connections.all(events, self._plain)) if asked is None else {}
            return answered_timeline(self._telemetry, telemetry, span, question, own, most_points=limit)

    def export(
        self,
        start: TimeWord,
        end: TimeWord,
        folder: Path,
        *,
        streams: Sequence[str] | None = None,
        keep_positions: bool = False,
    ) -> ExportAnswer:
        """Copy the rows of the window into ``<stream>.jsonl`` files of ``folder``, made if need be.

        Rows stay byte for byte, but for positions and secrets (``storage.export``). Streams without files are left
        out. Writes over nothing.
        """
        selected = [_stream(name) for name in (STREAMS if streams is None else streams)]
        window = self._window(start, end)
        present = [stream for stream in selected if has_files(self.folder, stream)]
        prepare_folder(folder, present)
        counts: list[tuple[StreamName, int]] = []
        reports: list[ReadReport] = []
        changed = 0
        for stream in present:
            with self._snapshot(stream) as snapshot:
                blocks = blocks_of(snapshot, self._plain, window)
                target = folder / f"{stream}.jsonl"
                copied = copy_rows(reversed(blocks), window, target, keep_positions=keep_positions)
                counts.append((stream, copied.rows))
                changed += copied.changed
                reports.append(report_on(snapshot, blocks, copied.troubles))
        paths = tuple((stream, folder / f"{stream}.jsonl") for stream in present)
        return ExportAnswer(folder, paths, tuple(counts), window, changed, joined_reports(reports))

    def status(self) -> StatusAnswer:
        """Return what the recording holds of each stream."""
        found = []
        reports = []
        for stream in STREAMS:
            with self._snapshot(stream) as snapshot:
                found.append(stream_status(snapshot, self._plain))
                reports.append(report_on(snapshot, blocks_of(snapshot, self._plain, None)))
        return StatusAnswer(self.folder, is_ours(self.folder), tuple(found), joined_reports(reports))

    def latest_ts(self) -> float | None:
        """Return the time of the newest row of all streams (epoch s), ``None`` when there is none."""
        found = []
        for stream in STREAMS:
            with self._snapshot(stream) as snapshot:
                found.append(latest_ts(snapshot, self._plain))
        return max((ts for ts in found if ts is not None), default=None)

    def _rows(self, stream: StreamName, start: TimeWord, end: TimeWord, wanted: RowFilter, limit: int) -> RowsAnswer:
        window = self._window(start, end)
        search = RowSearch(wanted, window, limit)
        with self._snapshot(stream) as snapshot:
            blocks = blocks_of(snapshot, self._plain, window)
            total = search.run(blocks)
            report = report_on(snapshot, blocks, search.troubles)
        rows = tuple(row for raw in search.kept.in_order() if (row := stored_row(raw)) is not None)
        return RowsAnswer(stream, rows, total, window, report)

    def _window(self, start: TimeWord, end: TimeWord) -> TimeWindow:
        return window_between(start, end, now=self._clock(), latest=self._latest((start, end)))

    def _latest(self, words: WindowWord) -> float | None:
        """Return the newest time only when the words ask for it: finding it may mean reading."""
        return self.latest_ts() if "latest" in str(words).lower() else None

    def _snapshot(self, stream: StreamName) -> StreamSnapshot:
        return StreamSnapshot(self.folder, stream, self._indexes, self._repeated)


def _equal(**allowed: frozenset[str] | None) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((key, values) for key, values in allowed.items() if values is not None)


def _one(value: str | int | None) -> frozenset[str] | None:
    return frozenset({str(value)}) if value else None


def _limit(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise QueryError(f"{name} {value!r} is no number of rows that can be used: give a whole number from 0 on")
    return value


def _stream(name: str) -> StreamName:
    for stream in STREAMS:
        if name == stream:
            return stream
    raise QueryError(f"stream {name!r} is not one: there are {', '.join(STREAMS)}")
