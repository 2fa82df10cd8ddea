# SPDX-License-Identifier: GPL-3.0-only
"""What a board says before it says who it is waits at the door, and is lost in no case but that of another board."""

from __future__ import annotations

import pytest

from mtleak_gui.core.records import RawItem, RawLine
from mtleak_gui.link.node_door import NodeDoor
from mtleak_gui.link.session_end import SessionEndedError

OWN, OTHER = 0x11111111, 0x22222222


def line(number: int) -> RawLine:
    return RawLine(float(number), "ttyUSB0", "serial", f"line {number}")


def door_to(heard: list[RawItem], node: int | None = OWN, *, is_sure: bool = False) -> NodeDoor:
    door = NodeDoor(node, is_sure=is_sure)
    door.lead_to(heard.append)
    return door


def talk_without_end(door: NodeDoor, said: list[RawItem]) -> None:
    for number in range(100_000):
        said.append(line(number))
        door.hear(said[-1])


def test_the_board_that_is_meant_passes_with_what_it_said_before() -> None:
    heard: list[RawItem] = []
    door = door_to(heard)
    door.hear(line(1))
    assert heard == []
    door.check(OWN)
    door.hear(line(2))
    assert heard == [line(1), line(2)]


def test_nothing_of_another_board_passes() -> None:
    heard: list[RawItem] = []
    door = door_to(heard)
    door.hear(line(1))
    with pytest.raises(SessionEndedError, match="another board answers: !22222222"):
        door.check(OTHER)
    door.hear(line(2))
    door.open_up()
    assert heard == []


def test_a_place_that_proves_who_answers_lets_a_new_number_pass() -> None:
    heard: list[RawItem] = []
    door = door_to(heard, is_sure=True)
    door.hear(line(1))
    door.check(OTHER)
    assert heard == [line(1)]


def test_a_board_that_never_says_who_it_is_ends_the_session_and_loses_no_line() -> None:
    heard: list[RawItem] = []
    said: list[RawItem] = []
    door = door_to(heard)
    with pytest.raises(SessionEndedError, match="without saying who it is"):
        talk_without_end(door, said)
    door.open_up()
    assert heard == said
