# SPDX-License-Identifier: GPL-3.0-only
"""A board is asked again when it does not answer or has restarted, and given up when that does not help."""

from __future__ import annotations

import pytest

from mtleak_gui.link.handshake_watch import HandshakeWatch


def configured_watch() -> HandshakeWatch:
    watch = HandshakeWatch()
    watch.asked(0.0)
    assert watch.introduced()
    watch.frame_heard(1.0, "config")
    watch.configured()
    return watch


def test_a_silent_board_is_asked_again_and_a_talking_one_is_not() -> None:
    watch = HandshakeWatch()
    watch.asked(0.0)
    watch.frame_heard(3.0, "config")
    assert watch.due(7.0, 7.0) is None
    assert watch.due(8.0, 8.0) == "ask"
    watch.asked(8.0)
    assert watch.due(12.0, 12.0) is None


def test_a_configured_board_may_be_silent_for_ever() -> None:
    assert configured_watch().due(1e9, 1e9) is None


@pytest.mark.parametrize(
    "line",
    [
        "rst:0x1 (POWERON),boot:0x13",
        "//\\ E S H T /\\ S T / C",
        "INFO  | ??:??:?? 0 S:B:43,2.7.9.1234567,heltec-v3,meshtastic/firmware",
    ],
)
def test_boot_text_makes_it_ask_as_soon_as_the_board_is_silent(line: str) -> None:
    watch = configured_watch()
    watch.text_heard(line, 100.0, 100.0)
    watch.text_heard(line, 101.0, 101.0)
    assert watch.due(102.4, 102.4) is None
    assert watch.due(102.5, 102.5) == "ask"


def test_a_fast_board_is_given_a_moment_of_the_host_too() -> None:
    watch = configured_watch()
    watch.text_heard("rst:0x1 (POWERON),boot:0x13", 100.0, 60_000.0)
    assert watch.due(100.1, 60_060.0) is None
    assert watch.due(100.5, 60_300.0) == "ask"


def test_other_text_between_frames_is_no_reason_to_ask() -> None:
    watch = configured_watch()
    watch.text_heard("Transition powerFSM transition=serial API, from=POWER to=SERIAL", 100.0, 100.0)
    assert watch.due(200.0, 200.0) is None


def test_a_board_that_stays_mute_after_its_restart_is_given_up() -> None:
    watch = configured_watch()
    watch.text_heard("rst:0x1 (POWERON),boot:0x13", 100.0, 100.0)
    answers = []
    for second in range(100, 170):
        answers.append(watch.due(float(second), float(second)))
        if answers[-1] == "ask":
            watch.asked(float(second))
    assert answers.count("ask") > 5
    assert answers[-1] == "give_up"


def test_only_introductions_that_nobody_asked_for_are_unasked() -> None:
    watch = HandshakeWatch()
    watch.asked(0.0)
    watch.asked(5.0)
    assert watch.introduced()
    assert watch.introduced()
    assert not watch.introduced()
