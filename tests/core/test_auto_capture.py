# SPDX-License-Identifier: GPL-3.0-only
"""What the capture "auto" comes to, and how that is told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mtleak_gui.core.auto_capture import CaptureWay, auto_words, capture_way
from mtleak_gui.core.settings import Capture, KnownBoard, NetworkNode

SEEN = datetime(2026, 11, 22, 9, tzinfo=UTC)
PLAIN = KnownBoard("usb:239a:8029:9F2C")
HEAPED = KnownBoard("usb:239a:8029:9F2C", debug_heap=True, debug_heap_ts=SEEN.timestamp())


@pytest.mark.parametrize(
    ("wish", "known", "has_console", "way"),
    [
        ("auto", None, True, "api"),
        ("auto", PLAIN, True, "api"),
        ("auto", HEAPED, True, "console"),
        ("auto", NetworkNode("rfc2217://rack:1", debug_heap=True), True, "console"),
        ("auto", HEAPED, False, "api"),
        ("console", HEAPED, False, "api"),
        ("console", PLAIN, True, "console"),
        ("api", HEAPED, True, "api"),
    ],
)
def test_auto_is_the_console_only_where_a_debug_heap_build_was_seen(
    wish: Capture, known: KnownBoard | NetworkNode | None, has_console: bool, way: CaptureWay
) -> None:
    assert capture_way(wish, known, has_console=has_console) == way


@pytest.mark.parametrize(
    ("known", "now", "words"),
    [
        (HEAPED, SEEN, "Auto: console tap, because a DEBUG_HEAP build was seen on this board on 22 Nov."),
        (HEAPED, SEEN.replace(year=2027), "… on this board on 22 Nov 2026."),
        (KnownBoard("k", debug_heap=True), SEEN, "… was seen on this board."),
        (PLAIN, SEEN, "Auto: API session, because no DEBUG_HEAP build was seen on this board."),
        (None, SEEN, "Auto: API session, because no DEBUG_HEAP build was seen on this board."),
    ],
)
def test_the_reason_is_told_with_its_day(known: KnownBoard | None, now: datetime, words: str) -> None:
    assert auto_words(known, has_console=True, now=now).endswith(words.removeprefix("… "))
