# SPDX-License-Identifier: GPL-3.0-only
"""The recorded logs of real nodes, read line by line and compared with simple independent counts over their bytes."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.records import HeapReading
from tests.core.recorded_lines import CONSOLES, STREAMS, all_lines, console_lines, stream


def _plain(name: str) -> list[str]:
    return [re.sub(r"\x1b\[[0-9;]*m", "", line.decode()).rstrip("\r") for line in console_lines(name)]


@pytest.mark.parametrize("name", CONSOLES)
def test_levels_are_those_at_the_start_of_the_lines(name: str) -> None:
    counted = Counter(m[1] for line in _plain(name) if (m := re.match(r"([A-Z]+) *\| ", line)))
    assert Counter(parse(line).level for line in console_lines(name) if parse(line).level) == counted
    assert sum(counted.values()) > 2000


@pytest.mark.parametrize("name", CONSOLES)
def test_threads_are_the_brackets_that_are_no_heap_prefix(name: str) -> None:
    counted = Counter(m[1] for line in _plain(name) if (m := re.match(r"\S+ *\| \S+ \S+ \[((?!heap)[^\]]+)\] ", line)))
    assert Counter(parse(line).thread for line in console_lines(name) if parse(line).thread) == counted
    assert counted["ServerAPI"] > 1000


@pytest.mark.parametrize("name", CONSOLES)
def test_uptimes_and_clocks_are_the_second_and_third_word(name: str) -> None:
    for raw, line in zip(console_lines(name), _plain(name), strict=True):
        found = re.match(r"[A-Z]+ *\| (\S+) (\S+)", line)
        parsed = parse(raw)
        assert parsed.uptime_s == (float(found[2]) if found else None)
        assert parsed.clock == (found[1] if found and "?" not in found[1] else None)


def test_heap_prefixes_are_all_read_and_taken_off() -> None:
    counted = [int(m[1]) for line in _plain("heap-stdout.log") if (m := re.search(r"\[heap (\d+)\]", line))]
    parsed = [parse(line) for line in console_lines("heap-stdout.log")]
    assert [line.heap.free for line in parsed if line.heap] == counted
    assert len(counted) > 2000
    assert not any("[heap" in line.message for line in parsed)


def test_the_stock_build_states_no_heap() -> None:
    assert not any(parse(line).heap for line in console_lines("stock-plain-nocolour.log"))


@pytest.mark.parametrize("name", CONSOLES)
def test_messages_end_as_the_lines_do_and_hold_no_colour(name: str) -> None:
    for raw, line in zip(console_lines(name), _plain(name), strict=True):
        message = parse(raw).message
        assert line.endswith(message)
        assert "\x1b" not in message


def test_thread_deltas_and_sites_of_the_heap_build_are_read() -> None:
    parsed = [parse(line) for line in console_lines("heap-stdout.log")]
    text = "\n".join(_plain("heap-stdout.log"))
    assert sum(line.heap_event is not None for line in parsed) == len(re.findall(r"Thread \w+ (?:leaked|freed)", text))
    assert sum(line.alloc_site is not None for line in parsed) == text.count("Alloc in ") > 0
    assert sum(line.mem_audit is not None for line in parsed) == text.count("MemAudit[") > 0
    for line in parsed:
        if line.heap_event is not None:
            assert line.heap_event.after - line.heap_event.before == line.heap_event.delta


@pytest.mark.parametrize("name", CONSOLES)
def test_signatures_in_them_are_their_reboots_and_naks_and_nothing_else(name: str) -> None:
    lines = _plain(name)
    counted = Counter(
        reboot=sum(bool(re.search(r"Reboot in|Rebooting|final reboot|E S H T|S:B:", line)) for line in lines),
        routing_nak=sum("Alloc an err=" in line for line in lines),
    )
    assert Counter(parse(line).signature for line in console_lines(name) if parse(line).signature) == +counted


def test_log_records_are_message_alone() -> None:
    records = stream("heap-serial.rx.bin").records
    parsed = [parse(record.message) for record in records]
    assert len(records) == 2387
    assert all(line.level is None and line.thread is None and line.uptime_s is None for line in parsed)
    assert [line.message for line in parsed] == [record.message.rstrip("\r\n") for record in records]
    assert sum(line.heap_event is not None for line in parsed) == 9
    assert sum(line.alloc_site is not None for line in parsed) == 4
    assert all(line.heap is None for line in parsed)


@pytest.mark.parametrize("name", STREAMS)
def test_the_boot_text_before_the_first_frame_is_read(name: str) -> None:
    parsed = [parse(line) for line in stream(name).lines]
    banners = [line.boot for line in parsed if line.boot]
    assert banners
    assert {banner.environment for banner in banners} == {"native"}
    assert parsed[3].level == "ERROR"
    assert parsed[3].uptime_s == 0.001
    if name == "heap-serial.rx.bin":
        assert parsed[3].heap == HeapReading(8290592)


def test_raw_is_kept_as_it_came() -> None:
    assert [parse(line).raw.encode() for line in all_lines()] == all_lines()
