# SPDX-License-Identifier: GPL-3.0-only
"""Reads a recording folder, ours or the peer's, into what a window begins with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from mtleak_gui.core.log_columns import LogColumns
from mtleak_gui.core.past import Past, PastPort
from mtleak_gui.core.records import STREAMS, StreamName
from mtleak_gui.core.rows import CONSOLE_ROLE
from mtleak_gui.storage.archive_format import is_ours
from mtleak_gui.storage.archive_indexes import ArchiveIndexes
from mtleak_gui.storage.evidence_logs import LogReading
from mtleak_gui.storage.evidence_lookback import last_banner
from mtleak_gui.storage.evidence_rows import EventRow, RowDecoder, TelemetryRow
from mtleak_gui.storage.own_nodes import Connections, own_intervals
from mtleak_gui.storage.past_events import PastEvents
from mtleak_gui.storage.past_logs import NewestLogs, Tell, newest_logs, older_logs
from mtleak_gui.storage.past_port import past_port
from mtleak_gui.storage.past_series import PortSeries, series_of_ports
from mtleak_gui.storage.plain_file import PlainFile
from mtleak_gui.storage.recording_pieces import ALWAYS, RecordingPieces
from mtleak_gui.storage.repeated_archives import ArchiveFile, RepeatedArchives
from mtleak_gui.storage.row_blocks import PlainIndexes
from mtleak_gui.storage.row_files import StreamSnapshot
from mtleak_gui.storage.row_times import row_time
from mtleak_gui.storage.telemetry_cache import TelemetryCache
from mtleak_gui.storage.telemetry_selection import with_likely

_PIECES_LOOKED_AT = 2
_USUAL_ROLE = "serial"
_END_OF_TIME = float("inf")


class PastReader:
    """Keeps what it has learned of the files between questions, and no file open.

    Raises ``QueryError`` for a folder that holds no recording; its methods raise ``OSError``.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pieces = RecordingPieces(folder)
        self._indexes = ArchiveIndexes(may_write=True)
        self._repeated = RepeatedArchives()
        self._plain = PlainIndexes()
        self._telemetry = TelemetryCache(may_write=True)
        self._connections = Connections()

    def read(self, log_rows: int, tell: Tell) -> Past:
        """Return the recording with its newest ``log_rows`` log rows."""
        tell(0.0, "Reading events")
        notes: list[str] = []
        decoder = RowDecoder(EventRow)
        pieces = self._pieces.oldest_first("events", ALWAYS, notes)
        events = PastEvents([row for piece in pieces for row in decoder.rows(piece)])
        tell(0.1, "Reading log lines")
        logs = newest_logs(self._pieces, log_rows, tell)
        tell(0.7, "Reading telemetry")
        series = self._series(events, notes)
        tell(0.9, "Putting it together")
        ports = sorted({*series, *logs.readings, *events.reading.ports})
        found = tuple(self._port(port, events, logs, series.get(port)) for port in ports)
        first, last, log_count = self._extent()
        return Past(
            folder=str(self._folder),
            demo=self._pieces.is_demo(),
            ours=is_ours(self._folder),
            ports=found,
            events=events.newest,
            marks=events.marks,
            logs=logs.columns,
            older_logs=max(0, log_count - len(logs.columns)),
            first_ts=first,
            last_ts=last,
            notes=tuple(notes),
        )

    def logs_before(self, before_ts: float, held: int, rows: int, tell: Tell) -> LogColumns:
        """Return the newest ``rows`` log rows up to ``before_ts``, oldest first.

        ``held``: how many rows of exactly that time are known already and left out.
        """
        return older_logs(self._pieces, before_ts, held, rows, tell)

    def _series(self, events: PastEvents, notes: list[str]) -> dict[str, PortSeries]:
        with self._snapshot("telemetry") as telemetry, self._snapshot("events") as stored:
            files, troubles = self._telemetry.files(telemetry, None)
            known = own_intervals(self._connections.all(stored, self._plain))
            own, guesses = with_likely(files, ALWAYS, known)
            notes += [*troubles, *guesses]
            ports = {key[0] for file in files for key in file.series() if key[0] is not None}
            polled = {port: events.reading.polled(port) for port in ports}
            return series_of_ports(files, own, polled, self._log_sources(events))

    def _log_sources(self, events: PastEvents) -> Mapping[str, str]:
        """Return for each port of what kind its rows made from log lines are, mostly: a look at its newest ones.

        Columns do not tell; a board makes one kind nearly always.
        """
        usual = {port: "debug_heap_serial" for port, role in events.roles.items() if role == CONSOLE_ROLE}
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for piece in islice(self._pieces.newest_first("telemetry", ALWAYS), _PIECES_LOOKED_AT):
            for row in RowDecoder(TelemetryRow).rows(piece):
                if row.port is not None and row.from_node is None and row.source is not None:
                    counts[row.port][row.source] += 1
        return usual | {port: count.most_common(1)[0][0] for port, count in counts.items()}

    def _port(self, port: str, events: PastEvents, logs: NewestLogs, series: PortSeries | None) -> PastPort:
        reading = logs.readings.get(port) or LogReading(ALWAYS)
        banner = reading.banner
        role = events.roles.get(port) or logs.roles.get(port) or _USUAL_ROLE
        device = events.device(port, role, banner)
        if device is None or device.environment is None:
            device = events.device(port, role, banner or last_banner(self._pieces, port, _END_OF_TIME))
        return past_port(port, role, device, events=events, logs=reading, found=series or PortSeries.empty())

    def _extent(self) -> tuple[float | None, float | None, int]:
        """Return the first and the last time of all streams, and how many log rows there are."""
        first: list[float | None] = []
        log_rows = 0
        for stream in STREAMS:
            with self._snapshot(stream) as snapshot:
                first += [_first_time(file) for file in snapshot.files[:1]]
                if stream == "logs":
                    log_rows = sum(_row_count(file) for file in snapshot.files)
        return min((ts for ts in first if ts is not None), default=None), self._pieces.newest_ts(), log_rows

    def _snapshot(self, stream: StreamName) -> StreamSnapshot:
        return StreamSnapshot(self._folder, stream, self._indexes, self._repeated)


def _first_time(file: ArchiveFile | PlainFile) -> float | None:
    if isinstance(file, PlainFile):
        return row_time(file.line_at(0))
    return min((member.min_ts for member in file.index.members if member.min_ts is not None), default=None)


def _row_count(file: ArchiveFile | PlainFile) -> int:
    if isinstance(file, PlainFile):
        return sum(block.count(b"\n") for _, block in file.blocks(0, file.rows_end))
    return sum(member.rows for member in file.index.members)
