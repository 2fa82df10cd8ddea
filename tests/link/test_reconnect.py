# SPDX-License-Identifier: GPL-3.0-only
"""When a link is tried again."""

from __future__ import annotations

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.link.reconnect import DELAYS_S, LOOK_EACH_S, PAUSE_S, ReconnectPolicy, Wait

GONE = LinkTrouble("vanished", "gone")
REFUSED = LinkTrouble("refused", "nothing listens")


def delays_of(policy: ReconnectPolicy, tries: int, lived_s: float | None = None) -> list[float | None]:
    """Fail so many times to talk with a board that is reached; return how long was waited after each."""
    delays = []
    now = 0.0
    for _ in range(tries):
        assert policy.wait(now).seconds == 0.0
        policy.opening()
        policy.configuring()
        if lived_s is not None:
            policy.live(now)
            now += lived_s
            policy.lost(now, GONE)
        delays.append(policy.backing_off(now, GONE).retry_in)
        now += policy.wait(now).seconds
    return delays


def test_a_board_that_does_not_talk_is_tried_ever_less_often_but_always() -> None:
    assert delays_of(ReconnectPolicy("p"), 8) == [1.0, 2.0, 5.0, 10.0, 30.0, 30.0, 30.0, 30.0]


def test_a_board_that_was_heard_is_tried_at_once_again() -> None:
    assert delays_of(ReconnectPolicy("p"), 4, lived_s=6.0) == [1.0, 1.0, 1.0, 1.0]


def test_a_board_that_throws_us_out_each_time_is_tried_ever_less_often() -> None:
    assert delays_of(ReconnectPolicy("p"), 5, lived_s=0.5) == [1.0, 2.0, 5.0, 10.0, 30.0]


def test_a_board_that_counts_its_boots_did_not_throw_us_out() -> None:
    policy = ReconnectPolicy("p")
    for _ in range(4):
        policy.live(0.0)
        policy.lost(0.5, GONE, restarted=True)
        assert policy.backing_off(0.5, GONE).retry_in == 1.0


def test_a_board_that_was_never_heard_is_not_looked_for_in_between() -> None:
    policy = ReconnectPolicy("p")
    waits = []
    for _ in range(3):
        policy.opening()
        policy.absent(0.0, REFUSED)
        waits.append(policy.wait(0.0))
    assert waits == [Wait(1.0, quiet=False), Wait(2.0, quiet=False), Wait(5.0, quiet=False)]


def test_a_board_that_was_heard_before_is_looked_for_each_second_without_a_word() -> None:
    policy = ReconnectPolicy("p")
    policy.live(0.0)
    policy.lost(10.0, GONE)
    policy.backing_off(10.0, GONE)
    tries, looks, now = 0, 0, 10.0
    while now < 130.0:
        wait = policy.wait(now)
        assert wait.seconds <= LOOK_EACH_S
        now += wait.seconds
        if wait.quiet:
            looks += 1
            assert policy.absent(now, REFUSED, quiet=True) is None
        else:
            tries += 1
            policy.opening()
            policy.absent(now, REFUSED)
    assert tries == 8  # after 1 s, then 1, 2, 5, 10 and three times 30 s later
    assert looks > 100
    assert policy.state.retry_in == 30.0


def test_what_a_look_finds_out_is_told() -> None:
    policy = ReconnectPolicy("p")
    policy.live(0.0)
    policy.opening()
    policy.absent(10.0, REFUSED)
    other = policy.absent(11.0, GONE, quiet=True)
    assert other is not None
    assert (other.phase, other.reason, other.attempt) == ("backing_off", "gone", 1)


def test_a_port_that_appears_is_tried_at_once() -> None:
    policy = ReconnectPolicy("p")
    for _ in range(5):
        policy.opening()
        policy.absent(0.0, GONE)
    assert policy.wait(5.0).seconds == 25.0
    policy.try_now(5.0)
    assert policy.wait(5.0) == Wait(0.0, quiet=False)


def test_where_a_try_does_harm_a_long_pause_follows_until_somebody_wants_it() -> None:
    policy = ReconnectPolicy("p")
    policy.live(0.0)
    paused = policy.pausing(1.0, LinkTrouble("second_client", "another client"))
    assert (paused.phase, paused.retry_in, policy.wait(1.0)) == ("backing_off", PAUSE_S, Wait(PAUSE_S, quiet=False))
    policy.try_now(20.0)
    assert policy.wait(20.0).seconds == 0.0


def test_the_states_name_what_happened() -> None:
    policy = ReconnectPolicy("p")
    assert policy.state.phase == "waiting"
    opening = policy.opening()
    assert (opening.attempt, opening.step) == (1, "opening")
    configuring = policy.configuring()
    assert (configuring.attempt, configuring.step) == (1, "asking")
    stepped = policy.stepped("nodes", 41)
    assert stepped is not None
    assert (stepped.phase, stepped.step, stepped.nodes) == ("configuring", "nodes", 41)
    assert policy.live(5.0).phase == "live"
    assert policy.stepped("nodes", 42) is None
    lost = policy.lost(50.0, GONE)
    assert (lost.phase, lost.reason, lost.trouble) == ("lost", "gone", GONE)
    waiting = policy.backing_off(50.0, GONE)
    assert (waiting.phase, waiting.retry_in, policy.wait(50.5).seconds) == ("backing_off", 1.0, 0.5)
    assert policy.opening().attempt == 2
    assert policy.closed().phase == "closed"


class AnyLife(RuleBasedStateMachine):
    """Whatever happens to a board, and in whatever order, it is tried again, and soon where that costs nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.policy = ReconnectPolicy("p")
        self.now = 0.0
        self.was_live = False
        self.harm = False

    @rule(passed=st.integers(0, 100))
    def time_passes(self, passed: int) -> None:
        self.now += passed

    @precondition(lambda self: self.policy.state.phase in ("waiting", "backing_off"))
    @rule(outcome=st.sampled_from(["nobody", "fails", "live", "harm"]))
    def a_try_is_made(self, outcome: str) -> None:
        wait = self.policy.wait(self.now)
        self.now += wait.seconds
        if not wait.quiet:
            self.policy.opening()
        self.harm = outcome == "harm"
        if outcome == "nobody":
            self.policy.absent(self.now, REFUSED, quiet=wait.quiet)
            return
        self.policy.configuring()
        if outcome == "live":
            self.was_live = True
            self.policy.live(self.now)
        elif outcome == "harm":
            self.policy.pausing(self.now, GONE)
        else:
            self.policy.backing_off(self.now, GONE)

    @precondition(lambda self: self.policy.state.phase == "live")
    @rule()
    def the_link_is_lost(self) -> None:
        self.policy.lost(self.now, GONE)
        self.policy.backing_off(self.now, GONE)

    @rule()
    def the_port_appears(self) -> None:
        self.policy.try_now(self.now)
        if self.policy.state.phase in ("waiting", "backing_off"):
            assert self.policy.wait(self.now).seconds == 0.0

    @invariant()
    def it_is_never_given_up(self) -> None:
        limit = PAUSE_S if self.harm else DELAYS_S[-1]
        assert self.policy.wait(self.now).seconds <= limit
        is_absent = self.policy.state.phase == "backing_off" and self.policy.state.trouble == REFUSED
        if is_absent and self.was_live:
            assert self.policy.wait(self.now).seconds <= LOOK_EACH_S


AnyLife.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestAnyLife = AnyLife.TestCase
