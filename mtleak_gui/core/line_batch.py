# SPDX-License-Identifier: GPL-3.0-only
"""Many log lines taken apart at once, in half the time that one by one takes: one search finds all common headers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mtleak_gui.core.firmware_log import parse, with_what_it_tells
from mtleak_gui.core.line_header import WrittenHeader, common_headers
from mtleak_gui.core.log_readings import NOT_REPORTED_FROM
from mtleak_gui.core.records import HeapReading, LogLine
from mtleak_gui.core.telling_stems import numbers_of_those_that_may_tell
from mtleak_gui.core.terminal_text import without_escapes_in_lines

_FEW = 4
"""One by one so few cost less."""


def parse_all(texts: Sequence[str]) -> list[LogLine]:
    """Return ``parse(text)`` of each text. Never raises for text whatever; ``TypeError`` for what is none."""
    joined = "\n".join(texts)
    clean = without_escapes_in_lines(joined)
    if len(texts) < _FEW or clean is None or joined.count("\n") >= len(texts):
        return [parse(text) for text in texts]
    headers = common_headers(clean)
    lines = _lines_behind(headers, texts)
    for number in numbers_of_those_that_may_tell([header[-1] for header in headers]):
        if headers[number][0]:
            lines[number] = with_what_it_tells(lines[number])
    return lines


def _lines_behind(headers: Iterable[WrittenHeader], texts: Iterable[str]) -> list[LogLine]:
    """Return the lines without what their messages tell; those without a common header are taken apart as a whole."""
    lines: list[LogLine] = []
    new = tuple.__new__
    for text, (level, clock, seconds, fraction, thread, figure, message) in zip(texts, headers, strict=True):
        if not level:
            lines.append(parse(text))
            continue
        uptime_s = None if not seconds else float(seconds + fraction) if fraction else int(seconds)
        heap = None
        if figure:
            free = int(figure)
            if 0 <= free < NOT_REPORTED_FROM:
                heap = new(HeapReading, (free, None, None, None, None, "prefix"))
        shown = None if "?" in clock else clock
        fields = (text, level, shown, uptime_s, thread or None, message, heap, None, None, None, None, None, None)
        lines.append(new(LogLine, fields))
    return lines
