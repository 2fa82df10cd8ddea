# SPDX-License-Identifier: GPL-3.0-only
"""Names put into command lines so that no shell reads anything else in them."""

from __future__ import annotations

import json
import re
import shlex

_POWERSHELL_PLAIN = re.compile(r"[A-Za-z0-9_./:\\+-]+")
_POWERSHELL_QUOTES = re.compile("(['\u2018\u2019\u201a\u201b])")
_EXTENDED_REGEX_SPECIAL = re.compile(r"([][\\.^$*+?(){}|])")


def posix(word: str) -> str:
    """Return ``word`` as one word of a POSIX shell."""
    return shlex.quote(word)


def powershell(word: str) -> str:
    """Return ``word`` as one argument in PowerShell, where typographic single quotes end a string too."""
    if _POWERSHELL_PLAIN.fullmatch(word):
        return word
    return "'" + _POWERSHELL_QUOTES.sub(r"\1\1", word) + "'"


def call_argument(word: str) -> str:
    """Return ``word`` as a string of a tool call."""
    return json.dumps(word, ensure_ascii=False)


def grep_literal(word: str) -> str:
    """Return ``word`` so that ``grep -E`` takes it literally."""
    return _EXTENDED_REGEX_SPECIAL.sub(r"\\\1", word)
