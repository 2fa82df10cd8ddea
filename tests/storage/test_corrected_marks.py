# SPDX-License-Identifier: GPL-3.0-only
"""Marks that were renamed or taken away stand so in evidence, windows and reports."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtleak_gui.core.leakhunt.question import Question
from mtleak_gui.core.markers import Marker, edit_event
from mtleak_gui.core.rows import event_row
from mtleak_gui.storage.evidence_reader import EvidenceReader
from mtleak_gui.storage.query_answers import QueryError
from tests.storage import boards
from tests.storage.board_recording import START


def marked(folder: Path, *corrections: Marker) -> EvidenceReader:
    """Write a recording with the marks ``burst`` at 3,000 s and ``lunch`` at 6,000 s, and corrections of them."""
    board = boards.steady()
    for after, label in ((3_000.0, "burst"), (6_000.0, "lunch")):
        board.row("events", {"ts": START + after, "kind": "mark", "label": label, "note": "as typed"})
    for number, correction in enumerate(corrections):
        board.row("events", event_row(edit_event(START + 9_000.0 + number, correction)))
    return EvidenceReader(board.write(folder), clock=lambda: START + 30_000.0)


def marks(reader: EvidenceReader) -> list[tuple[str | None, str | None]]:
    evidence = reader.read(Question("6h", START + boards.SIX_HOURS))
    assert not any(event.kind == "mark_edit" for event in evidence.events)
    return [(event.label, event.note) for event in evidence.events if event.kind == "mark"]


def test_a_renamed_mark_bears_its_new_name_and_note(tmp_path: Path) -> None:
    reader = marked(tmp_path, Marker(START + 3_000.0, "burst-start", "50 broadcasts"))
    assert marks(reader) == [("burst-start", "50 broadcasts"), ("lunch", "as typed")]
    window = reader.read(Question("mark:burst-start/mark:lunch", START + boards.SIX_HOURS)).request
    assert (window.start, window.end) == (START + 3_000.0, START + 6_000.0)


def test_a_removed_mark_is_none_until_it_is_restored(tmp_path: Path) -> None:
    gone = Marker(START + 6_000.0, "lunch", "as typed", removed=True)
    reader = marked(tmp_path / "gone", gone)
    assert marks(reader) == [("burst", "as typed")]
    with pytest.raises(QueryError, match="it has burst"):
        reader.read(Question("mark:burst/mark:lunch", START + boards.SIX_HOURS))
    back = marked(tmp_path / "back", gone, gone._replace(removed=False))
    assert marks(back) == [("burst", "as typed"), ("lunch", "as typed")]


def test_a_correction_of_a_mark_that_is_not_there_changes_nothing(tmp_path: Path) -> None:
    assert len(marks(marked(tmp_path, Marker(START + 4_000.0, "nobody")))) == 2
