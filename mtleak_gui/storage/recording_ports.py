# SPDX-License-Identifier: GPL-3.0-only
"""Which port a question is about: the one that it names, else the only one that the recording holds."""

from __future__ import annotations

from collections.abc import Iterable

from mtleak_gui.core.records import STREAMS, StreamName
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.evidence_events import EventReading
from mtleak_gui.storage.evidence_rows import PortRow, RowDecoder
from mtleak_gui.storage.evidence_telemetry import TelemetryReading
from mtleak_gui.storage.query_answers import QueryError
from mtleak_gui.storage.recording_pieces import ALWAYS, RecordingPieces


def the_port(
    pieces: RecordingPieces,
    asked: str | None,
    events: EventReading,
    telemetry: TelemetryReading,
    window: TimeWindow,
) -> str | None:
    """Return the port; ``None`` when no row of the recording names one.

    Raises ``QueryError`` when there are several and none is named, or when the named one is not there.
    """
    known = events.ports | telemetry.ports
    if asked is not None and asked in known:
        return asked
    if not known or asked is not None:
        known |= _in_rows(pieces, "logs", window)
    if not known or (asked is not None and asked not in known):
        # Not in the window: perhaps it spoke at another time.
        for stream in STREAMS:
            known |= _in_rows(pieces, stream, ALWAYS)
    if asked is not None and asked not in known:
        raise QueryError(f"port {asked!r} is not in this recording: it has {_listed(known)}")
    if asked is None:
        check_single(known)
    return asked if asked is not None else next(iter(known), None)


def check_single(known: Iterable[str]) -> None:
    """Raise ``QueryError`` when there are several ports, naming them."""
    ports = set(known)
    if len(ports) > 1:
        raise QueryError(f"the recording holds several ports ({_listed(ports)}): name one of them as the port")


def _listed(ports: Iterable[str]) -> str:
    return ", ".join(sorted(ports)) or "none"


def _in_rows(pieces: RecordingPieces, stream: StreamName, window: TimeWindow) -> set[str]:
    decoder = RowDecoder(PortRow)
    found: set[str] = set()
    for piece in pieces.oldest_first(stream, window, []):
        found.update(row.port for row in decoder.rows(piece) if row.port is not None)
    return found
