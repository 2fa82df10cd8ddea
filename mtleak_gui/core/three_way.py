# SPDX-License-Identifier: GPL-3.0-only
"""Merging JSON objects that two writers changed since both saw the same one."""

from __future__ import annotations

from collections.abc import Mapping


def merged(base: Mapping[str, object], ours: Mapping[str, object], theirs: Mapping[str, object]) -> dict[str, object]:
    """Return ``theirs`` with what we changed since ``base``, name by name and inside of objects too.

    Where both changed a value, ours stays. Names that only they know stay as they are; names that we removed go.
    """
    result = {name: value for name, value in theirs.items() if name in ours or name not in base}
    for name, value in ours.items():
        before, there = base.get(name), theirs.get(name)
        if isinstance(value, Mapping) and (name not in theirs or isinstance(there, Mapping)):
            inside = merged(_mapping(before), value, _mapping(there))
            if inside or name in theirs:
                result[name] = inside
        elif name not in base or value != before:
            result[name] = value
    return result


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
