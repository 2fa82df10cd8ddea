# SPDX-License-Identifier: GPL-3.0-only
"""The text console beside the recorded one, the LogRecords, and when which of them is heard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from meshtastic.protobuf import mesh_pb2

from mtleak_gui.demo.console_text import LogEntry, console_line, log_record
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.demo.stream_codec import encode_frame
from tests.demo.driven_board import SWITCHED_ON, DrivenBoard

# 22 November 2026, 17:58:34 UTC.
_WALL = 1_795_370_314.0
_COLOURED = re.compile(
    r"\x1b\[3[1-5]m(DEBUG|INFO |WARN |ERROR|CRIT ) \x1b\[0m\| (\d\d:\d\d:\d\d|\?\?:\?\?:\?\?) \d+(\.\d{3})? "
    r"(\[\w+\] )?(\[heap \d+\] )?\x1b\[3[1-5]m[^\x1b]*"
)
_PLAIN_LEVEL = re.compile(r"HEAP \x1b\[0m\| \d\d:\d\d:\d\d \d+(\.\d{3})? (\[\w+\] )?(\[heap \d+\] )?[^\x1b]*")


def _text(name: str, seconds: float) -> str:
    board = DrivenBoard(scenario_named(name), serial=True)
    board.wait_until(seconds)
    return board.text()


def test_lines_are_byte_for_byte_those_of_the_recorded_console(data: Path) -> None:
    recorded = (data / "heap-stdout.log").read_bytes().decode()
    without_thread = LogEntry(9.246, "INFO", None, "Rebooting", 8_135_760)
    assert console_line(without_thread, _WALL, prefix=True, millis=True) in recorded
    with_thread = LogEntry(2.227, "INFO", "ServerAPI", "Reboot in 7 seconds", 8_136_624)
    assert console_line(with_thread, _WALL - 7, prefix=True, millis=True) in recorded
    delta = LogEntry(
        2.024, "HEAP", "ApiServer", "------ Thread ApiServer leaked heap 8144896 -> 8139248 (-5648) ------", 8_139_248
    )
    assert console_line(delta, _WALL - 7, prefix=True, millis=True) in recorded
    banner = LogEntry(0.015, "INFO", None, "\n\n//\\ E S H T /\\ S T / C\n", 8_290_272)
    assert console_line(banner, _WALL - 9, prefix=True, millis=True).replace("??:??:??", "17:58:25") in recorded


@pytest.mark.parametrize("name", ["leak-threads", "slow-leak", "not-reported", "recovery"])
def test_every_line_has_a_form_that_the_recorded_console_has(name: str) -> None:
    lines = _text(name, 600.0).split("\r\n")
    headed = [line for line in lines if "| " in line]
    assert len(headed) > 250
    for line in headed:
        body = line.removeprefix("\x1b[0m")
        assert _COLOURED.fullmatch(body) or _PLAIN_LEVEL.fullmatch(body), line


def test_the_reset_of_one_lines_colour_starts_the_next() -> None:
    lines = _text("slow-leak", 300.0).split("\r\n")
    headed = [line for line in lines if "| " in line]
    assert not headed[0].startswith("\x1b[0m")
    assert all(line.startswith("\x1b[0m") for line in headed[1:])


def test_lines_come_at_the_rate_of_a_real_board() -> None:
    for name in ("leak-threads", "slow-leak"):
        lines = _text(name, 1_800.0).count("\r\n")
        assert 0.5 < 1_800 / lines < 2.0


def test_debug_heap_builds_say_more_than_stock_builds() -> None:
    debug, stock = _text("leak-threads", 900.0), _text("slow-leak", 900.0)
    for pattern in (
        r"\[heap \d+\] ",
        r"------ Thread Router leaked heap \d+ -> \d+ \(-\d+\) ------",
        r"\+\+\+\+\+\+ Thread \w+ freed heap \d+ -> \d+ \(\d+\) \+\+\+\+\+\+",
        r"Alloc in Router::handleReceived pointer 0x[0-9a-f]+, size: 432, free: \d+",
        r"Heap status: \d+/294912 bytes free \(-?\d+\), running 11/24 threads",
    ):
        assert re.search(pattern, debug)
        assert not re.search(pattern, stock)
    assert (
        len(re.findall(r"Heap: \d+/327680 bytes free \([+-]\d+ since last\), min \d+, largest block \d+", stock)) == 3
    )
    assert "MemAudit[boot]: msgstore=" in stock
    assert len(re.findall(r"MemAudit\[periodic\]: msgstore=\d+ warm=\d+ .* total=\d+", stock)) == 3
    assert "since last" not in debug


def test_the_prefix_states_the_heap_of_the_moment() -> None:
    board = DrivenBoard(scenario_named("leak-threads"), serial=True)
    for second in range(1, 400):
        board.wait_until(second)
        stated = re.findall(r"\[heap (\d+)\]", board.text())
        free = board.board.heap().free
        assert not stated or abs(int(stated[-1]) - free) <= 3 * 448 + 200


def test_a_healthy_board_logs_naks_that_say_alloc() -> None:
    assert re.search(
        r"WARN  .*\[Router\] .*Alloc an err=\d,to=0x[0-9a-f]{8},idFrom=0x[0-9a-f]{8},id=0x", _text("steady", 3_600.0)
    )


def test_the_console_is_mute_from_the_first_valid_frame_until_the_restart() -> None:
    board = DrivenBoard(scenario_named("slow-leak"), serial=True)
    board.wait_until(30.0)
    assert board.text()
    board.board.receive(board.session, b"\xc3" * 32 + b"not a frame" + encode_frame(b"\xff\xff\xff"))
    board.wait_until(90.0)
    assert board.text(), "garbage switched the console off"
    board.want_config()
    board.wait_until(300.0)
    assert board.text() == ""


def test_log_records_come_only_where_they_are_switched_on_and_never_over_tcp() -> None:
    for serial, switched_on in ((True, True), (True, False), (False, True)):
        board = DrivenBoard(scenario_named("leak-threads"), serial=serial, debug_log_api=switched_on)
        board.want_config()
        board.wait(600.0)
        records = [m.log_record for m in board.heard() if m.HasField("log_record")]
        assert bool(records) == (serial and switched_on)


def test_log_records_carry_thread_level_and_time_but_no_heap_prefix() -> None:
    board = DrivenBoard(scenario_named("leak-threads"), serial=True, debug_log_api=True)
    board.want_config()
    board.wait(600.0)
    records = [m.log_record for m in board.heard() if m.HasField("log_record")]
    assert {record.source for record in records} >= {"Router", "Power", "DeviceTelemetry", "TrafficManagement"}
    assert {record.level for record in records} >= {0, 10, 20}
    assert all(SWITCHED_ON <= record.time <= SWITCHED_ON + 600 for record in records)
    assert not any("[heap" in record.message for record in records)
    for part in ("leaked heap", "Heap status:", "Alloc in"):
        assert any(part in record.message for record in records)
    assert all(record.level == 0 for record in records if "leaked heap" in record.message)


def test_a_log_record_holds_384_printable_bytes() -> None:
    message = log_record(LogEntry(1.0, "CRIT", None, "é\x07" + "x" * 500), _WALL)
    assert message.log_record.message == "###" + "x" * 381
    assert message.log_record.level == mesh_pb2.LogRecord.Level.CRITICAL
    assert len(message.SerializeToString()) <= 512
