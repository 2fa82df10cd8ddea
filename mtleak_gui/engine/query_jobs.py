# SPDX-License-Identifier: GPL-3.0-only
"""The questions that the window has about recordings. Runs in: query process; loads no Qt."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from mtleak_gui.core.leakhunt.question import Question
from mtleak_gui.core.leakhunt.verdict import Verdict
from mtleak_gui.core.records import STREAMS, StreamName
from mtleak_gui.core.time_words import TimeWord
from mtleak_gui.engine.job_troubles import plain_troubles
from mtleak_gui.engine.query_messages import JobFailed, Tell
from mtleak_gui.storage.query_answers import ExportAnswer, RowsAnswer, StatusAnswer

if TYPE_CHECKING:
    # For their names alone: the window, which asks, is ready sooner without what only the query process needs.
    from mtleak_gui.core.log_columns import LogColumns
    from mtleak_gui.core.past import Past
    from mtleak_gui.engine.recording_readers import RecordingReaders


class Judged(NamedTuple):
    """A verdict, and how long it took in seconds. The evidence is in ``verdict.facts.evidence``."""

    verdict: Verdict
    took_s: float


@dataclass(frozen=True, slots=True)
class JudgeJob:
    """Judge a recording, also one that is being written."""

    folder: Path
    question: Question

    def run(self, readers: RecordingReaders, tell: Tell) -> Judged:
        """Read the evidence and judge it."""
        from mtleak_gui.core.leakhunt.analyse import analyse  # noqa: PLC0415 - see above
        from mtleak_gui.core.leakhunt.judge import judge  # noqa: PLC0415 - see above

        began = time.perf_counter()
        with plain_troubles():
            tell(0.0, "Reading the recording")
            evidence = readers.evidence(self.folder).read(self.question)
            tell(0.6, "Judging")
            verdict = judge(analyse(evidence))
        return Judged(verdict, time.perf_counter() - began)


@dataclass(frozen=True, slots=True)
class LoadPastJob:
    """Load what a window shows of a recording. ``log_rows``: how many of the newest log rows, 0 for none."""

    folder: Path
    log_rows: int = 200_000

    def run(self, readers: RecordingReaders, tell: Tell) -> Past:
        """Read the recording."""
        with plain_troubles():
            return readers.past(self.folder).read(self.log_rows, tell)


@dataclass(frozen=True, slots=True)
class OlderLogsJob:
    """The newest ``rows`` log rows up to ``before_ts`` (epoch s); many rows may share a moment.

    ``held``: how many rows of exactly that time the asker has already, which are left out.
    """

    folder: Path
    before_ts: float
    rows: int = 50_000
    held: int = 0

    def run(self, readers: RecordingReaders, tell: Tell) -> LogColumns:
        """Read them; oldest first."""
        with plain_troubles():
            return readers.past(self.folder).logs_before(self.before_ts, self.held, self.rows, tell)


@dataclass(frozen=True, slots=True)
class RowsJob:
    """The newest ``limit`` rows of a stream in a window, as stored.

    ``filters`` are keyword arguments of ``RecordingReader.logs_window``, ``packets_window`` or ``events_window``: for
    logs ``grep``, ``level``, ``tag``, ``port``; for packets ``portnum``, ``from_node``, ``to_node``, ``port``; for
    events ``kind``.
    """

    folder: Path
    stream: StreamName
    start: TimeWord
    end: TimeWord
    filters: Mapping[str, str] = field(default_factory=dict)
    limit: int = 1_000

    def run(self, readers: RecordingReaders, tell: Tell) -> RowsAnswer:
        """Search the stream. Telemetry is asked by ``JudgeJob`` and ``LoadPastJob``."""
        tell(0.0, f"Searching {self.stream}")
        with plain_troubles():
            reader = readers.rows(self.folder)
            if self.stream == "logs":
                return reader.logs_window(self.start, self.end, max_lines=self.limit, **self.filters)
            if self.stream == "packets":
                return reader.packets_window(self.start, self.end, max_rows=self.limit, **self.filters)
            if self.stream == "events":
                return reader.events_window(self.start, self.end, max_rows=self.limit, **self.filters)
        raise JobFailed(f"rows of {self.stream!r} cannot be listed: there are logs, packets, events")


@dataclass(frozen=True, slots=True)
class ExportJob:
    """Copy the rows of a window, without positions and keys, into a folder that holds no recording yet."""

    folder: Path
    start: TimeWord
    end: TimeWord
    target: Path
    streams: tuple[StreamName, ...] = STREAMS

    def run(self, readers: RecordingReaders, tell: Tell) -> ExportAnswer:
        """Copy them."""
        tell(0.0, "Copying rows")
        with plain_troubles():
            return readers.rows(self.folder).export(self.start, self.end, self.target, streams=self.streams)


@dataclass(frozen=True, slots=True)
class RecordingStatusJob:
    """How much a recording holds and how far it reaches."""

    folder: Path

    def run(self, readers: RecordingReaders, tell: Tell) -> StatusAnswer:
        """Count."""
        tell(0.0, "Counting rows")
        with plain_troubles():
            return readers.rows(self.folder).status()
