# SPDX-License-Identifier: GPL-3.0-only
"""What is learned while a link is made: how far the handshake is, whether opening restarted the board, who answers."""

from __future__ import annotations

import pytest

from mtleak_gui.core.records import RawItem, RawLine
from mtleak_gui.link.handshake_steps import HandshakeSteps
from mtleak_gui.link.node_door import NodeDoor
from mtleak_gui.link.open_watch import OpenWatch
from mtleak_gui.link.session_end import SessionEndedError

OURS, OTHER = 0xA1B2C3D4, 0x00000007
LINE = RawLine(1.0, "p", "tcp", "a line")


def test_the_steps_of_a_handshake_come_in_order_and_count_the_nodes() -> None:
    steps = HandshakeSteps()
    kinds = ["my_info", "deviceuiConfig", "node_info", "metadata", "channel", "config", "moduleConfig"]
    heard = [step for kind in kinds if (step := steps.heard(kind, 0.0)) is not None]
    assert heard == [("node", 0), ("config", 1)]
    assert steps.heard("node_info", 1.0) == ("nodes", 2)


def test_thousands_of_nodes_are_told_now_and_then() -> None:
    steps = HandshakeSteps()
    told = [step for n in range(1_600) if (step := steps.heard("node_info", n / 800)) is not None]
    assert len(told) < 12
    assert told[-1][1] > 1_300


def test_log_records_in_between_change_nothing() -> None:
    steps = HandshakeSteps()
    steps.heard("config", 0.0)
    assert steps.heard("log_record", 1.0) is None
    assert steps.heard("my_info", 2.0) is None
    assert steps.step == "config"


def test_boot_text_soon_after_the_opening_gives_the_restart_away_once() -> None:
    watch = OpenWatch(100.0)
    assert watch.line_heard("rst:0x1 (POWERON),boot:0x13 (SPI_FAST_FLASH_BOOT)", 100.4) == 0.0
    assert watch.line_heard("INFO  | ??:??:?? 1 [Main] Booted", 101.0) is None


@pytest.mark.parametrize(("uptime", "at", "tells"), [(2, 102.5, True), (14, 110.0, True), (4_711, 100.5, False)])
def test_the_first_uptime_decides(uptime: int, at: float, *, tells: bool) -> None:
    watch = OpenWatch(100.0)
    told = watch.line_heard(f"INFO  | 12:00:00 {uptime} [Router] a line", at)
    assert told == (uptime if tells else None)
    assert watch.uptime_heard(3, at + 1) is None


def test_the_uptime_of_the_first_device_metrics_tells_of_a_boot_after_the_opening() -> None:
    assert OpenWatch(100.0).uptime_heard(59, 160.0) == 59.0
    assert OpenWatch(100.0).uptime_heard(75, 160.0) is None
    assert OpenWatch(100.0).uptime_heard(100, 200.0) is None, "too late to say"


def test_what_another_board_says_before_it_says_who_it_is_gets_nowhere() -> None:
    heard: list[RawItem] = []
    door = NodeDoor(OURS)
    door.lead_to(heard.append)
    door.hear(LINE)
    with pytest.raises(SessionEndedError) as refused:
        door.check(OTHER)
    assert refused.value.kind == "another_board"
    door.open_up()
    assert heard == []
    assert door.nodes == ("!a1b2c3d4", "!00000007")


def test_what_the_board_itself_says_gets_through_in_order() -> None:
    heard: list[RawItem] = []
    door = NodeDoor(OURS)
    door.lead_to(heard.append)
    door.hear(LINE)
    assert heard == []
    door.check(OURS)
    door.hear(LINE._replace(text="more"))
    assert heard == [LINE, LINE._replace(text="more")]


def test_a_board_that_is_known_by_its_serial_number_may_take_another_node_number() -> None:
    door = NodeDoor(None, is_sure=True)
    door.check(OURS)
    door.check(OTHER)
    unsure = NodeDoor(None)
    unsure.check(OURS)
    with pytest.raises(SessionEndedError):
        unsure.check(OTHER)
