# SPDX-License-Identifier: GPL-3.0-only
"""Keys: how they are written, what the table binds, and what the user may put in its place."""

from __future__ import annotations

import pytest

from mtleak_gui.core.key_names import normal_key
from mtleak_gui.core.shortcut_table import ACTS
from mtleak_gui.core.shortcuts import Shortcuts


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ctrl+shift+f", "Ctrl+Shift+F"),
        ("Shift+Ctrl+F", "Ctrl+Shift+F"),
        (" f5 ", "F5"),
        ("+", "+"),
        ("Ctrl++", "Ctrl++"),
        ("[", "["),
        ("alt+pgdown", "Alt+PgDown"),
        ("", ""),
        ("Ctrl+", None),
        ("Ctrl", None),
        ("Hyper+X", None),
        ("a+b", None),
        ("Ctrl+Ctrl+A", None),
        ("hello", None),
        ("\x07", None),
    ],
)
def test_a_key_has_one_way_to_be_written(text: str, key: str | None) -> None:
    assert normal_key(text) == key


def test_the_table_is_free_of_collisions_and_of_keys_in_an_unusual_form() -> None:
    assert len({act.id for act in ACTS}) == len(ACTS)
    assert [key for act in ACTS for key in act.keys if normal_key(key) != key] == []
    assert Shortcuts({}).conflicts() == ()


def test_the_keys_of_the_table_are_in_force_until_others_are_chosen() -> None:
    usual = Shortcuts({})
    assert usual.key_for("record") == "Ctrl+R"
    assert usual.keys_for("live") == ("End", "F")
    chosen = Shortcuts({"record": "ctrl+alt+r", "mark": "", "live": "L"})
    assert chosen.key_for("record") == "Ctrl+Alt+R"
    assert chosen.keys_for("mark") == ()
    assert chosen.keys_for("live") == ("L",)
    assert [act.id for act in ACTS if chosen.is_changed(act.id)] == ["record", "mark", "live"]


def test_fixed_keys_unknown_acts_and_nonsense_are_passed_over() -> None:
    shortcuts = Shortcuts({"freeze": "Ctrl+B", "fly": "F9", "record": "hello"})
    assert shortcuts.key_for("freeze") == "Space"
    assert shortcuts.key_for("record") == "Ctrl+R"


def test_two_acts_on_one_key_are_told_unless_they_never_meet() -> None:
    told = Shortcuts({"wrap": "Ctrl+L"}).conflicts()
    assert [conflict.sentence for conflict in told] == [
        "Ctrl+L already means “Leakhunt”, so “Wrap long lines” needs another key."
    ]
    assert Shortcuts({"wrap": "*"}).conflicts() == ()
    assert Shortcuts({}).conflict_if("wrap", "*") is None
    assert Shortcuts({}).conflict_if("wrap", "Ctrl+L") == told[0]
