# SPDX-License-Identifier: GPL-3.0-only
"""Names and words as somebody on the mesh might choose them who means harm, and a board that uses them."""

from __future__ import annotations

from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.scenario_catalogue import scenario_named
from mtleak_gui.demo.virtual_board import VirtualBoard

HTML = "<h1>&lt;b&gt;</h1><img src='file:///etc/passwd'><a href='javascript:alert(1)'>x</a>"
BIDI = "safe\u202egnp.exe\u2066\u200f"
CONTROLS = "\x1b[31mred\x1b]0;title\x07\x00\x9b2J\x85\u2028"
ZALGO = "Z" + "\u0301\u0489" * 40 + "o\u200b\u200d\u2060\ufeff"
NASTY = (
    HTML,
    BIDI,
    CONTROLS,
    ZALGO,
    "x" * 10_000,
    "../../../../etc/cron.d/x",
    "..\\..\\AUX.txt",
    "=cmd|' /C calc'!A0",
    'a,=HYPERLINK("http://evil")\t@SUM(1)\r-1;+1',
    "two\nlines\r\n| a | b |\n```\n# head",
    "%s %n {} {0.__class__} %1",
    "&File && &x",
    "$(reboot) `reboot`; reboot",
    "@everyone #123 GH-7 https://evil.example/ www.evil.example ![x](javascript:1)",
    "\ud800\udfff lone \udc80",
    "",
    " \u3164\u2800\u00a0 ",
)
LONG_NAME = f"<b>&Ridge</b>\u202e\x1b[31m\n{ZALGO}"
SHORT_NAME = "<i>x"


def nasty_board() -> VirtualBoard:
    """Return a board of a nasty name that lives sixty times as fast as the host and sends its log."""
    board = VirtualBoard(scenario_named("leak-threads"), clock=BoardClock(60), debug_log_api=True)
    owner = board._mainboard._config.owner  # a board is not told what its owner calls it
    owner.long_name, owner.short_name = LONG_NAME, SHORT_NAME
    return board


def nasty_lines() -> list[bytes]:
    """Return the texts as lines of a console, one with each as the name of a thread."""
    lines = []
    for text in NASTY:
        flat = text.encode("utf-8", "replace").replace(b"\n", b" ")
        lines.append(b"INFO  | 12:00:00 5 [Router] Received text msg from=0x1, id=0x2, msg=" + flat + b"\r\n")
        lines.append(b"WARN  | 12:00:01 6 [" + flat[:60] + b"] [heap 90000] said\r\n")
    return lines
