# SPDX-License-Identifier: GPL-3.0-only
"""What was mended when a recording was opened reaches the tester: as events of the recording, in words."""

from __future__ import annotations

from pathlib import Path

from mtleak_gui.core.activity import activity_of
from mtleak_gui.engine.recording_desk import RecordingDesk
from mtleak_gui.engine.recording_plan import RecordingPlan
from tests.storage.rows_on_disk import QUIET, SetClock


def started(folder: Path, troubles: list[str | None]) -> list[str]:
    """Open the recording and start it, as the program does; return what the list of activities says then."""
    desk = RecordingDesk(troubles.append)
    assert desk.open(RecordingPlan(folder, "Bench", SetClock(), QUIET)).writable
    assert desk.start() is None
    shown = [activity_of(event) for event in desk.take_told()]
    desk.close()
    return [f"{activity.title}: {activity.detail}" for activity in shown if activity is not None]


def test_a_session_without_an_end_and_damaged_rows_are_shown_and_then_no_more(tmp_path: Path) -> None:
    troubles: list[str | None] = []
    assert started(tmp_path, troubles) == ["Recording started: "]
    events = tmp_path / "events.jsonl"
    whole = events.read_bytes().splitlines(keepends=True)
    events.write_bytes(b"".join([whole[0], b"\0" * 4096, b"\n", whole[0], b'{"ts":1']))
    shown = started(tmp_path, troubles)
    assert shown[0] == "Recording started: "
    assert all(line.startswith("Recording mended: ") for line in shown[1:])
    told = "\n".join(shown[1:])
    assert "The last line of events.jsonl was torn" in told
    assert "events.jsonl was damaged in 1 place (4,097 bytes" in told
    assert "had no end" in told
    assert started(tmp_path, troubles) == ["Recording started: "]
    assert troubles == []
