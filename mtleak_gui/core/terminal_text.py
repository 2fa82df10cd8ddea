# SPDX-License-Identifier: GPL-3.0-only
"""What a terminal adds to a line, taken off: colours and other escape sequences, time stamps, line ends and NULs.

Every pattern here is bounded or possessive, so that a line of any length costs linear time.
"""

from __future__ import annotations

import re

ESC = "\x1b"
_WINDOW_TITLE = "\x1b]"

# A colour that was cut short (``ESC[32`` before ``INFO``) must not swallow the first letter of a level.
_LEVEL_AHEAD = r"(?!DEBUG|INFO|WARN|ERROR|CRIT|TRACE|HEAP)"
_ESCAPE = re.compile(
    r"\x1b(?:"
    rf"\[[0-?]*+[ -/]*+(?:{_LEVEL_AHEAD}[@-~])?"  # CSI: colours, cursor moves; the final byte may be missing
    r"|\][^\x07\x1b]{0,256}(?:\x07|\x1b\\)"  # OSC: window titles
    rf"|{_LEVEL_AHEAD}[@-Z\\^_=>]"  # two-byte sequences
    r")?"
)

_COLOUR = re.compile(r"\x1b\[[0-9;]*+m")

# Colours whose ESC was lost on the way (copied from a web page, shown by ``cat -v``, or replaced by the firmware).
_ESCAPE_WITHOUT_ESC = re.compile(
    r"(?:\^\[|\u241b|\ufffd|\#|\\(?:x1[bB]|u001[bB]|033|e))?\[(?:[0-9]{1,3}(?:;[0-9]{1,3}){0,4})?m"
)

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_DATE_ISO = r"[0-9]{4}[-/.][0-9]{2}[-/.][0-9]{2}"
_TIME = r"[0-9]{1,2}:[0-9]{2}:[0-9]{2}"
_FRACTION = r"[.,:][0-9]{1,9}"
_ZONE = r"(?: ?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))"
_PROCESS = r"(?: [\w.-]{1,64})? [\w./@-]{1,64}\[[0-9]{1,10}\]:"  # journald and syslog: ``host meshtasticd[123]:``
_ARROW = r"(?:[ \t]*+(?:->|>|=>|;))?[ \t]*+"

_STAMP = re.compile(
    r"[ \t]*+(?:"
    # [2026-11-22 12:00:00.123]  [12:00:00.123]  [Sun Nov 22 12:00:00 2026]
    r"\[[^\]\[]{0,40}[0-9]:[0-9]{2}[^\]\[]{0,32}\]"
    # [  123.456789] of dmesg, [0.001 0.002] of grabserial
    r"|\[[ ]*+[0-9]{1,12}\.[0-9]{1,9}(?: [0-9]{1,12}\.[0-9]{1,9})?\]"
    rf"|{_DATE_ISO}[T _]{_TIME}(?:{_FRACTION})?{_ZONE}?"
    rf"|(?:{_DAY},? )?{_MONTH} {{1,2}}[0-9]{{1,2}},?(?: [0-9]{{4}},?)? {_TIME}(?:{_FRACTION})?"
    rf"|{_TIME}{_FRACTION}(?: [AP]M)?"
    rf"|{_TIME} [AP]M"
    rf"|{_TIME}(?=[ \t]*+(?:->|>|=>))"
    # Epoch seconds: ts %.s, journalctl -o short-unix
    r"|1[0-9]{9}\.[0-9]{1,9}(?= )"
    rf")(?:{_PROCESS})?{_ARROW}"
)
_BARE_TIME = re.compile(rf"[ \t]*+{_TIME}{_ARROW}")

_MOST_STAMPS = 3
"""A line may carry the stamp of the journal and that of a terminal; more than three were never seen."""


def text_of(raw: str | bytes) -> str:
    """Return a line as text. Bytes that are not UTF-8 become U+FFFD, so that the text can always be written."""
    return raw if isinstance(raw, str) else bytes(raw).decode("utf-8", "replace")


def without_escapes(text: str) -> str:
    """Return a line without escape sequences (whole or broken ones) and without its line end and trailing NULs."""
    if ESC in text:
        text = _without_sequences(text)
    return text.rstrip("\r\n\x00")


def without_escapes_in_lines(text: str) -> str | None:
    """Return lines, joined by newlines, each as ``without_escapes`` leaves it.

    Returns ``None`` when lines must be looked at one by one: the title of a window may go on in the next line.
    """
    if ESC in text:
        if _WINDOW_TITLE in text:
            return None
        text = _without_sequences(text)
    if "\r" in text or "\x00" in text:
        text = "\n".join([line.rstrip("\r\n\x00") for line in text.split("\n")])
    return text


def _without_sequences(text: str) -> str:
    # Nearly always whole colours are all there is, and a pattern for them alone takes half the time.
    plain = _COLOUR.sub("", text)
    return _ESCAPE.sub("", text) if ESC in plain else plain


def without_lost_escapes(text: str) -> str:
    """Return a line without colours that lost their ESC, when it starts with one; else the line as it is."""
    if _ESCAPE_WITHOUT_ESC.match(text):
        return _ESCAPE_WITHOUT_ESC.sub("", text)
    return text


def without_stamps(text: str) -> str:
    """Return a line without the time stamps that a terminal or a journal wrote before it.

    A bare ``12:34:56`` stays: firmware 1.x starts its own lines so.
    """
    for _ in range(_MOST_STAMPS):
        stamp = _STAMP.match(text)
        if stamp is None:
            break
        text = text[stamp.end() :]
    return text


def without_bare_time(text: str) -> str | None:
    """Return what follows a bare ``12:34:56`` at the start of a line, or ``None`` when it does not start so."""
    stamp = _BARE_TIME.match(text)
    return None if stamp is None else text[stamp.end() :]
