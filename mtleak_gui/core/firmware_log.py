# SPDX-License-Identifier: GPL-3.0-only
"""One firmware log line, as text or bytes, taken apart: header, message, readings, signature.

This runs for each line of a recording, so the common line takes a short way: a few helpers are written out, and tuples
are built past their constructors, which cost twice as much. ``tests/benchmarks/bench_parse.py`` measures it.
"""

from __future__ import annotations

from mtleak_gui.core import log_readings
from mtleak_gui.core.chat_text import words_of_the_board
from mtleak_gui.core.line_header import read_header
from mtleak_gui.core.log_readings import reported
from mtleak_gui.core.records import HeapReading, LogLine
from mtleak_gui.core.signatures import signature_in
from mtleak_gui.core.telling_stems import STEMS, STEMS_WITHOUT_HEADER, may_tell
from mtleak_gui.core.terminal_text import ESC, text_of, without_escapes


def parse(raw: str | bytes) -> LogLine:
    """Take one log line apart. Never raises; ``raw`` is kept as it came (bytes that are not UTF-8 as U+FFFD).

    The message has no header, no heap prefix, no escape sequences, no line end and no time stamps of a terminal; blanks
    between a header and its message are dropped, too. Without a header all of the line is message.
    """
    text = raw if isinstance(raw, str) else text_of(raw)
    clean = without_escapes(text) if ESC in text else text.rstrip("\r\n\x00")
    level, clock, uptime_s, thread, prefix, message = read_header(clean)
    heap = None
    if prefix is not None:
        free = reported(prefix)
        if free is not None:
            heap = tuple.__new__(HeapReading, (free, None, None, None, None, "prefix"))
    fields = (text, level, clock, uptime_s, thread, message, heap, None, None, None, None, None, None)
    line = tuple.__new__(LogLine, fields)
    return with_what_it_tells(line) if may_tell(message, STEMS if level else STEMS_WITHOUT_HEADER) else line


def with_what_it_tells(line: LogLine) -> LogLine:
    """Return a line with the readings and the signature of its message."""
    words = words_of_the_board(line.message)
    return line._replace(
        heap=log_readings.heap_reading(words, line.heap),
        heap_event=log_readings.thread_heap(words),
        alloc_site=log_readings.alloc_site(words),
        mem_audit=log_readings.mem_audit(words),
        boot=log_readings.boot_banner(words),
        reset_reason=log_readings.reset_reason(words),
        signature=signature_in(words),
    )
