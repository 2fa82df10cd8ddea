# SPDX-License-Identifier: GPL-3.0-only
"""Recordings and marks: what the files hold is what is shown, and what cannot be done is said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.recording_options import RecordingOptions
from mtleak_gui.storage.recording import Recording
from tests.engine.bench_kit import Watched, benched, board_on_tcp
from tests.engine.recorded_rows import events, rows


@pytest.fixture
def watched(tmp_path: Path, qtbot: QtBot) -> Iterator[Watched]:
    with benched(qtbot, tmp_path) as watched:
        yield watched


@pytest.fixture
def recording(watched: Watched, qtbot: QtBot) -> Path:
    """Return the folder of the usual recording, which is being written."""
    watched.bench.start_recording()
    qtbot.waitUntil(lambda: watched.bench.recorder.running and bool(watched.pasts), timeout=10_000)
    return watched.places.default_recording


def test_a_mark_stands_at_one_time_in_file_and_view(watched: Watched, recording: Path, qtbot: QtBot) -> None:
    bench = watched.bench
    pressed = bench.now()
    bench.mark("burst-start", "50 broadcasts", ts=pressed)
    qtbot.waitUntil(lambda: bool(bench.markers))
    [row] = events(recording, "mark")
    [marker] = bench.markers
    [batch] = [batch for batch in watched.batches if batch.marks]
    assert (row["ts"], row["label"], row["note"]) == (marker.ts, marker.label, marker.note)
    assert batch.marks[0].ts == row["ts"] == rows(recording, "logs")[0]["ts"]
    assert bench.activity[-1].title == "Mark: burst-start"


def test_marks_are_renamed_removed_and_restored_by_rows_that_are_added(
    watched: Watched, recording: Path, qtbot: QtBot
) -> None:
    bench = watched.bench
    bench.mark("brust")
    qtbot.waitUntil(lambda: bool(bench.markers))
    ts = bench.markers[0].ts
    bench.edit_mark(ts, "burst", "typed in haste")
    qtbot.waitUntil(lambda: [mark.label for mark in bench.markers] == ["burst"])
    bench.remove_mark(ts)
    qtbot.waitUntil(lambda: bench.markers == ())
    bench.restore_mark(ts)
    qtbot.waitUntil(lambda: [(mark.ts, mark.note) for mark in bench.markers] == [(ts, "typed in haste")])
    assert [row["label"] for row in events(recording, "mark")] == ["brust"]
    edits = [row["data"] for row in events(recording, "mark_edit")]
    assert edits == [
        {"mark_ts": ts, "label": "burst", "note": "typed in haste", "removed": removed}
        for removed in (False, True, False)
    ]


def test_a_mark_while_paused_is_refused_and_set_when_the_offer_is_taken(
    watched: Watched, recording: Path, qtbot: QtBot
) -> None:
    bench = watched.bench
    bench.pause("lunch")
    bench.mark("burst")
    qtbot.waitUntil(lambda: bool(watched.notices))
    [notice] = watched.notices
    assert (notice.text, notice.action) == ("“burst” was not marked: the recorder is paused.", "resume_and_mark")
    assert "lunch" in (notice.detail or "")
    assert events(recording, "mark") == []
    assert bench.recorder.paused
    bench.resume_and_mark()
    qtbot.waitUntil(lambda: [mark.label for mark in bench.markers] == ["burst"])
    qtbot.waitUntil(lambda: not bench.recorder.paused)
    assert [event["note"] for event in events(recording, "recorder_pause")] == ["lunch"]
    assert len(events(recording, "mark")) == 1


def test_a_mark_and_a_correction_without_a_recording_are_refused(watched: Watched, qtbot: QtBot) -> None:
    bench = watched.bench
    bench.mark("burst")
    qtbot.waitUntil(lambda: bool(watched.notices))
    assert watched.notices[0].action == "record"
    bench.resume_and_mark()
    qtbot.waitUntil(lambda: [mark.label for mark in bench.markers] == ["burst"], timeout=10_000)
    bench.stop_recording()
    bench.edit_mark(bench.markers[0].ts, "later")
    qtbot.waitUntil(lambda: watched.notices[-1].key == "mark_edit")
    assert [mark.label for mark in bench.markers] == ["burst"]


def test_the_recorder_says_how_it_stands(watched: Watched, recording: Path, qtbot: QtBot) -> None:
    bench = watched.bench
    bench.mark("one")
    bench.mark("two")
    qtbot.waitUntil(lambda: bench.recorder.streams["events"].rows_this_session == 3)
    state = bench.recorder
    assert (state.folder, state.running, state.paused, state.demo) == (str(recording), True, False, False)
    assert state.streams["logs"].rows_on_disk == 2
    assert state.streams["logs"].bytes_on_disk == (recording / "logs.jsonl").stat().st_size
    assert (state.write_errors, state.rows_lost, state.trouble) == (0, 0, None)
    bench.force_rotate()
    qtbot.waitUntil(lambda: bench.recorder.streams["logs"].rotations == 1)


def test_a_recording_with_another_writer_is_shown_and_not_written(tmp_path: Path, qtbot: QtBot) -> None:
    with benched(qtbot, tmp_path) as watched:
        bench, folder = watched.bench, watched.places.default_recording
        other = Recording.open(folder)
        other.start()
        other.mark("theirs")
        bench.start_recording()
        qtbot.waitUntil(lambda: bool(watched.pasts), timeout=10_000)
        assert [mark.label for mark in bench.markers] == ["theirs"]
        assert bench.recorder.read_only
        notice = next(notice for notice in watched.notices if notice.key == "recording")
        assert notice.sticky
        assert "being written by" in (notice.detail or "")
        other.close()
        bench.start_recording()
        qtbot.waitUntil(lambda: bench.recorder.running, timeout=10_000)
        assert not bench.recorder.read_only


def test_another_recording_is_opened_for_reading_only_and_not_while_one_is_written(
    watched: Watched, recording: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    bench, other = watched.bench, tmp_path / "borrowed"
    kept = Recording.open(other)
    kept.start()
    kept.append([("logs", {"ts": 1_790_000_000.0, "port": "COM5", "role": "serial", "line": "hello"})])
    kept.mark("theirs", ts=1_790_000_001.0)
    kept.close()
    before = {path.name: path.stat().st_mtime_ns for path in other.iterdir()}

    bench.open_recording(other)
    assert watched.notices[-1].action == "stop_recording"
    bench.stop_recording()
    qtbot.waitUntil(lambda: not bench.recorder.running)
    bench.open_recording(other)
    qtbot.waitUntil(lambda: bench.folder == other and len(watched.pasts) == 2, timeout=10_000)
    [session] = bench.sessions
    assert (session.port, session.read_only, session.name) == ("COM5", True, "COM5")
    assert [mark.label for mark in bench.markers] == ["theirs"]
    assert bench.recorder.read_only
    assert bench.recorder.title == "borrowed"
    qtbot.waitUntil(lambda: bool(bench.recorder.streams))
    assert {stream: one.rows_on_disk for stream, one in bench.recorder.streams.items()} == {
        "logs": 2,
        "telemetry": 0,
        "packets": 0,
        "events": 4,
    }
    assert {path.name: path.stat().st_mtime_ns for path in other.iterdir() if path.suffix == ".jsonl"} == {
        name: at for name, at in before.items() if name.endswith(".jsonl")
    }

    bench.start_recording()
    qtbot.waitUntil(lambda: bench.recorder.running, timeout=10_000)
    assert bench.folder == recording
    assert bench.sessions == ()


def test_a_demo_that_was_kept_says_that_it_is_one(watched: Watched, tmp_path: Path, qtbot: QtBot) -> None:
    bench = watched.bench
    kept = tmp_path / "kept"
    recording = Recording.open(kept, demo=True)
    recording.start()
    recording.append([("logs", {"ts": 1_790_000_000.0, "port": "demo:oom", "role": "demo", "line": "x"})])
    recording.close()
    bench.open_recording(kept)
    qtbot.waitUntil(lambda: bench.folder == kept and bool(bench.sessions), timeout=10_000)
    assert (bench.recorder.demo, bench.recorder.read_only, bench.sessions[0].demo) == (True, True, True)
    # It is no demo that goes on: a board is recorded as ever.
    bench.start_recording()
    qtbot.waitUntil(lambda: bench.recorder.running, timeout=10_000)
    assert (bench.folder, bench.recorder.demo) == (watched.places.default_recording, False)


def test_a_folder_that_holds_no_recording_is_refused(watched: Watched, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "photos"
    folder.mkdir()
    watched.bench.open_recording(folder)
    qtbot.waitUntil(lambda: bool(watched.notices), timeout=10_000)
    assert watched.notices[0].text == "“photos” cannot be opened."
    assert "holds no recording" in (watched.notices[0].detail or "")
    qtbot.waitUntil(lambda: watched.bench.folder is None)
    assert list(folder.iterdir()) == []


def test_a_new_recording_keeps_the_boards_and_knows_them(watched: Watched, qtbot: QtBot) -> None:
    bench = watched.bench
    with board_on_tcp() as address:
        bench.connect_board(address)
        qtbot.waitUntil(lambda: bench.current is not None and bench.current.device is not None, timeout=10_000)
        before = bench.current
        bench.new_recording("night: run")
        folder = watched.places.recordings / "night run"
        qtbot.waitUntil(lambda: bench.folder == folder, timeout=10_000)
        after = bench.session(address.port)
        assert after is not None
        assert after is not before
        assert (after.link.phase, after.role) == ("live", "tcp")
        qtbot.waitUntil(lambda: after.firmware is not None and bench.recorder.running, timeout=10_000)
        qtbot.waitUntil(lambda: after.free_heap is not None, timeout=10_000)
        [device] = events(folder, "device_info")
        assert device["port"] == address.port
        assert events(folder, "connection_established") == []
        assert [line.title for line in bench.activity] == ["Recording started"]
        old = events(watched.places.default_recording, "recorder_stop")
        assert len(old) == 1


def test_without_auto_record_a_board_is_shown_until_recording_is_asked_for(tmp_path: Path, qtbot: QtBot) -> None:
    with (
        board_on_tcp() as address,
        benched(qtbot, tmp_path, RecordingOptions(auto_record=False)) as watched,
    ):
        bench = watched.bench
        bench.connect_board(address)
        qtbot.waitUntil(lambda: bench.current is not None and bench.current.free_heap is not None, timeout=10_000)
        assert not bench.recorder.running
        assert rows_of(watched.places.default_recording) == 0
        bench.start_recording()
        qtbot.waitUntil(lambda: bench.recorder.running)
        qtbot.waitUntil(lambda: rows_of(watched.places.default_recording) > 0)


def test_a_recording_that_is_closed_is_shown_no_more(watched: Watched, recording: Path, qtbot: QtBot) -> None:
    bench = watched.bench
    bench.mark("last")
    bench.stop_recording()
    qtbot.waitUntil(lambda: not bench.recorder.running)
    bench.close_recording()
    qtbot.waitUntil(lambda: bench.folder is None)
    assert bench.markers == ()
    assert bench.recorder.folder is None
    assert not (recording / "writer.lock").exists()
    assert json.loads((recording / "recording.json").read_text())["demo"] is False


def rows_of(folder: Path) -> int:
    path = folder / "telemetry.jsonl"
    return path.read_bytes().count(b"\n") if path.exists() else 0
