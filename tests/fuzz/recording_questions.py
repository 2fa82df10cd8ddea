# SPDX-License-Identifier: GPL-3.0-only
"""Asks a recording everything that the program asks, and checks what any answer must be."""

from __future__ import annotations

from pathlib import Path

from mtleak_gui.core.leakhunt.analyse import analyse
from mtleak_gui.core.leakhunt.judge import judge
from mtleak_gui.core.leakhunt.question import Question
from mtleak_gui.core.time_words import TimeWordsError
from mtleak_gui.storage.evidence_reader import EvidenceReader
from mtleak_gui.storage.past_reader import PastReader
from mtleak_gui.storage.query_answers import QueryError
from mtleak_gui.storage.recording_reader import RecordingReader

EVER = (0.0, 253_402_000_000.0)


def ask_everything(folder: Path) -> None:
    """Read a recording in every way; only the documented errors may come of it, and twice the same answer."""
    try:
        reader = RecordingReader(folder, clock=lambda: 1_790_000_100.0)
    except QueryError:
        return
    rows = reader.logs_window(*EVER, max_lines=10_000).rows
    assert all("ts" in row for row in rows)
    assert RecordingReader(folder, clock=lambda: 1_790_000_100.0).logs_window(*EVER, max_lines=10_000).rows == rows
    assert len(reader.logs_window(*EVER, grep="heap", max_lines=10_000).rows) <= len(rows)
    reader.packets_window(*EVER)
    reader.events_window(*EVER)
    reader.status()
    reader.latest_ts()
    for ask in (
        lambda: reader.telemetry_timeline(EVER, node="any"),
        lambda: judge(analyse(EvidenceReader(folder, clock=lambda: 1_790_000_100.0).read(Question("6h")))),
    ):
        try:
            ask()
        except (QueryError, TimeWordsError):
            continue
    PastReader(folder).read(1_000, _told_nothing)


def _told_nothing(share: float, what: str) -> None:
    """Take how far the reading is; nobody looks on."""
