# SPDX-License-Identifier: GPL-3.0-only
"""When a link is tried again."""

from __future__ import annotations

from mtleak_gui.link.reconnect import ReconnectPolicy


def delays_of(policy: ReconnectPolicy, tries: int, lived_s: float | None = None) -> list[float | None]:
    delays = []
    now = 0.0
    for _ in range(tries):
        assert policy.wait_s(now) == 0.0
        policy.opening()
        policy.configuring()
        if lived_s is not None:
            policy.live(now)
            now += lived_s
            policy.lost(now, "gone")
        delays.append(policy.backing_off(now, "gone").retry_in)
        now += policy.wait_s(now)
    return delays


def test_a_board_that_is_not_there_is_tried_ever_less_often_but_always() -> None:
    assert delays_of(ReconnectPolicy("p"), 8) == [1.0, 2.0, 5.0, 10.0, 30.0, 30.0, 30.0, 30.0]


def test_a_board_that_was_heard_for_long_is_tried_at_once_again() -> None:
    assert delays_of(ReconnectPolicy("p"), 4, lived_s=3_600.0) == [1.0, 1.0, 1.0, 1.0]


def test_two_clients_that_evict_each_other_do_not_take_turns_for_ever() -> None:
    assert delays_of(ReconnectPolicy("p"), 5, lived_s=0.5) == [1.0, 2.0, 5.0, 10.0, 30.0]


def test_the_states_name_what_happened() -> None:
    policy = ReconnectPolicy("p")
    assert policy.state.phase == "waiting"
    assert policy.opening().attempt == 1
    assert policy.configuring().attempt == 1
    assert policy.live(5.0).phase == "live"
    lost = policy.lost(50.0, "the board closed the connection")
    assert (lost.phase, lost.reason) == ("lost", "the board closed the connection")
    waiting = policy.backing_off(50.0, "the board closed the connection")
    assert (waiting.phase, waiting.retry_in, policy.wait_s(50.4)) == ("backing_off", 1.0, 0.6000000000000014)
    assert policy.opening().attempt == 2
    assert policy.closed().phase == "closed"
