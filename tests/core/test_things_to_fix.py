# SPDX-License-Identifier: GPL-3.0-only
"""Each thing to fix is told when it is there, with what to do about it, and not before."""

from __future__ import annotations

from typing import Any

import pytest

from mtleak_gui.core.recorder_state import RecorderState
from mtleak_gui.core.things_to_fix import BoardSigns, Thing, things_to_fix, without_ignored

NOW = 1_800_000_000.0
SOUND = RecorderState(running=True, folder="/r", free_above_reserve=5_000_000_000, days_left=21.0)
BOARD = BoardSigns("/dev/ttyUSB0", "bench-a", "serial", live_for=3_600.0, lines=400, line_age=2.0, heap_age=8.0)


def found(*boards: BoardSigns, recorder: RecorderState = SOUND, clock: float | None = None) -> tuple[Thing, ...]:
    """Return what there is to fix."""
    return things_to_fix(boards, recorder, now=NOW, clock_set_at=clock)


def test_a_sound_board_and_recorder_leave_nothing_to_fix() -> None:
    assert found(BOARD) == ()


@pytest.mark.parametrize(
    ("changes", "key", "words"),
    [
        ({"lines": 0, "line_age": None}, "no_log", "Debug log API is most likely off"),
        ({"lines": 3, "live_for": 2.0, "log_api": False}, "no_log", "Debug log API is off"),
        ({"lines": 0, "line_age": None, "log_api": True}, "no_log", "is on, and yet no line came"),
        ({"lines": 0, "line_age": None, "role": "tcp"}, "no_log_tcp", "never its log"),
        ({"lines": 0, "line_age": None, "role": "serial_session"}, "console_silent", "reset"),
        ({"role": "serial_session", "line_age": 61.0}, "console_silent", "reset"),
        ({"heap_age": 1_900.0, "cadence": 900.0}, "silent", "no heap sample for 31 m."),
        ({"heap_age": None, "live_for": 1_000.0}, "silent", "Connected, but no heap sample"),
        ({"heap_age": None, "stats": 2}, "no_heap", "does not report heap"),
        ({"bridge": "CP210x bridge", "socket": "1-2.3"}, "no_id", "Keep it in socket 1-2.3."),
        ({"trouble": "The port is busy.", "tries": 2, "live_for": None}, "not_opened", "The port is busy. It is tried"),
    ],
)
def test_signs_of_a_board_name_what_is_wrong(changes: dict[str, Any], key: str, words: str) -> None:
    (thing,) = found(BOARD._replace(**changes))
    assert thing.key == f"{key}:/dev/ttyUSB0"
    assert "bench-a" in thing.title
    assert words in thing.text
    assert thing.port == "/dev/ttyUSB0"
    assert thing.may_be_ignored


@pytest.mark.parametrize(
    "changes",
    [
        {"lines": 0, "line_age": None, "live_for": 60.0},
        {"heap_age": 1_700.0, "cadence": 900.0},
        {"heap_age": 90.0, "cadence": 1.5},
        {"heap_age": None, "live_for": 900.0},
        {"heap_age": 9_000.0, "live_for": None},
        {"role": "serial_session", "line_age": 20.0, "heap_age": None},
        {"trouble": "The port is busy.", "tries": 1, "live_for": None},
        {"stats": 2},
    ],
)
def test_nothing_is_told_before_its_time(changes: dict[str, Any]) -> None:
    assert found(BOARD._replace(**changes)) == ()


@pytest.mark.parametrize(
    ("changes", "key", "tone"),
    [
        ({"trouble": "No space left on device."}, "trouble", "danger"),
        ({"rows_lost": 12, "write_errors": 3}, "rows_lost", "danger"),
        ({"write_errors": 3}, "write_errors", "warn"),
        ({"free_above_reserve": 0}, "disk_full", "danger"),
        ({"days_left": 0.5}, "disk_low", "warn"),
        ({"paused": True, "pause_reason": "flashing"}, "paused", "neutral"),
    ],
)
def test_trouble_of_the_recorder_is_told_once(changes: dict[str, Any], key: str, tone: str) -> None:
    (thing,) = found(BOARD, recorder=SOUND._replace(**changes))
    assert (thing.key, thing.tone) == (key, tone)
    assert thing.port is None
    assert thing.action is not None


def test_a_disk_that_is_only_read_from_needs_no_room() -> None:
    assert found(recorder=SOUND._replace(running=False, read_only=True, free_above_reserve=0)) == ()


def test_a_clock_that_was_set_is_told_for_a_day() -> None:
    assert [thing.key for thing in found(clock=NOW - 3_600)] == ["clock_set"]
    assert found(clock=NOW - 90_000) == ()


def test_the_worst_comes_first() -> None:
    no_id = BOARD._replace(bridge="CP210x bridge", lines=0, line_age=None)
    things = found(no_id, recorder=SOUND._replace(trouble="The disk is gone."))
    assert [thing.tone for thing in things] == ["danger", "warn", "neutral"]


def test_ignoring_keeps_away_one_board_and_never_what_loses_rows() -> None:
    other = BOARD._replace(port="/dev/ttyUSB1", name="bench-b", lines=0, line_age=None)
    first = BOARD._replace(lines=0, line_age=None)
    things = found(first, other, recorder=SOUND._replace(rows_lost=1))
    left = without_ignored(things, ["no_log:/dev/ttyUSB0", "rows_lost"])
    assert [thing.key for thing in left] == ["rows_lost", "no_log:/dev/ttyUSB1"]


def test_no_word_of_the_list_is_a_verdict() -> None:
    everything = found(
        BOARD._replace(heap_age=9_000.0, cadence=900.0, bridge="CP210x bridge"), recorder=SOUND._replace(rows_lost=2)
    )
    for thing in everything:
        assert not {"SLOW LEAK", "STEADY", "OOM"} & set((thing.title + thing.text + thing.why).split())


def test_a_debug_heap_build_over_the_api_is_told_what_the_console_shows_more() -> None:
    (thing,) = (t for t in found(BOARD._replace(debug_heap=True)) if t.key.startswith("console_more"))
    assert (thing.tone, thing.action, thing.may_be_ignored) == ("neutral", "capture_console", True)
    assert not any(t.key.startswith("console_more") for t in found(BOARD))
    console = BOARD._replace(debug_heap=True, role="serial_session")
    assert not any(t.key.startswith("console_more") for t in found(console))


def test_what_can_be_asked_of_a_board_is_offered_where_it_helps() -> None:
    silent = BOARD._replace(heap_age=None, live_for=1_000.0)
    mute = BOARD._replace(lines=0, line_age=None, log_api=False)
    assert [thing.action for thing in found(silent)] == ["ask_stats"]
    assert [thing.action for thing in found(silent._replace(is_asked=True))] == [None]
    assert [thing.action for thing in found(mute)] == ["debug_log_on"]
    # Nobody knows whether it is on: switching it may restart the board for nothing.
    assert [thing.action for thing in found(mute._replace(log_api=None))] == [None]
