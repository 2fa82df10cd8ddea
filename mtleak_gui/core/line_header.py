# SPDX-License-Identifier: GPL-3.0-only
"""The header of a log line: level, clock, uptime, thread and heap prefix, told apart from the message.

Headers are written by ``src/RedirectablePrint.cpp`` (2.x with a level, 1.x without), by ESP-IDF (``E (123) tag: text``)
and by the Arduino core of the ESP32 (``[   123][E][file.cpp:12] function(): text``).
"""

from __future__ import annotations

import re

from mtleak_gui.core.terminal_text import without_bare_time, without_lost_escapes, without_stamps

# No possessive quantifier stands behind a group here: Python 3.11.2, that of Debian 12, loses what the group held.
Header = tuple[str | None, str | None, int | float | None, str | None, str | None, str]
"""Level, clock, uptime in seconds, thread, the figure of ``[heap N]`` as written, message."""

WrittenHeader = tuple[str, str, str, str, str, str, str]
"""Level, clock, seconds and fraction of the uptime, thread, figure of ``[heap N]``, message; empty: not there."""

_LEVEL = r"(DEBUG|INFO|WARN|ERROR|CRIT|TRACE|HEAP)[ \t]*+\|[ \t]*+"
_CLOCK = r"([0-9?]{2}:[0-9?]{2}:[0-9?]{2})"
_UPTIME = r"(?:[ \t]++([0-9]{1,12}+)(\.[0-9]{1,9}+)?(?=[ \t]|\Z))"
_THREAD = r"(?:\[(?!heap[: ])([^\]\[]{0,64})\](?:[ \t]++|\Z))?"
_HEAP = r"(?:\[heap:?[ \t]++(-?[0-9]{1,20}+)\][ \t]*+)?"
_TAIL = rf"(?=[ \t]|\Z)[ \t]*+{_THREAD}{_HEAP}"
_COMMON = rf"{_LEVEL}{_CLOCK}{_UPTIME}?{_TAIL}"

_FIRMWARE_2 = re.compile(_COMMON)
_IN_ONE_LINE = _COMMON.replace(r"\Z", "$").replace(r"[^\]\[]", r"[^\]\[\n]")
_EACH_LINE = re.compile(rf"(?:^{_IN_ONE_LINE}|^)(.*)", re.MULTILINE)
_FIRMWARE_2_ANYWHERE = re.compile(rf"(?<![A-Za-z]){_LEVEL}{_CLOCK}")
_FIRMWARE_2_NO_CLOCK = re.compile(rf"{_LEVEL}(?<=[ \t]){_THREAD}{_HEAP}")
_FIRMWARE_1 = re.compile(rf"{_CLOCK}{_UPTIME}?{_TAIL}")
_ESP_IDF = re.compile(
    r"([EWIDV]) \((?:([0-9]{1,12})|([0-9]{2}:[0-9]{2}:[0-9]{2})\.[0-9]{3})\) ([^\s:][^:]{0,63}):[ \t]?"
)
_ARDUINO = re.compile(r"\[[ ]*+([0-9]{1,12})\]\[([EWIDV])\](?=\[)")
_HEAP_ONLY = re.compile(_HEAP)
_NOISE = re.compile(r"[^A-Za-z0-9\[?(]{1,64}")

