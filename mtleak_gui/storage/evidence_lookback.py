# SPDX-License-Identifier: GPL-3.0-only
"""What a verdict needs from before its window: the last boot banner, the heap's total, a window that holds enough."""

from __future__ import annotations

from mtleak_gui.core.leakhunt.evidence import Request
from mtleak_gui.core.leakhunt.thresholds import MIN_SAMPLES
from mtleak_gui.core.records import BootBanner
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.evidence_logs import BANNER_WORD, LogReading
from mtleak_gui.storage.evidence_rows import LogRow, RowDecoder, TelemetryRow
from mtleak_gui.storage.evidence_telemetry import Readings, TelemetryReading, Whose
from mtleak_gui.storage.evidence_window import wider_windows
from mtleak_gui.storage.recording_pieces import RecordingPieces

_BANNER_BYTES = BANNER_WORD.encode()
_BANNER_SEARCH_BYTES = 64 << 20
_TOTAL_SEARCH_BYTES = 8 << 20
_DAY_S = 86_400.0


def last_banner(pieces: RecordingPieces, port: str | None, until: float) -> BootBanner | None:
    """Return what the board printed at its last boot before ``until``, as far back as can be searched quickly.

    Rows that ``LogReading`` met on its way to a window that starts at ``until`` are not searched again.
    """
    before = TimeWindow(float("-inf"), until)
    decoder, searched = RowDecoder(LogRow), 0
    for piece in pieces.newest_first("logs", before, but_unordered=True):
        if _BANNER_BYTES in piece:
            found = LogReading(before)
            lines = [line for line in piece.split(b"\n") if _BANNER_BYTES in line]
            found.take(decoder.rows(b"\n".join(lines)), port)
            if found.banner is not None:
                return found.banner
        searched += len(piece)
        if searched > _BANNER_SEARCH_BYTES:
            break
    return None


def total_before(pieces: RecordingPieces, request: Request, whose: Whose) -> float | None:
    """Return the newest heap total in the day before the window."""
    before = TimeWindow(request.start - _DAY_S, request.start)
    searched = 0
    for piece in pieces.newest_first("telemetry", before):
        found = _read(piece, before, request, whose)
        searched += len(piece)
        if found.total is not None or searched > _TOTAL_SEARCH_BYTES:
            return found.total
    return None


def window_with_enough(pieces: RecordingPieces, request: Request, whose: Whose) -> TimeWindow | None:
    """Return the smallest window with the same end that holds five samples, ``None`` when no longer one does."""
    for wider in wider_windows(TimeWindow(request.start, request.end)):
        count = 0
        for piece in pieces.newest_first("telemetry", wider):
            count += len(_read(piece, wider, request, whose).samples)
            if count >= MIN_SAMPLES:
                return wider
    return None


def _read(piece: bytes, window: TimeWindow, request: Request, whose: Whose) -> Readings:
    reading = TelemetryReading(window, request.field)
    reading.take(RowDecoder(TelemetryRow).rows(piece))
    return reading.of(request, whose)
