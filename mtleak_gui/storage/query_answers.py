# SPDX-License-Identifier: GPL-3.0-only
"""What queries answer: frozen values, each with what had to be read around, and the error that a bad question gets."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from mtleak_gui.core.records import StreamName
from mtleak_gui.core.rows import Row
from mtleak_gui.core.time_words import TimeWindow

_ROWS_NAMES: dict[StreamName, str] = {"logs": "lines", "packets": "packets", "events": "events", "telemetry": "rows"}


class QueryError(ValueError):
    """A question that cannot be answered. The text names the value and says what is allowed."""


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What was read around: lines that are no row, archives that a crash tore, and sentences for the tester."""

    bad_rows: int = 0
    torn_archives: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def as_dict(self) -> Row:
        """Return it as plain JSON."""
        return {"bad_rows": self.bad_rows, "torn_archives": list(self.torn_archives), "notes": list(self.notes)}


@dataclass(frozen=True, slots=True)
class RowsAnswer:
    """The newest rows of a stream that match, in time order, exactly as stored; ``dropped`` older ones left out."""

    stream: StreamName
    rows: tuple[Row, ...]
    total_matched: int
    window: TimeWindow
    report: ReadReport = dataclasses.field(default_factory=ReadReport)

    @property
    def dropped(self) -> int:
        """How many rows matched that are not among ``rows``."""
        return self.total_matched - len(self.rows)

    def as_dict(self) -> Row:
        """Return it under the names of the peer: ``lines``, ``packets`` or ``events`` for the rows."""
        return {
            _ROWS_NAMES[self.stream]: list(self.rows),
            "total_matched": self.total_matched,
            "dropped": self.dropped,
            "window": self.window._asdict(),
            **self.report.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class TimelineAnswer:
    """One telemetry field over time.

    ``points`` are true samples ``(ts, value)``, ascending, the lowest and highest of each stretch among them. The
    figures are over all ``samples``; ``slope_per_min`` is the least-squares slope in units a minute, ``None`` when
    there are fewer than two times. ``nodes`` names the nodes whose samples were taken, ``None`` among them for rows
    made from log lines.
    """

    points: tuple[tuple[float, float], ...]
    samples: int
    minimum: float | None
    maximum: float | None
    mean: float | None
    slope_per_min: float | None
    window: TimeWindow
    variant: str
    field: str
    nodes: tuple[str | None, ...] = ()
    report: ReadReport = dataclasses.field(default_factory=ReadReport)

    def as_dict(self) -> Row:
        """Return it under the names of the peer."""
        return {
            "points": [{"ts": ts, "value": value} for ts, value in self.points],
            "samples": self.samples,
            "min": self.minimum,
            "max": self.maximum,
            "mean": self.mean,
            "slope_per_min": self.slope_per_min,
            "window": {**self.window._asdict(), "variant": self.variant, "field": self.field},
            "nodes": list(self.nodes),
            **self.report.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class ExportAnswer:
    """Files written by an export and how many rows each holds, by stream; ``scrubbed`` rows lack something."""

    folder: Path
    paths: tuple[tuple[StreamName, Path], ...]
    counts: tuple[tuple[StreamName, int], ...]
    window: TimeWindow
    scrubbed: int = 0
    report: ReadReport = dataclasses.field(default_factory=ReadReport)

    def as_dict(self) -> Row:
        """Return it as plain JSON."""
        return {
            "folder": str(self.folder),
            "paths": {stream: str(path) for stream, path in self.paths},
            "counts": dict(self.counts),
            "scrubbed": self.scrubbed,
            "window": self.window._asdict(),
            **self.report.as_dict(),
        }


@dataclass(frozen=True, slots=True)
class StreamStatus:
    """What a recording holds of one stream. Times in epoch seconds, ``None`` without a row; ``bytes`` on disk."""

    stream: StreamName
    rows: int
    bad_rows: int
    bytes: int
    archives: int
    first_ts: float | None
    last_ts: float | None


@dataclass(frozen=True, slots=True)
class StatusAnswer:
    """What a recording holds."""

    folder: Path
    ours: bool
    streams: tuple[StreamStatus, ...]
    report: ReadReport = dataclasses.field(default_factory=ReadReport)

    def as_dict(self) -> Row:
        """Return it as plain JSON."""
        return {
            "folder": str(self.folder),
            "ours": self.ours,
            "streams": {
                status.stream: {
                    "rows": status.rows,
                    "bad_rows": status.bad_rows,
                    "bytes": status.bytes,
                    "archives": status.archives,
                    "first_ts": status.first_ts,
                    "last_ts": status.last_ts,
                }
                for status in self.streams
            },
            **self.report.as_dict(),
        }
