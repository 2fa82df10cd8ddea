# SPDX-License-Identifier: GPL-3.0-only
"""Words of others in Markdown are words: no markup, no table cell, no mention, no link."""

from __future__ import annotations

import re

import pytest

from mtleak_gui.core.markdown_text import escape, fenced
from tests.hostile.nasty_texts import NASTY


@pytest.mark.parametrize("text", NASTY)
def test_nothing_is_left_that_markdown_or_an_issue_takes_for_more_than_words(text: str) -> None:
    escaped = escape(text)
    assert "\n" not in escaped
    bare = escaped.replace("<!-- -->", "\0")
    assert not re.search(r"(?<!\\)[`*_{}\[\]<>|#~&!]", bare)
    assert not re.search(r"@\w|#\d|\bGH-\d|\bwww\.|(?:https?|file|javascript):\S", bare.replace("\0", " \0 "))


def test_a_fence_is_longer_than_any_inside() -> None:
    block = fenced("a\n````\n# head")
    assert block.startswith("`````text\n")
    assert block.endswith("\n`````")
