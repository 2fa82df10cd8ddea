# SPDX-License-Identifier: GPL-3.0-only
"""A console is called another device's only when that is sure, and never once the firmware has spoken."""

from __future__ import annotations

import os
import tty
from pathlib import Path

from pytestqt.qtbot import QtBot

from mtleak_gui.core.addresses import SerialAddress
from mtleak_gui.engine.board_watch import BoardWatch
from mtleak_gui.engine.first_lines import KEPT_LINES, KNOWN_AFTER_LINES, SURE_AFTER_LINES, FirstLines
from tests.engine.bench_kit import benched

GPS = "$GPGGA,123519,4807.038,N,01131.000,E,1,08*47"
OWN = "INFO  | 12:00:00 5 [Router] hello"
BOOT = ("ESP-ROM:esp32s3-20210327", "Build:Mar 27 2021", "rst:0x1 (POWERON),boot:0x8", "SPIWP:0xee", "mode:DIO")


def heard(*lines: str) -> FirstLines:
    """Return first lines that were heard."""
    first = FirstLines()
    for line in lines:
        first.take(line)
    return first


def test_a_device_that_is_known_by_its_words_is_told_after_a_few_lines() -> None:
    assert heard(*[GPS] * (KNOWN_AFTER_LINES - 1)).talk() is None
    talk = heard(*[GPS] * KNOWN_AFTER_LINES).talk()
    assert talk is not None
    assert talk.device == "a GPS receiver"


def test_boot_text_of_a_board_is_no_reason_to_doubt_it() -> None:
    assert heard(*BOOT).talk() is None
    assert heard(*BOOT, OWN).talk() is None


def test_strange_text_is_told_when_there_is_enough_of_it() -> None:
    assert heard(*["Weather station 3"] * (SURE_AFTER_LINES - 1)).talk() is None
    talk = heard(*["Weather station 3"] * SURE_AFTER_LINES).talk()
    assert talk is not None
    assert talk.kind == "other_text"


def test_one_line_of_the_firmware_settles_it_for_good() -> None:
    assert heard(OWN, *[GPS] * KEPT_LINES).talk() is None


def test_a_gps_receiver_on_the_console_is_a_thing_to_fix(tmp_path: Path, qtbot: QtBot) -> None:
    ours, theirs = os.openpty()
    tty.setraw(theirs)
    path = os.ttyname(theirs)
    try:
        with benched(qtbot, tmp_path) as watched:
            bench = watched.bench
            watch = BoardWatch(bench)
            bench.connect_board(SerialAddress(path), "console")
            qtbot.waitUntil(lambda: bench.current is not None and bench.current.link.phase == "live", timeout=10_000)
            os.write(ours, f"{GPS}\r\n".encode() * 5)
            qtbot.waitUntil(lambda: bool(watch.things(bench.now())), timeout=10_000)
            (thing,) = watch.things(bench.now())
            assert thing.key == f"wrong_device:{path}"
            assert "a GPS receiver" in thing.text
            assert thing.trouble is not None
    finally:
        os.close(ours)
        os.close(theirs)
