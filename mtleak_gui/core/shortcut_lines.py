# SPDX-License-Identifier: GPL-3.0-only
"""The table of keys and gestures as lines to read: what, by which keys, where; families of keys in one line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple, get_args

from mtleak_gui.core.shortcut_table import ACTS, GESTURES, Act, Group
from mtleak_gui.core.shortcuts import Shortcuts

_PLACES = {"heap": "Heap", "logbook": "Logbook", "leakhunt": "Leakhunt", "reports": "Reports"}


class KeyLine(NamedTuple):
    """One line. ``keys`` are alternatives as settings write them, or one gesture in words; none means unbound."""

    group: Group
    text: str
    keys: tuple[str, ...]
    where: str = ""
    """Pages where it works, ``""`` for everywhere."""
    is_gesture: bool = False
    to_key: str = ""
    """The last key of a row of keys, of which ``keys`` holds the first."""

    def holds(self, words: str) -> bool:
        """Return whether each of the ``words`` occurs in the line, in any case."""
        text = " ".join((self.group, self.text, *self.keys, self.to_key, self.where)).casefold()
        return all(word in text for word in words.casefold().split())


def key_lines(shortcuts: Shortcuts) -> tuple[KeyLine, ...]:
    """Return all lines, group by group in the order of the table."""
    order = get_args(Group)
    return tuple(sorted(_lines(shortcuts), key=lambda line: order.index(line.group)))


def _lines(shortcuts: Shortcuts) -> Iterator[KeyLine]:
    for (family, _changed), members in groupby(ACTS, key=lambda act: (act.family, shortcuts.is_changed(act.id))):
        acts = tuple(members)
        if family and len(acts) > 1 and not shortcuts.is_changed(acts[0].id):
            first, last = acts[0], acts[-1]
            numbers = f"{family} {first.id.rpartition('_')[2]} to {last.id.rpartition('_')[2]}"
            yield _line(first, shortcuts)._replace(text=numbers, to_key=shortcuts.key_for(last.id))
        else:
            yield from (_line(act, shortcuts) for act in acts)
    for gesture in GESTURES:
        yield KeyLine(gesture.group, gesture.text, (gesture.gesture,), is_gesture=True)


def _line(act: Act, shortcuts: Shortcuts) -> KeyLine:
    places = ", ".join(_PLACES[place] for place in act.where)
    # The heading of a group that is a page says where already.
    shown = "" if places and act.group.startswith(places) else places
    return KeyLine(act.group, act.text, shortcuts.keys_for(act.id), shown)
