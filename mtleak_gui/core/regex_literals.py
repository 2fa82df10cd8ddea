# SPDX-License-Identifier: GPL-3.0-only
"""Literals that every match of a regular expression must contain, so that rows without them need not be decoded.

Sound, not complete: a row that matches always holds one of the literals in its raw JSON; the true expression decides
about the others. Only ASCII characters that no JSON writer escapes are used.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any, NamedTuple

_PLAIN = frozenset(string.ascii_letters + string.digits + " !#$%()*+,-.:;=?@[]^_`{|}~")
"""Never escaped in JSON. Left out: the quote and backslash, and ``/ < > & '``, which some writers escape."""
_FOLDS_BEYOND_ASCII = frozenset("iksIKS")
"""Without regard to case these also match U+0130, U+0131, U+212A and U+017F, which a row may hold escaped."""
_NODE = re.compile(r"![0-9a-zA-Z]+|\^[a-z]+|[0-9]+|[A-Z]+(_[A-Z0-9]+)+", re.ASCII)
"""Node ids, node numbers and port names: written as they read. ``None``, ``True`` or ``1.5`` are not."""
_MOST_ALTERNATIVES = 16
_SHORTEST_USEFUL = 2


class Clause(NamedTuple):
    """A row must hold at least one of ``literals``; with ``folded`` set they are lower case and so must the row be."""

    literals: tuple[bytes, ...]
    folded: bool = False


class _Run(NamedTuple):
    """Text that must stand in a match as a whole."""

    text: str
    folded: bool


_Alternatives = tuple[_Run, ...]


def required_clause(expression: re.Pattern[str]) -> Clause | None:
    """Return the most selective literals of ``expression``, or ``None`` when it has none that must appear.

    Walks the parse tree of the standard library's own parser, which is the only one that is sure to agree with it.
    """
    try:
        tree = import_module("re._parser").parse(expression.pattern, expression.flags)
        best = _best(_sequence(tree, expression.flags | tree.state.flags))
    except (ImportError, AttributeError, TypeError, ValueError, RecursionError):
        return None  # a parser of another Python version: slower, never wrong
    if best is None:
        return None
    folded = any(run.folded for run in best)
    literals = {(run.text.lower() if folded else run.text).encode("ascii") for run in best}
    return Clause(tuple(sorted(_without_longer(literals))), folded)


def quoted_clause(key: str, values: Iterable[str], *, compact: bool) -> Clause | None:
    """Return the clause of a key that must equal one of ``values``, or ``None`` when one of them may be escaped.

    ``compact`` says that no spaces stand between key and value: the longer literal is found twice as fast.
    """
    literals = set()
    for value in values:
        if not _PLAIN.issuperset(value):
            return None
        literals.add((f'"{key}":"{value}"' if compact else f'"{value}"').encode("ascii"))
    return Clause(tuple(sorted(literals))) if literals else None


def plain_clause(values: Iterable[str]) -> Clause | None:
    """Return the clause of a text or number that must read as one of ``values``; ``None`` when a word may be null."""
    literals = set()
    for value in values:
        if not _NODE.fullmatch(value):
            return None
        literals.add(value.encode("ascii"))
    return Clause(tuple(sorted(literals))) if literals else None


def _sequence(items: Iterable[Any], flags: int) -> list[_Alternatives]:
    """Return the sets of alternatives that a sequence requires; literals that follow each other form one run."""
    required: list[_Alternatives] = []
    text = ""
    folded = bool(flags & re.IGNORECASE)
    for operation, argument in items:
        name = str(operation)
        character = chr(argument) if name == "LITERAL" else ""
        if character and _usable(character, flags):
            text += character
            continue
        if text:
            required.append((_Run(text, folded),))
            text = ""
        required.extend(_inner(name, argument, flags))
    if text:
        required.append((_Run(text, folded),))
    return required


def _inner(name: str, argument: Any, flags: int) -> list[_Alternatives]:
    if name == "SUBPATTERN":
        _, added, removed, items = argument
        return _sequence(items, (flags | added) & ~removed)
    if name == "ATOMIC_GROUP":
        return _sequence(argument, flags)
    if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
        least, _, items = argument
        return _sequence(items, flags) if least else []
    if name == "BRANCH":
        return _branch(argument[1], flags)
    return []


def _branch(branches: Sequence[Any], flags: int) -> list[_Alternatives]:
    """Return the one set that holds the best of each branch; nothing when a branch requires nothing."""
    joined: list[_Run] = []
    for branch in branches:
        best = _best(_sequence(branch, flags))
        if best is None:
            return []
        joined.extend(best)
    return [tuple(joined)] if len(set(joined)) <= _MOST_ALTERNATIVES else []


def _best(required: Sequence[_Alternatives]) -> _Alternatives | None:
    """Return the set whose shortest literal is longest, counting more alternatives as a drawback."""
    useful = [runs for runs in required if _shortest(runs) >= _SHORTEST_USEFUL]
    return max(useful, key=lambda runs: (_shortest(runs) / len(set(runs)) ** 0.5, -len(runs)), default=None)


def _shortest(runs: _Alternatives) -> int:
    return min(len(run.text) for run in runs)


def _usable(character: str, flags: int) -> bool:
    if character not in _PLAIN:
        return False
    return not flags & re.IGNORECASE or bool(flags & re.ASCII) or character not in _FOLDS_BEYOND_ASCII


def _without_longer(literals: set[bytes]) -> set[bytes]:
    """Drop literals that contain another: wherever they stand, the shorter one is found too."""
    return {one for one in literals if not any(other != one and other in one for other in literals)}