_ESP_LEVELS = {"E": "ERROR", "W": "WARN", "I": "INFO", "D": "DEBUG", "V": "TRACE"}
_MONTHS = frozenset({"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"})
_DATE_WORDS = _MONTHS | {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"}
_FURTHEST_HEADER = 120
_THREAD_HEAP_BEGINS = ("------ Thread ", "++++++ Thread ")
_QUOTES = frozenset("=\"'{")


def read_header(text: str) -> Header:
    """Take the header off a line that has no escape sequences any more.

    The thread of an ESP-IDF line is its tag; the file and line of an Arduino line stay in the message. A text without
    any header is all message, without the time stamps before it.
    """
    # The way of nearly every line, written out instead of calling _firmware_2.
    match = _FIRMWARE_2.match(text)
    if match is None:
        return _uncommon_header(text)
    level, clock, seconds, fraction, thread, heap = match.groups()
    uptime_s = _uptime(seconds, fraction) if seconds is None or fraction is not None else int(seconds)
    return level, None if "?" in clock else clock, uptime_s, thread or None, heap, text[match.end() :]


def common_headers(text: str) -> list[WrittenHeader]:
    """Return the header and message of each line of a text that has no escape sequences any more.

    Only the header of firmware 2.x at the very start of a line is seen. A line whose level is empty is all message
    here; it may have another header, which ``read_header`` finds.
    """
    return _EACH_LINE.findall(text)


def _firmware_2(match: re.Match[str]) -> Header:
    level, clock, seconds, fraction, thread, heap = match.groups()
    return level, _clock(clock), _uptime(seconds, fraction), thread or None, heap, match.string[match.end() :]


def _uncommon_header(text: str) -> Header:
    if _has_no_header(text):
        return None, None, None, None, None, text
    return _hidden_header(text)


def _hidden_header(text: str) -> Header:
    plain = without_stamps(text)
    for candidate in (plain, without_stamps(without_lost_escapes(plain)), plain.lstrip(" \t\r\x00\ufeff")):
        header = _header_at_start(candidate)
        if header is not None:
            return header
    return _header_after_noise(plain) or _firmware_2_without_clock(text) or _no_header(plain)


def _has_no_header(text: str) -> bool:
    """Return whether a line is surely all message, as the body of a LogRecord is: it begins with a word of its own.

    A third of the records of DEBUG_HEAP firmware begin otherwise, and always the same way.
    """
    begins_so = (
        text[:1].isalpha()
        and text[1:3] != " ("  # E (123) tag: of ESP-IDF
        and text[:3] not in _DATE_WORDS  # stamps of a journal
    )
    return (begins_so or text.startswith(_THREAD_HEAP_BEGINS)) and "|" not in text[:_FURTHEST_HEADER]


def _header_at_start(text: str) -> Header | None:
    match = _FIRMWARE_2.match(text)
    if match is not None:
        return _firmware_2(match)
    stamped = without_bare_time(text)
    if stamped is not None:
        # ``12:34:56`` is a stamp when a header of its own follows, else it is the clock of firmware 1.x.
        return _leveled_header(stamped) or _firmware_1(stamped) or _firmware_1(text)
    return _firmware_1(text) or _leveled_header(text)


def _leveled_header(text: str) -> Header | None:
    match = _FIRMWARE_2.match(text)
    if match is not None:
        return _firmware_2(match)
    return _esp_idf(text) or _arduino(text)


def _firmware_2_without_clock(text: str) -> Header | None:
    match = _FIRMWARE_2_NO_CLOCK.match(text)
    if match is None:
        return None
    level, thread, heap = match.groups()
    return level, None, None, thread or None, heap, text[match.end() :]


def _firmware_1(text: str) -> Header | None:
    match = _FIRMWARE_1.match(text)
    if match is None:
        return None
    clock, seconds, fraction, thread, heap = match.groups()
    return None, _clock(clock), _uptime(seconds, fraction), thread or None, heap, text[match.end() :]


def _esp_idf(text: str) -> Header | None:
    match = _ESP_IDF.match(text)
    if match is None:
        return None
    letter, milliseconds, clock, tag = match.groups()
    uptime_s = None if milliseconds is None else int(milliseconds) / 1000
    return _ESP_LEVELS[letter], clock, uptime_s, tag, None, text[match.end() :]


def _arduino(text: str) -> Header | None:
    match = _ARDUINO.match(text)
    if match is None:
        return None
    return _ESP_LEVELS[match[2]], None, int(match[1]) / 1000, None, None, text[match.end() :]


def _header_after_noise(text: str) -> Header | None:
    """Find a header behind what a starting serial port or another program wrote before it, never behind a quotation."""
    noise = _NOISE.match(text)
    if noise is not None:
        header = _header_at_start(text[noise.end() :])
        if header is not None:
            return header
    match = _FIRMWARE_2_ANYWHERE.search(text, 0, _FURTHEST_HEADER)
    if match is None or not _QUOTES.isdisjoint(text[: match.start()]):
        return None
    whole = _FIRMWARE_2.match(text, match.start())
    return None if whole is None else _firmware_2(whole)


def _no_header(text: str) -> Header:
    match = _HEAP_ONLY.match(text)
    if match is None or match[1] is None:
        return None, None, None, None, None, text
    return None, None, None, None, match[1], text[match.end() :]


def _clock(written: str) -> str | None:
    return None if "?" in written else written


def _uptime(seconds: str | None, fraction: str | None) -> int | float | None:
    if seconds is None:
        return None
    return int(seconds) if fraction is None else float(seconds + fraction)
