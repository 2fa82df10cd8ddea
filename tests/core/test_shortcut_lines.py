# SPDX-License-Identifier: GPL-3.0-only
"""The list of keys and gestures as it is read."""

from __future__ import annotations

from itertools import pairwise

from mtleak_gui.core.shortcut_lines import KeyLine, key_lines
from mtleak_gui.core.shortcut_table import ACTS, GESTURES
from mtleak_gui.core.shortcuts import Shortcuts


def line(text: str, overrides: dict[str, str] | None = None) -> KeyLine:
    return next(line for line in key_lines(Shortcuts(overrides or {})) if line.text == text)


def test_a_row_of_keys_is_one_line_until_one_of_them_is_changed() -> None:
    assert (line("Quick mark 1 to 9").keys, line("Quick mark 1 to 9").to_key) == (("Ctrl+1",), "Ctrl+9")
    changed = {"quick_mark_3": "F9"}
    assert line("Quick mark 1 to 2", changed).to_key == "Ctrl+2"
    assert line("Quick mark 3", changed).keys == ("F9",)
    assert line("Quick mark 4 to 9", changed).keys == ("Ctrl+4",)


def test_the_place_is_told_unless_the_heading_tells_it() -> None:
    assert line("Next mark").where == "Heap, Logbook"
    assert line("Wrap long lines").where == ""
    assert line("Fit all").where == ""


def test_every_act_and_gesture_is_in_the_list_group_by_group() -> None:
    lines = key_lines(Shortcuts({}))
    singles = {act.text for act in ACTS if not act.family} | {gesture.text for gesture in GESTURES}
    assert singles <= {line.text for line in lines}
    groups = [line.group for line in lines]
    changes = [before for before, after in pairwise(groups) if before != after]
    assert len(changes) == len(set(groups)) - 1


def test_a_line_is_found_by_what_it_does_and_by_its_key() -> None:
    assert line("Leakhunt").holds("ctrl+l")
    assert line("Zoom in bytes").holds("WHEEL zoom")
    assert not line("Zoom in bytes").holds("record")
