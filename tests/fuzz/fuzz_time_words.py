# SPDX-License-Identifier: GPL-3.0-only
"""What people write for a time: a moment that a calendar has, a window that is in order, or a sentence that helps."""

from __future__ import annotations

from mtleak_gui.core.time_words import TimeWordsError, parse_span, parse_time, parse_window

_NOW, _LATEST = 1_790_000_000.0, 1_789_990_000.0
_YEAR_10000 = 253_402_300_800.0
_LONGEST_REFUSAL = 1_000


def one_input(data: bytes) -> None:
    """Read ``data`` as a time, a span and a window."""
    words = data.decode("utf-8", "surrogateescape")
    try:
        assert 0 <= parse_time(words, now=_NOW, latest=_LATEST) <= _YEAR_10000
    except TimeWordsError as refusal:
        _is_short(refusal)
    try:
        assert 0 <= parse_span(words) <= _YEAR_10000
    except TimeWordsError as refusal:
        _is_short(refusal)
    try:
        window = parse_window(words, now=_NOW, latest=_LATEST)
    except TimeWordsError as refusal:
        _is_short(refusal)
    else:
        assert 0 <= window.start <= window.end <= _YEAR_10000
        assert parse_window(words, now=_NOW, latest=_LATEST) == window


def _is_short(refusal: TimeWordsError) -> None:
    assert 0 < len(str(refusal)) < _LONGEST_REFUSAL
    str(refusal).encode()
