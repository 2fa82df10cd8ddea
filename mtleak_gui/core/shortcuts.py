# SPDX-License-Identifier: GPL-3.0-only
"""The keys in force: the defaults of the table, with what the user chose instead, and where two acts collide."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from mtleak_gui.core.key_names import normal_key
from mtleak_gui.core.shortcut_table import ACTS, Act

_BY_ID = {act.id: act for act in ACTS}


class Conflict(NamedTuple):
    """One key that means two acts in the same place."""

    key: str
    acts: tuple[Act, Act]

    @property
    def sentence(self) -> str:
        """What is wrong and what to do."""
        first, second = self.acts
        return f"{self.key} already means “{first.text}”, so “{second.text}” needs another key."


class Shortcuts:
    """A frozen view of the table under ``overrides``: key by act id, ``""`` for none.

    Unknown acts, fixed ones and texts that name no key are passed over.
    """

    def __init__(self, overrides: Mapping[str, str]) -> None:
        self._chosen: dict[str, str] = {}
        for act_id, text in overrides.items():
            act, key = _BY_ID.get(act_id), normal_key(text)
            if act is not None and not act.fixed and key is not None:
                self._chosen[act_id] = key

    def keys_for(self, act_id: str) -> tuple[str, ...]:
        """Return all keys of an act, the main one first; none when the user wants none. Raises ``KeyError``."""
        act = _BY_ID[act_id]
        chosen = self._chosen.get(act_id)
        if chosen is None:
            return act.keys
        return (chosen,) if chosen else ()

    def key_for(self, act_id: str) -> str:
        """Return the key to show and to bind first, ``""`` for none. Raises ``KeyError`` for an unknown act."""
        return next(iter(self.keys_for(act_id)), "")

    def is_changed(self, act_id: str) -> bool:
        """Return whether the user chose another key than the table."""
        return act_id in self._chosen and self.keys_for(act_id) != _BY_ID[act_id].keys

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return each pair of acts that one key means in one place."""
        found: list[Conflict] = []
        holders: dict[str, list[Act]] = {}
        for act in ACTS:
            for key in self.keys_for(act.id):
                others = holders.setdefault(key, [])
                found += [Conflict(key, (other, act)) for other in others if other.meets(act)]
                others.append(act)
        return tuple(found)

    def conflict_if(self, act_id: str, key: str) -> Conflict | None:
        """Return the collision that ``key`` for this act would bring. Raises ``KeyError`` for an unknown act."""
        act = _BY_ID[act_id]
        for other in ACTS:
            if other.id != act_id and key in self.keys_for(other.id) and other.meets(act):
                return Conflict(key, (other, act))
        return None
