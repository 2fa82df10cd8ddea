# SPDX-License-Identifier: GPL-3.0-only
"""Events as lines that people read."""

from __future__ import annotations

from pathlib import Path

import pytest

from mtleak_gui.core.activity import activity_of
from mtleak_gui.core.records import RawEvent

ICONS = Path(__file__).parents[2] / "resources" / "icons"
TOLD = (
    "mark", "connection_established", "connection_lost", "reboot", "recorder_start", "recorder_stop", "recorder_pause",
    "recorder_resume", "host_sleep", "clock_jump", "write_error", "dropped", "poll_started", "poll_stopped",
    "config_write", "repair",
)  # fmt: skip


@pytest.mark.parametrize("kind", TOLD)
def test_what_people_want_to_know_has_a_line_with_an_icon_that_is_there(kind: str) -> None:
    line = activity_of(RawEvent(5.0, kind, "label", "the note", "COM5"))
    assert line is not None
    assert (line.ts, line.port) == (5.0, "COM5")
    assert (ICONS / f"{line.icon}.svg").is_file()


@pytest.mark.parametrize("kind", ["node_updated", "device_info", "line_cut", "mark_edit"])
def test_what_tells_people_nothing_has_none(kind: str) -> None:
    assert activity_of(RawEvent(5.0, kind)) is None


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"reason": "banner", "evidence": "S:B:43", "reset_reason": "PANIC"}, "PANIC"),
        ({"reason": "chip_reset", "evidence": "rst:0x1 (POWERON)"}, "rst:0x1 (POWERON)"),
        ({"reason": "uptime_fell", "evidence": "uptime of log fell from 500 s to 3 s"}, "its uptime fell"),
        ({"reason": "my_info", "evidence": "the board said that it rebooted"}, "it introduced itself anew"),
        ({"evidence": "odd"}, "odd"),
        ({}, ""),
    ],
)
def test_a_restart_says_why_in_the_boards_words_or_ours(data: dict[str, object], words: str) -> None:
    line = activity_of(RawEvent(5.0, "reboot", None, "no words of the board", "COM5", "serial", data))
    assert line is not None
    assert (line.title, line.detail) == ("Restarted", words)


def test_a_disk_that_works_again_is_no_failure() -> None:
    line = activity_of(RawEvent(5.0, "write_error", "write_resumed"))
    assert line is not None
    assert line.title == "Writing works again"
