# SPDX-License-Identifier: GPL-3.0-only
"""Text of a board cannot hide itself, turn around, or climb over other rows."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtleak_gui.core.shown_text import shown, shown_segments


@pytest.mark.parametrize(
    ("text", "drawn"),
    [
        ("plain text, <b>no</b> mark-up", "plain text, <b>no</b> mark-up"),
        ("a\tb\r\nc\0", "a\\tb\\r\\nc\\0"),
        ("\x1b[31mred\x07", "\\x1b[31mred\\x07"),
        ("user\u202egpj.exe", "user\\u202egpj.exe"),
        ("\u2066left\u2069 \u200fmark", "\\u2066left\\u2069 \\u200fmark"),
        ("ze\u200bro \ufeffwidth\u00ad", "ze\\u200bro \\ufeffwidth\\xad"),
        ("\u2028new line", "\\u2028new line"),
        ("lone \ud800 surrogate", "lone \\ud800 surrogate"),
        ("private \ue000 and none \U0010ffff", "private \\ue000 and none \\U0010ffff"),
        ("blank\u3164\u00a0", "blank\\u3164\\xa0"),
        ("Müller ☃ 日本 שלום", "Müller ☃ 日本 שלום"),
        ("tag\U000e0041", "tag\\U000e0041"),
    ],
)
def test_what_is_not_seen_is_spelled_out(text: str, drawn: str) -> None:
    assert shown(text) == drawn


def test_a_tower_of_accents_is_cut_down() -> None:
    drawn = shown("a" + "\u0301" * 50)
    assert drawn.count("\u0301") == 4
    assert drawn.count("\\u0301") == 46


@given(st.text())
def test_nothing_drawn_is_a_control_or_a_format(text: str) -> None:
    assert not {unicodedata.category(letter) for letter in shown(text)} & {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}


def test_highlights_keep_their_places_though_text_grows() -> None:
    assert shown_segments("a\x1bleaked\x1bz", [(2, 8)]) == [("a\\x1b", False), ("leaked", True), ("\\x1bz", False)]
    assert shown_segments("leaked", [(-3, 2), (2, 2), (4, 99)]) == [("le", True), ("ak", False), ("ed", True)]
    assert shown_segments("", []) == []
