# SPDX-License-Identifier: GPL-3.0-only
"""Which rows an item makes, and what the row maker learns from it."""

from __future__ import annotations

import pytest

from mtleak_gui.core.records import RawEvent, RawItem, RawLine, RawMark, RawPacket
from mtleak_gui.engine.row_maker import Made, RowMaker

PORT = "/dev/ttyACM0"


def made_of(*items: RawItem) -> Made:
    return RowMaker().make(items)


def telemetry(sender: int, uptime: int, ts: float = 5.0) -> RawPacket:
    stats = {"uptimeSeconds": uptime, "heapFreeBytes": 100_000, "heapTotalBytes": 200_000}
    decoded = {"portnum": "TELEMETRY_APP", "payload": b"xyz", "telemetry": {"time": 1_700_000_000, "localStats": stats}}
    packet = {"from": sender, "to": sender, "fromId": f"!{sender:08x}", "id": 9, "decoded": decoded}
    return RawPacket(ts, PORT, "serial", packet, own_node=7)


def test_a_line_with_a_heap_reading_makes_a_log_row_and_a_telemetry_row() -> None:
    line = RawLine(5.0, PORT, "serial_session", "INFO  | 12:34:56 12345 [Router] [heap 92344] message")
    (stream, log), (other, sample) = made_of(line).rows
    assert (stream, log["level"], log["tag"], log["uptime_s"], log["heap_free"]) == (
        "logs",
        "INFO",
        "Router",
        12345,
        92344,
    )
    assert (other, sample["fields"], sample["source"]) == ("telemetry", {"heap_free_bytes": 92344}, "debug_heap_serial")


def test_the_level_and_thread_of_a_log_record_are_kept() -> None:
    [(_, row)] = made_of(RawLine(5.0, PORT, "serial", "Save changes", "WARN", "Main", 1_700_000_000)).rows
    assert (row["level"], row["tag"], row["device_time"]) == ("WARN", "Main", 1_700_000_000)


def test_a_telemetry_packet_makes_a_packet_row_and_a_telemetry_row() -> None:
    made = made_of(telemetry(sender=7, uptime=60))
    assert [stream for stream, _ in made.rows] == ["packets", "telemetry"]
    assert made.rows[1][1]["device_time"] == 1_700_000_000
    assert made.telemetry[0].reading.own is True


def test_an_uptime_that_falls_is_a_restart_only_of_the_own_node() -> None:
    own = [telemetry(7, 5_000, 5.0), telemetry(7, 20, 65.0)]
    other = [telemetry(8, 5_000, 5.0), telemetry(8, 20, 65.0)]
    [reboot] = made_of(*own).events
    assert (reboot.kind, reboot.ts, reboot.port, reboot.role) == ("reboot", 65.0, PORT, "serial")
    assert reboot.data is not None
    assert reboot.data["reason"] == "uptime_fell"
    assert made_of(*other).events == []


def test_a_restart_that_the_boot_text_told_is_not_told_again_by_the_handshake() -> None:
    def introduced(count: int) -> RawEvent:
        return RawEvent(9.0, "device_info", None, None, PORT, "serial", {"reboot_count": count})

    banner = RawLine(8.0, PORT, "serial", "S:B:43,2.7.9,heltec-v3,meshtastic/firmware")
    assert [event.kind for event in made_of(introduced(3), banner, introduced(4)).events] == [
        "device_info",
        "reboot",
        "device_info",
    ]


def test_a_board_that_introduces_itself_unasked_has_restarted_once() -> None:
    told = RawEvent(8.0, "reboot", None, None, PORT, "serial", {"reason": "my_info", "evidence": "unasked"})
    [reboot] = made_of(told, told._replace(ts=9.0)).events
    assert reboot.data == {"reason": "my_info", "evidence": "unasked"}


def test_the_payload_of_admin_packets_is_not_recorded() -> None:
    packet = {"from": 7, "decoded": {"portnum": "ADMIN_APP", "payload": b"secret passkey"}}
    [(_, row)] = made_of(RawPacket(1.0, PORT, "serial", packet)).rows
    assert row["payload_size"] == 14
    assert b"secret".hex() not in str(row)


def test_marks_make_no_rows_because_the_recording_writes_them_itself() -> None:
    made = made_of(RawMark(1.0, "start"))
    assert (made.rows, made.marks) == ([], [RawMark(1.0, "start")])


def test_an_item_that_fails_is_counted_told_once_and_stops_nothing(expected_log: pytest.LogCaptureFixture) -> None:
    maker = RowMaker()
    broken = RawPacket(1.0, PORT, "serial", {"decoded": 5, "from": object()})._replace(packet=None)  # type: ignore[arg-type]  # broken on purpose
    made = maker.make([broken, broken, RawLine(1.0, PORT, "serial", "still here")])
    assert [heard.heard.text for heard in made.lines] == ["still here"]
    assert maker.failures == 2
    assert len(expected_log.records) == 1


def test_a_line_that_fails_takes_none_of_its_neighbours_along(expected_log: pytest.LogCaptureFixture) -> None:
    maker = RowMaker()
    lines = [RawLine(float(number), PORT, "serial", f"line {number}") for number in range(9)]
    broken = lines[4]._replace(text=None)  # type: ignore[arg-type]  # broken on purpose
    made = maker.make([*lines[:4], broken, *lines[5:]])
    assert [row["line"] for _, row in made.rows] == [f"line {number}" for number in (0, 1, 2, 3, 5, 6, 7, 8)]
    assert (maker.failures, maker.rows_made, len(made.lines)) == (1, 8, 8)
    assert len(expected_log.records) == 1


def test_a_restart_stands_behind_the_line_that_told_it() -> None:
    def heard(uptime: int) -> RawLine:
        return RawLine(float(uptime), PORT, "serial", f"INFO  | 12:34:56 {uptime} [Main] [heap 5] x")

    made = made_of(*map(heard, (900, 901, 902, 3, 4)), RawLine(6.0, PORT, "serial", "rst:0x1 (POWERON)"), heard(5))
    assert [stream for stream, _ in made.rows] == [
        *("logs", "telemetry") * 4,
        "events",
        *("logs", "telemetry"),
        "logs",
        *("logs", "telemetry"),
    ]
