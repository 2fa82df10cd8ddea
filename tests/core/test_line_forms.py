# SPDX-License-Identifier: GPL-3.0-only
"""Every text form of a log line: what boards of all ages print, and what terminals and journals write around it."""

from __future__ import annotations

import pytest

from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.records import HeapReading, LogLine

ROUTER = ("INFO", "12:34:56", 12345, "Router", "message", None)

# Line -> level, clock, uptime, thread, message, free heap
FORMS: list[tuple[str, tuple[str | None, str | None, int | float | None, str | None, str, int | None]]] = [
    # Firmware 2.x
    ("INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("INFO | 12:34:56 12345 [Router] message", ROUTER),
    ("INFO|12:34:56 12345 [Router] message", ROUTER),
    ("DEBUG | ??:??:?? 12345 message", ("DEBUG", None, 12345, None, "message", None)),
    ("ERROR | ??:??:?? 0.001 message", ("ERROR", None, 0.001, None, "message", None)),
    ("WARN  | 12:34:56 12345.678 [Power] message", ("WARN", "12:34:56", 12345.678, "Power", "message", None)),
    ("CRIT  | 12:34:56 1 [Power] message", ("CRIT", "12:34:56", 1, "Power", "message", None)),
    ("TRACE | 12:34:56 1 [Power] message", ("TRACE", "12:34:56", 1, "Power", "message", None)),
    ("HEAP | 12:34:56 1 [Power] message", ("HEAP", "12:34:56", 1, "Power", "message", None)),
    ("HEAP  | 12:34:56 1 [Power] message", ("HEAP", "12:34:56", 1, "Power", "message", None)),
    ("INFO  | 12:34:56 5 [Store & Forward/1] x", ("INFO", "12:34:56", 5, "Store & Forward/1", "x", None)),
    ("INFO  | 12:34:56 5 [] x", ("INFO", "12:34:56", 5, None, "x", None)),
    ("INFO  | 12:34:56 5 [Router] [TM] x", ("INFO", "12:34:56", 5, "Router", "[TM] x", None)),
    ("INFO  | 12:34:56 5 [Router]x", ("INFO", "12:34:56", 5, None, "[Router]x", None)),
    ("INFO  | 12:34:56 5 [Router]", ("INFO", "12:34:56", 5, "Router", "", None)),
    ("INFO  | ??:??:?? 0", ("INFO", None, 0, None, "", None)),
    ("INFO  | ??:??:?? 1 ", ("INFO", None, 1, None, "", None)),
    ("DEBUG | ??:??:?? 1  /prefs/db.proto (1 Bytes)", ("DEBUG", None, 1, None, "/prefs/db.proto (1 Bytes)", None)),
    ("DEBUG | 12:34:56 7 Use nodenum 0x1 ", ("DEBUG", "12:34:56", 7, None, "Use nodenum 0x1 ", None)),
    ("INFO | MemAudit: x", ("INFO", None, None, None, "MemAudit: x", None)),
    # DEBUG_HEAP
    ("INFO  | 12:34:56 12345 [Router] [heap 92344] message", (*ROUTER[:5], 92344)),
    ("INFO  | 12:34:56 5 [heap 92344] message", ("INFO", "12:34:56", 5, None, "message", 92344)),
    ("INFO  | 12:34:56 5 [heap 92344] [TM] message", ("INFO", "12:34:56", 5, None, "[TM] message", 92344)),
    ("INFO  | 12:34:56 5 [heap: 92344] message", ("INFO", "12:34:56", 5, None, "message", 92344)),
    ("INFO  | 12:34:56 5 [heap 4294967295] message", ("INFO", "12:34:56", 5, None, "message", None)),
    ("INFO  | 12:34:56 5 [heap -1] message", ("INFO", "12:34:56", 5, None, "message", None)),
    ("[heap 92344] message", (None, None, None, None, "message", 92344)),
    # Colours and what goes wrong with them
    ("\x1b[32mINFO  \x1b[0m| 12:34:56 12345 [Router] \x1b[32mmessage", ROUTER),
    ("\x1b[0m\x1b[32mINFO  \x1b[0m| 12:34:56 12345 [Router] [heap 9] \x1b[32mmessage\x1b[0m\r\n", (*ROUTER[:5], 9)),
    ("\x1b[2K\x1b[1;32mINFO\x1b[m  | 12:34:56 12345 [Router] mess\x1b[Kage", ROUTER),
    ("\x1b[32INFO  \x1b| 12:34:56 12345 [Router] message\x1b[3", ROUTER),
    ("\x1b]0;a title\x07INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("[32mINFO  [0m| 12:34:56 12345 [Router] [32mmessage", ROUTER),
    ("^[[32mINFO  ^[[0m| 12:34:56 12345 [Router] ^[[32mmessage", ROUTER),
    ("\ufffd[0m\ufffd[32mINFO  \ufffd[0m| 12:34:56 12345 [Router] message", ROUTER),
    ("\\x1b[32mINFO  \\x1b[0m| 12:34:56 12345 [Router] message", ROUTER),
    # Line ends
    ("INFO  | 12:34:56 12345 [Router] message\r\n", ROUTER),
    ("INFO  | 12:34:56 12345 [Router] message\r\r\n\x00\x00", ROUTER),
    ("\rINFO  | 12:34:56 12345 [Router] message", ROUTER),
    # Stamps before the line
    ("[2026-11-22 12:00:00.123] INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("[2026-11-22 12:00:00] INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("[Sun Nov 22 12:00:00.123 2026] INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("[12:00:00.123] INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("[12:00:00:123] INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("[12:00:00]INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("[  123.456789] INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("12:00:00.123 -> INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("12:00:00.123 > INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("12:00:00 > INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("12:00:00 INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("12:00:00.123 PM INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("2026-11-22T12:00:00Z INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("2026-11-22T12:00:00.123456+01:00 INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("2026-11-22 12:00:00,123 INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("2026/11/22 12:00:00 INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("Nov 22 12:00:00 INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("Nov  2 12:00:00 host meshtasticd[123]: INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("2026-11-22T12:00:00+0100 host meshtasticd[123]: INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("1795370305.123456 INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("Nov 22 12:00:00 [12:00:00.5] INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("meshtasticd-1  | INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("[21:25:38.294] Connected", (None, None, None, None, "Connected", None)),
    ("[12:00:00] 12:34:56 40 [Router] x", (None, "12:34:56", 40, "Router", "x", None)),
    # Noise of a starting port, and a line that another one runs into
    ("\ufffd\ufffd@INFO  | 12:34:56 12345 [Router] message", ROUTER),
    ("\u2592\u2592@??:??:?? 0 message", (None, None, 0, None, "message", None)),
    ("0INFO  | 12:34:56 12345 [Router] message", ROUTER),
    # Firmware 1.x and 2.0
    ("12:34:56 1234 [Router] msg", (None, "12:34:56", 1234, "Router", "msg", None)),
    ("??:??:?? 12 msg", (None, None, 12, None, "msg", None)),
    ("??:??:?? 0 2 I2C devices found", (None, None, 0, None, "2 I2C devices found", None)),
    ("06:16:47 getFromRadio, state=6", (None, "06:16:47", None, None, "getFromRadio, state=6", None)),
    ("06:16:48 [RadioIf] Starting", (None, "06:16:48", None, "RadioIf", "Starting", None)),
    # ESP-IDF, the Arduino core, the boot ROM
    ("E (841) esp_core_dump_flash: none", ("ERROR", None, 0.841, "esp_core_dump_flash", "none", None)),
    ("W (1000) wifi:x", ("WARN", None, 1.0, "wifi", "x", None)),
    ("V (12:00:00.123) tag: x", ("TRACE", "12:00:00", None, "tag", "x", None)),
    (".....I (5) a: b", ("INFO", None, 0.005, "a", "b", None)),
    ("[15:52:18]E (233064) task_wdt: Aborting.", ("ERROR", None, 233.064, "task_wdt", "Aborting.", None)),
    ("[    12][D][cpu.c:244] set(): PLL", ("DEBUG", None, 0.012, None, "[cpu.c:244] set(): PLL", None)),
    ("mode:DIO, clock div:2", (None, None, None, None, "mode:DIO, clock div:2", None)),
    ("configsip: 0, SPIWP:0xee", (None, None, None, None, "configsip: 0, SPIWP:0xee", None)),
    # No level of the firmware's
    ("info  | 12:34:56 5 [Router] x", (None, None, None, None, "info  | 12:34:56 5 [Router] x", None)),
    ("FATAL | 12:34:56 5 [Router] x", (None, None, None, None, "FATAL | 12:34:56 5 [Router] x", None)),
    ("INFO:root:Connected", (None, None, None, None, "INFO:root:Connected", None)),
    ("WARNING file:a.py x line:467 y", (None, None, None, None, "WARNING file:a.py x line:467 y", None)),
    ("2026-11-22 12:00:00.123 | INFO     | m:f:12 - x", (None, None, None, None, "| INFO     | m:f:12 - x", None)),
    ("Booting", (None, None, None, None, "Booting", None)),
    ("  indented", (None, None, None, None, "  indented", None)),
    ("", (None, None, None, None, "", None)),
]


@pytest.mark.parametrize(("raw", "expected"), FORMS)
def test_a_line_is_taken_apart(
    raw: str, expected: tuple[str | None, str | None, int | float | None, str | None, str, int | None]
) -> None:
    level, clock, uptime_s, thread, message, free = expected
    heap = None if free is None else HeapReading(free)
    assert parse(raw) == LogLine(raw, level, clock, uptime_s, thread, message, heap)


@pytest.mark.parametrize("raw", [raw for raw, _ in FORMS])
def test_bytes_give_the_same_as_text(raw: str) -> None:
    assert parse(raw.encode()) == parse(raw)


def test_the_type_of_the_uptime_is_the_one_printed() -> None:
    assert type(parse("INFO  | 12:34:56 12 x").uptime_s) is int
    assert type(parse("INFO  | 12:34:56 12.000 x").uptime_s) is float


def test_bytes_that_are_not_utf8_are_replaced_and_the_rest_is_kept() -> None:
    line = parse(b"INFO  | 12:34:56 12345 [Router] caf\xe9 \xff\xfe!\r\n")
    assert line.raw == "INFO  | 12:34:56 12345 [Router] caf\ufffd \ufffd\ufffd!\r\n"
    assert line.message == "caf\ufffd \ufffd\ufffd!"
    assert line.thread == "Router"


def test_a_header_inside_a_quotation_is_not_the_header_of_the_line() -> None:
    raw = "Received text msg from=0x1, id=0x2, msg=ERROR | 12:00:00 5 [Router] out of memory"
    assert parse(raw) == LogLine(raw, message=raw)
