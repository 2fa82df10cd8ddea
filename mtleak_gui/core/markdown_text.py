# SPDX-License-Identifier: GPL-3.0-only
"""Untrusted text in Markdown, which may be pasted into an issue: shown as it is, never as markup, mention or link."""

from __future__ import annotations

import re

from mtleak_gui.core import wording

_CALLS = re.compile(
    r"@(?=\w)|#(?=\d)|\bGH-(?=\d)|\bwww(?=\.)|\b(?:https?|ftp|mailto|xmpp|file|javascript):(?=\S)", re.IGNORECASE
)
"""What GitHub makes a mention or a link of although its signs are escaped; a comment in between keeps it from that."""
_MARKUP = re.compile(r"([\\`*_{}\[\]<>|#~&!])")


def escape(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it is, calls nobody, and links to nothing."""
    return _CALLS.sub(r"\g<0><!-- -->", _MARKUP.sub(r"\\\1", wording.single_line(text, 400)))


def fenced(text: str) -> str:
    """Return ``text`` as a code block that nothing inside can end."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text.rstrip()}\n{fence}"
