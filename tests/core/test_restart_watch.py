# SPDX-License-Identifier: GPL-3.0-only
"""Each restart of a board is told once, whatever its signs, and nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.restart_watch import Restart, RestartWatch

PORT = "/dev/ttyUSB0"


def restarts_in(lines: list[tuple[float, str]], port: str = PORT) -> list[Restart]:
    watch = RestartWatch()
    found = [watch.line_heard(ts, port, parse(text)) for ts, text in lines]
    return [restart for restart in found if restart is not None]


BOOT = ["rst:0x1 (POWERON),boot:0x13", "//\\ E S H T /\\ S T / C", "S:B:43,2.7.9.1234567,heltec-v3,meshtastic/firmware"]


def test_all_the_boot_text_of_one_boot_is_one_restart() -> None:
    [restart] = restarts_in([(100.0 + at, text) for at, text in enumerate(BOOT)])
    assert (restart.ts, restart.port, restart.reason) == (100.0, PORT, "chip_reset")
    assert restart.reset_reason == "POWERON"
    assert restart.evidence == BOOT[0]


def test_a_board_in_a_boot_loop_restarts_each_time() -> None:
    lines = [(40.0 * boot + at, text) for boot in range(5) for at, text in enumerate(BOOT)]
    assert [restart.ts for restart in restarts_in(lines)] == [0.0, 40.0, 80.0, 120.0, 160.0]


def test_an_uptime_that_falls_is_a_restart_and_the_banner_behind_it_the_same_one() -> None:
    lines = [
        (0.0, "INFO  | 12:00:00 5000 [Router] hello"),
        (9.0, "INFO  | ??:??:?? 1 hello again"),
        (9.1, BOOT[2]),
        (60.0, "INFO  | ??:??:?? 52 [Router] on and on"),
    ]
    [restart] = restarts_in(lines)
    assert (restart.ts, restart.reason, restart.uptime_s) == (9.0, "uptime_fell", 1)
    assert "5000 s to 1 s" in restart.evidence


def test_lines_that_overtake_each_other_are_no_restart() -> None:
    assert not restarts_in([(0.0, "INFO  | 12:00:00 5000 [A] x"), (1.0, "INFO  | 12:00:00 4975 [A] x")])


def test_the_millisecond_counter_starting_over_is_no_restart() -> None:
    assert not restarts_in([(0.0, "INFO  | 12:00:00 4294960 [A] x"), (60.0, "INFO  | 12:01:00 53 [A] x")])
    assert restarts_in([(0.0, "INFO  | 12:00:00 4294960 [A] x"), (4000.0, "INFO  | 12:01:00 53 [A] x")])


def test_a_late_telemetry_uptime_does_not_count_the_restart_again() -> None:
    watch = RestartWatch()
    watch.uptime_heard(0.0, PORT, "device", 9000)
    watch.uptime_heard(1.0, PORT, "local", 9000)
    assert watch.line_heard(30.0, PORT, parse(BOOT[2])) is not None
    assert watch.uptime_heard(90.0, PORT, "device", 60) is None
    assert watch.uptime_heard(930.0, PORT, "local", 900) is None


def test_a_stale_uptime_of_another_kind_of_telemetry_is_no_restart() -> None:
    watch = RestartWatch()
    assert watch.uptime_heard(0.0, PORT, "device", 9060) is None
    assert watch.uptime_heard(1.0, PORT, "local", 9000) is None


def test_only_the_restarts_that_nobody_saw_are_learned_from_the_reboot_count() -> None:
    watch = RestartWatch()
    assert watch.reboot_count_heard(0.0, PORT, 7) is None
    assert watch.line_heard(1_000.0, PORT, parse(BOOT[2])) is not None
    assert watch.reboot_count_heard(2_000.0, PORT, 8) is None
    restart = watch.reboot_count_heard(3_000.0, PORT, 11)
    assert restart is not None
    assert (restart.reason, restart.reboot_count) == ("reboot_count", 11)
    assert watch.reboot_count_heard(4_000.0, PORT, 11) is None


def test_boards_on_different_ports_do_not_mix() -> None:
    watch = RestartWatch()
    watch.uptime_heard(0.0, "a", "log", 9000)
    assert watch.uptime_heard(1.0, "b", "log", 10) is None
    assert watch.line_heard(2.0, "a", parse(BOOT[2])) is not None
    assert watch.line_heard(2.0, "b", parse(BOOT[2])) is not None


def test_talk_about_restarts_is_no_restart() -> None:
    said = "INFO  | 12:00:00 500 [Router] Received text msg from=0x1, msg=S:B:43,2.7.9,heltec-v3,x rst:0x1 (POWERON)"
    assert not restarts_in([(0.0, said), (1.0, "INFO  | 12:00:01 501 [Power] Reboot in 7 seconds")])


@pytest.mark.parametrize("name", ["heap-stdout.log", "stock-plain-nocolour.log"])
def test_each_boot_of_a_real_console_log_is_found(data: Path, name: str) -> None:
    text = (data / name).read_text(encoding="utf-8")
    lines = [(float(at) * 0.2, line) for at, line in enumerate(text.split("\n"))]
    assert len(restarts_in(lines)) == text.count("S:B:")


def test_a_restart_that_the_tester_caused_is_told_as_expected_once() -> None:
    watch = RestartWatch()
    watch.expect(100.0, PORT, "the debug log switch")
    found = [watch.line_heard(ts, PORT, parse(BOOT[0])) for ts in (107.0, 400.0)]
    assert [restart.expected for restart in found if restart is not None] == ["the debug log switch", None]


def test_what_the_tester_did_long_ago_explains_no_restart() -> None:
    watch = RestartWatch()
    watch.expect(100.0, PORT, "the debug log switch")
    restart = watch.line_heard(300.0, PORT, parse(BOOT[0]))
    assert restart is not None
    assert "expected" not in restart.data()
