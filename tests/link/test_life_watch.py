# SPDX-License-Identifier: GPL-3.0-only
"""A board that hangs under an open port is found out within 75 s, and one that is merely quiet is left in peace."""

from __future__ import annotations

from mtleak_gui.link.life_watch import LifeWatch


def questions(watch: LifeWatch, start: int, end: int) -> list[tuple[int, str]]:
    """Look each second; return what is due when."""
    due = ((now, watch.due(float(now))) for now in range(start, end))
    return [(now, what) for now, what in due if what is not None]


def test_a_board_that_talks_is_never_asked() -> None:
    watch = LifeWatch(0.0)
    for now in range(600):
        watch.heard(float(now))
        assert watch.due(now + 0.9) is None


def test_a_board_that_answered_heartbeats_and_hangs_is_mute_after_75_s() -> None:
    watch = LifeWatch(0.0)
    watch.heartbeat_answered()
    assert questions(watch, 0, 76) == [(45, "heartbeat"), (60, "heartbeat"), (75, "mute")]


def test_a_quiet_board_that_answers_is_asked_each_45_s_at_most() -> None:
    watch = LifeWatch(0.0)
    asked = []
    for now in range(1, 600):
        if watch.due(float(now)) == "heartbeat":
            asked.append(now)
            watch.heartbeat_answered()
            watch.heard(now + 0.2)
    assert asked == [45, 91, 137, 183, 229, 275, 321, 367, 413, 459, 505, 551, 597]


def test_a_board_that_never_answers_heartbeats_is_asked_for_its_configuration_before_it_is_given_up() -> None:
    watch = LifeWatch(0.0)
    assert questions(watch, 0, 316) == [(45, "heartbeat"), (300, "config"), (315, "mute")]


def test_after_a_sleep_a_dead_connection_is_found_out_in_seconds() -> None:
    watch = LifeWatch(0.0)
    watch.heartbeat_answered()
    watch.check()
    assert questions(watch, 1, 8) == [(1, "heartbeat"), (6, "mute"), (7, "mute")]


def test_a_board_that_answers_the_check_is_not_doubted_any_more() -> None:
    watch = LifeWatch(0.0)
    watch.check()
    assert watch.due(1.0) == "heartbeat"
    watch.heard(1.2)
    assert questions(watch, 2, 40) == []
