# SPDX-License-Identifier: GPL-3.0-only
"""Which bytes an operation of a regular expression takes, read from the parse tree of the standard library."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from mtleak_gui.core.bit_rows import ByteSet

_ALL_BYTES = frozenset(range(256))
_CATEGORIES = {
    "DIGIT": rb"\d",
    "NOT_DIGIT": rb"\D",
    "SPACE": rb"\s",
    "NOT_SPACE": rb"\S",
    "WORD": rb"\w",
    "NOT_WORD": rb"\W",
}


def bytes_of_class(expression: bytes) -> list[int]:
    """Return the bytes that an expression for one byte matches."""
    return [value for value in _ALL_BYTES if re.match(expression, bytes([value]))]


def bytes_of(name: str, argument: Any, flags: int) -> ByteSet | None:
    """Return the bytes of an operation that takes just one, ``None`` for any other operation.

    Raises ``ValueError`` for a class that is unknown.
    """
    if name == "ANY":
        return ByteSet.of(_ALL_BYTES if flags & re.DOTALL else _ALL_BYTES - {ord("\n")})
    if name == "LITERAL":
        return ByteSet.of(_folded({argument}, flags))
    if name == "NOT_LITERAL":
        return ByteSet.of(_ALL_BYTES - _folded({argument}, flags))
    if name != "IN":
        return None
    items = [(str(kind), value) for kind, value in argument]
    members = _folded({value for kind, of in items if kind != "NEGATE" for value in _listed(kind, of)}, flags)
    return ByteSet.of(_ALL_BYTES - members if items[0][0] == "NEGATE" else members)


def _listed(kind: str, value: Any) -> Iterable[int]:
    if kind == "LITERAL":
        return (value,)
    if kind == "RANGE":
        return range(value[0], value[1] + 1)
    if kind == "CATEGORY":
        expression = _CATEGORIES.get(str(value).removeprefix("CATEGORY_"))
        if expression is not None:
            return bytes_of_class(expression)
    raise ValueError(kind)


def _folded(members: Iterable[int], flags: int) -> frozenset[int]:
    """Return the bytes as they are, or all that differ from one of them by case alone: that of ASCII."""
    if not flags & re.IGNORECASE:
        return frozenset(members)
    small = {bytes([member]).lower() for member in members}
    return frozenset(value for value in _ALL_BYTES if bytes([value]).lower() in small)
