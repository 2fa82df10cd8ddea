# SPDX-License-Identifier: GPL-3.0-only
"""A link is told in words that say what goes on, and a handshake in steps."""

from __future__ import annotations

import pytest

from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.core.link_words import counter, handshake, link_words, short_link_words
from mtleak_gui.core.records import LinkState

PORT = "/dev/ttyUSB0"
READING_NODES = LinkState("configuring", PORT, attempt=1, step="nodes", nodes=1_200)
WAITS = LinkState("backing_off", PORT, "unplugged", 10.0, 2, LinkTrouble("vanished", "unplugged"))
FIGHT = LinkState("backing_off", PORT, "taken", 300.0, 1, LinkTrouble("second_client", "taken"))


def test_the_steps_of_a_handshake_are_done_going_on_or_ahead() -> None:
    assert [(step.word, step.stand) for step in handshake(READING_NODES)] == [
        ("Open port", "done"),
        ("Ask", "done"),
        ("Node", "done"),
        ("Config", "done"),
        ("Nodes 1,200", "doing"),
        ("Live", "ahead"),
    ]


def test_a_console_has_nothing_to_ask() -> None:
    steps = handshake(LinkState("opening", PORT, step="opening", stuck=True), console=True)
    assert [(step.word, step.stand) for step in steps] == [("Open port", "stuck"), ("Live", "ahead")]


@pytest.mark.parametrize("phase", ["waiting", "live", "lost", "backing_off", "closed"])
def test_steps_are_shown_only_while_a_try_goes_on(phase: str) -> None:
    assert handshake(LinkState("waiting", PORT)._replace(phase=phase)) == ()  # type: ignore[arg-type] # of the list


def test_the_wait_for_the_next_try_counts_down() -> None:
    assert link_words(WAITS, 2.8, heard_before=True) == "Reconnecting · next try in 7 s · try 3"
    assert link_words(WAITS, 4.1, heard_before=False) == "Trying again · next try in 6 s · try 3"
    assert link_words(WAITS, 11.0, heard_before=True) == "Reconnecting · trying now · try 3"
    assert short_link_words(WAITS, 2.8) == "next try in 7 s"


def test_a_link_that_rests_says_why_and_counts_nothing() -> None:
    assert link_words(FIGHT, 1.0, heard_before=True) == "Stopped: another client"
    assert short_link_words(FIGHT, 1.0) == "stopped"


def test_a_try_without_an_answer_says_so() -> None:
    stuck = LinkState("configuring", PORT, attempt=1, step="asking", stuck=True)
    assert link_words(stuck, 31.0, heard_before=False) == "No answer yet…"
    assert short_link_words(READING_NODES, 1.0) == "nodes 1,200"


def test_a_board_that_is_heard_needs_no_words() -> None:
    assert link_words(LinkState("live", PORT, step="live"), 5.0, heard_before=True) == ""


@pytest.mark.parametrize(("seconds", "words"), [(0.0, "00:00"), (42.9, "00:42"), (3_723.0, "1:02:03")])
def test_how_long_a_board_is_gone_is_a_running_clock(seconds: float, words: str) -> None:
    assert counter(seconds) == words
