# SPDX-License-Identifier: GPL-3.0-only
"""Invented hours: like heard ones, quick to make, and carried on by the live board."""

from __future__ import annotations

from collections import Counter
from itertools import islice, pairwise

import pytest

from mtleak_gui.core.records import RawEvent, RawItem, RawLine, RawPacket
from mtleak_gui.core.rows import packet_row
from mtleak_gui.demo.past_hours import Listener, past_items
from mtleak_gui.demo.scenario_catalogue import scenario_named, scenarios
from tests.demo.driven_board import SWITCHED_ON, DrivenBoard

CONSOLE = Listener("demo:board", "serial_session", console=True)
FRAMES = Listener("demo:board", "demo")
NOW = SWITCHED_ON


def _items(name: str, hours: float, listener: Listener = FRAMES, seed: int = 1) -> list[RawItem]:
    return list(past_items(scenario_named(name), listener, until=NOW, hours=hours, seed=seed))


@pytest.mark.parametrize("name", [scenario.name for scenario in scenarios()])
def test_items_are_in_order_and_inside_the_hours(name: str) -> None:
    for listener in (CONSOLE, FRAMES):
        items = _items(name, 1.5, listener)
        assert all(earlier.ts <= later.ts for earlier, later in pairwise(items))
        assert NOW - 1.5 * 3600 <= items[0].ts <= NOW - 1.5 * 3600 + 5
        assert NOW - 60 < items[-1].ts <= NOW


def test_the_same_hours_are_told_the_same_way_and_lazily() -> None:
    assert _items("oom", 1.0) == _items("oom", 1.0)
    assert _items("oom", 1.0) != _items("oom", 1.0, seed=2)
    endless = past_items(scenario_named("oom"), CONSOLE, until=NOW, hours=24 * 365)
    assert len(list(islice(endless, 50))) == 50


def test_six_hours_of_debug_heap_hold_at_least_fifteen_thousand_heap_lines() -> None:
    lines = [item for item in _items("leak-threads", 6.0, CONSOLE) if isinstance(item, RawLine)]
    heap = [line for line in lines if "[heap " in line.text]
    assert 15_000 <= len(heap) <= 30_000
    assert {line.role for line in lines} == {"serial_session"}
    assert not any(line.text.endswith(("\r", "\n", "\x1b[0m")) for line in lines)


def test_frames_carry_what_a_link_would_hear() -> None:
    items = _items("slow-leak", 2.0)
    kinds = Counter(type(item) for item in items)
    assert kinds[RawEvent] == 2
    assert kinds[RawPacket] > 400
    lines = [item for item in items if isinstance(item, RawLine)]
    assert {"DEBUG", "INFO", "WARN"} <= {line.level for line in lines}
    records = [line for line in lines if line.device_time is not None]
    assert len(records) > 4_000
    assert all(line.device_time == int(line.ts) for line in records)
    own = [i for i in items if isinstance(i, RawPacket) and i.packet["from"] == i.own_node]
    telemetry = [item.packet["decoded"]["telemetry"] for item in own]  # type: ignore[index]  # a dict as published
    assert sum("deviceMetrics" in one for one in telemetry) == 119
    assert sum("localStats" in one for one in telemetry) == 8
    row = packet_row(own[0])
    assert row["portnum"] == "TELEMETRY_APP"
    assert isinstance(row["payload_size"], int)


def test_chat_of_others_is_a_packet_with_its_text() -> None:
    texts = [
        item.packet["decoded"]["text"]  # type: ignore[index]  # a dict as published
        for item in _items("steady", 3.0)
        if isinstance(item, RawPacket) and item.packet["decoded"]["portnum"] == "TEXT_MESSAGE_APP"  # type: ignore[index]  # a dict
    ]
    assert any("out of memory" in text for text in texts)


def test_aborts_show_as_lost_connections_and_boot_text() -> None:
    items = _items("oom", 3.0)
    events = [item for item in items if isinstance(item, RawEvent) and item.kind != "device_info"]
    assert len(events) >= 9
    kinds = [event.kind for event in events]
    assert set(kinds[::2]) == {"connection_established"}
    assert set(kinds[1::2]) == {"connection_lost"}
    counts = [event.data["reboot_count"] for event in events if event.kind == "connection_established" and event.data]
    assert counts == list(range(1, len(counts) + 1))
    assert sum("//\\ E S H T" in item.text for item in items if isinstance(item, RawLine)) == len(counts)


@pytest.mark.parametrize("name", ["slow-leak", "leak-threads", "oom", "recovery"])
def test_the_live_board_carries_on_where_the_past_ends(name: str) -> None:
    born = NOW - 5 * 3600
    scenario = scenario_named(name)
    both = list(past_items(scenario, CONSOLE, until=NOW + 600, hours=5 + 600 / 3600, born=born))
    board = DrivenBoard(scenario, serial=True, born=born)
    assert board.board.uptime() >= 0
    board.wait(600.0)
    live = [line.removesuffix("\r") for line in board.text().removesuffix("\x1b[0m").split("\n")]
    expected = [item.text for item in both if isinstance(item, RawLine) and item.ts > NOW]
    told = [line for line in live if "DeviceTelemetry" not in line and "NodeInfo]" not in line]
    assert [line.removeprefix("\x1b[0m") for line in told if line.removeprefix("\x1b[0m")] == [
        line.removeprefix("\x1b[0m") for line in expected
        if "DeviceTelemetry" not in line and "NodeInfo]" not in line and line.removeprefix("\x1b[0m")
    ]  # fmt: skip
    assert len(told) > 300


@pytest.mark.parametrize("name", ["leak-threads", "oom"])
def test_what_is_heard_in_two_parts_is_what_is_heard_in_one(name: str) -> None:
    scenario, born, cut = scenario_named(name), NOW - 3 * 3600, NOW - 3600
    whole = list(past_items(scenario, FRAMES, until=NOW, hours=3.0, born=born))
    first = list(past_items(scenario, FRAMES, until=cut, hours=2.0, born=born))
    then = list(past_items(scenario, FRAMES, until=NOW, hours=1.0, born=born, connected_before=True))
    assert len(first) > len(then) > 500
    assert first + then == whole
