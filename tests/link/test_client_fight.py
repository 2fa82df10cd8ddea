# SPDX-License-Identifier: GPL-3.0-only
"""A fight of two clients about one node is told from a boot loop and from handshakes that fail."""

from __future__ import annotations

from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.link.client_fight import ClientFight
from mtleak_gui.link.next_try import Ended, NextTry
from mtleak_gui.link.reconnect import PAUSE_S, ReconnectPolicy

HUNG_UP = LinkTrouble("vanished", "the board closed the connection")
REFUSED = LinkTrouble("refused", "nothing listens")


def test_three_short_lives_in_a_row_are_a_fight() -> None:
    fight = ClientFight()
    assert [fight.link_ended(now, 1.0) for now in (10.0, 12.0, 15.0)] == [False, False, True]


def test_lives_that_are_not_short_or_not_in_a_row_are_none() -> None:
    fight = ClientFight()
    assert not any(fight.link_ended(now, lived) for now, lived in ((10, 1), (12, 6), (15, 1), (17, 1)))
    assert not any(ClientFight().link_ended(now, 1.0) for now in (0, 31, 62, 93))


def test_a_board_that_counts_boots_is_in_a_boot_loop() -> None:
    fight = ClientFight()
    for count in range(8):
        assert fight.boots_told(count) is (count > 0)
        assert not fight.link_ended(count * 3.0, 1.0)


def test_a_board_that_was_away_in_between_is_in_a_boot_loop() -> None:
    fight = ClientFight()
    for now in range(0, 24, 3):
        assert not fight.link_ended(float(now), 1.0)
        fight.nobody_there()


def fought(role: str, talked_s: float | None, trouble: LinkTrouble = HUNG_UP) -> list[tuple[float | None, str | None]]:
    """Lose four links in the same way; return how long is waited after each, and what is recorded."""
    planning = NextTry(ReconnectPolicy("p"))
    plans = [planning.after(Ended(trouble, talked_s=talked_s, role=role), now, quiet=False) for now in (0, 2, 5, 8)]
    return [(None if plan.state is None else plan.state.retry_in, plan.event) for plan in plans]


def test_only_a_node_in_the_network_that_talked_can_be_fought_for() -> None:
    assert fought("tcp", 0.7)[:3] == [(1.0, None), (2.0, None), (PAUSE_S, "second_client")]
    patient = [(1.0, None), (2.0, None), (5.0, None), (10.0, None)]
    assert fought("serial", 0.7) == patient
    assert fought("tcp", None) == patient
    assert fought("tcp", 0.7, LinkTrouble("mute", "silent")) == patient


def test_another_board_in_the_place_is_recorded_once_and_left_alone() -> None:
    planning = NextTry(ReconnectPolicy("p"))
    strange = Ended(LinkTrouble("another_board", "another board answers: !00000007"))
    plans = [planning.after(strange, now, quiet=False) for now in (0.0, 300.0)]
    assert [plan.event for plan in plans] == ["another_board", None]
    assert all(plan.state is not None and plan.state.retry_in == PAUSE_S for plan in plans)
    assert planning.after(Ended(REFUSED, nobody=True), 600.0, quiet=False).event is None
