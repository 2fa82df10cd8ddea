# SPDX-License-Identifier: GPL-3.0-only
"""Untrusted text made harmless for the screen: whatever is not seen, or moves what is seen, is spelled out.

A board, a neighbour's chat or a file may hold anything: control characters, marks that turn the direction of writing
(CVE-2021-42574), joiners and blanks of no width. They become ``\\x1b``, ``\\u202e`` and the like.
"""

from __future__ import annotations

import re
import unicodedata

_PLAIN = re.compile(r"[\x20-\x7e]*+")
_HIDDEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
"""Controls, formats (direction, joiners, no width), what is no character, surrogates, line and paragraph ends."""
_NAMED = {"\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": "\\0"}
STRANGE_BLANKS = frozenset("\u00a0\u115f\u1160\u2800\u3164\uffa0\u034f\u180b\u180c\u180d\u17b4\u17b5")
"""Look like nothing, though their category says otherwise."""
_MOST_MARKS = 4
"""Accents on one letter; more of them climb over the rows above."""
_MARK_FLOOD = re.compile(
    rf"[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0e31-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{{{_MOST_MARKS},}}+"
)


def shown(text: str) -> str:
    """Return text as it may be drawn: printable characters as they are, all others spelled out. Never raises."""
    if _PLAIN.fullmatch(text):
        return text
    pieces: list[str] = []
    marks = 0
    for letter in text:
        category = unicodedata.category(letter)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        hidden = category in _HIDDEN or letter in STRANGE_BLANKS or marks > _MOST_MARKS or _is_selector(letter)
        pieces.append(_spelled(letter) if hidden else letter)
    return "".join(pieces)


def shown_lines(text: str) -> str:
    """Return text as ``shown`` does, its lines left as lines."""
    return text if _PLAIN.fullmatch(text) else "\n".join(shown(line) for line in text.split("\n"))


def without_mark_floods(text: str) -> str:
    """Return text with no more accents on one letter than any language writes."""
    return text if text.isascii() else _MARK_FLOOD.sub(lambda found: found[0][:_MOST_MARKS], text)


def shown_segments(text: str, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Return text cut at the ends of ``spans``, each piece made harmless, with whether it lies in a span.

    Spans are ascending and do not overlap; they count characters of ``text`` as it came.
    """
    pieces: list[tuple[str, bool]] = []
    at = 0
    for span_start, span_end in spans:
        start, end = max(span_start, at), min(span_end, len(text))
        if start < end:
            pieces += [(shown(text[at:start]), False), (shown(text[start:end]), True)]
            at = end
    pieces.append((shown(text[at:]), False))
    return [(words, within) for words, within in pieces if words]


def _is_selector(letter: str) -> bool:
    return "\ufe00" <= letter <= "\ufe0f" or "\U000e0100" <= letter <= "\U000e01ef"


def _spelled(letter: str) -> str:
    if letter in _NAMED:
        return _NAMED[letter]
    code = ord(letter)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
