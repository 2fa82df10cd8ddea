# SPDX-License-Identifier: GPL-3.0-only
"""How long a regular expression may take on one line, told from its shape before it is run.

The standard library's matcher cannot be interrupted, so an expression that may backtrack for seconds on an unlucky line
must not be given to it in a window. Errs on the safe side: many harmless expressions count as heavy.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any, NamedTuple

LINE = 512
"""Characters of a line for which the estimate holds; firmware lines are shorter."""
_LIGHT_STEPS = math.log2(LINE) * 2
"""One repeat without a limit, tried from each place of the line: a quarter of a million steps, about 2 ms."""
_SINGLE = frozenset({"LITERAL", "NOT_LITERAL", "ANY", "IN"})
_FREE = _SINGLE | {"AT", "FAILURE", "SUCCESS"}
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"})
_GROUPS = {"SUBPATTERN": 3, "ASSERT": 1, "ASSERT_NOT": 1}
"""Where in their arguments the sequence stands."""
_HEAVY = math.inf
_MOST_LETTERS = 0x10000
"""The standard library takes about 5 ms to compile a class of so many letters, and of more."""


class RegexShape(NamedTuple):
    """What matching must know of an expression."""

    heavy: bool
    """It may take longer than a few ms on a line of ``LINE`` characters."""
    letters: int
    """How many letters its classes name, a larger class counting as one of 65,536: what compiling it takes."""


def shape_of(pattern: str, flags: int) -> RegexShape:
    """Return the shape of an expression; a heavy one where it is none, or the parser of this version unknown."""
    try:
        tree = import_module("re._parser").parse(pattern, flags)
        steps = math.log2(LINE) + _steps(tree, top=True)
        return RegexShape(steps > _LIGHT_STEPS, _letters(tree))
    except (ImportError, AttributeError, TypeError, ValueError, RecursionError, OverflowError, re.error):
        return RegexShape(heavy=True, letters=0)


def _steps(items: Iterable[Any], *, top: bool = False) -> float:
    """Return the binary logarithm of how many ways there are to try these items at one place of a line."""
    found = [(str(operation), argument) for operation, argument in items]
    alone = top and len(found) == 1
    return sum(_steps_of(name, argument, alone=alone) for name, argument in found)


def _steps_of(name: str, argument: Any, *, alone: bool) -> float:
    if name in _REPEATS:
        return _steps_of_repeat(argument)
    if name == "BRANCH":
        branches = argument[1]
        return max(_steps(branch) for branch in branches) + (0.0 if alone else math.log2(len(branches)))
    if name in _GROUPS:
        return _steps(argument[_GROUPS[name]])
    if name == "ATOMIC_GROUP":
        return _steps(argument)
    # Whatever is not known may take any time.
    return 0.0 if name in _FREE else _HEAVY


def _steps_of_repeat(argument: Any) -> float:
    least, most, items = argument
    inner = list(items)
    if len(inner) != 1 or str(inner[0][0]) not in _SINGLE:
        return _HEAVY if int(most) > 1 else 1.0 + _steps(inner)
    return math.log2(min(int(most) - int(least) + 1, LINE))


def _letters(items: Iterable[Any]) -> int:
    found = 0
    for operation, argument in items:
        if str(operation) == "IN":
            ranges = [part[1] for part in argument if str(part[0]) == "RANGE"]
            found += sum(min(int(last) - int(first), _MOST_LETTERS) for first, last in ranges)
        else:
            found += sum(_letters(inner) for inner in _inside(argument))
    return found


def _inside(argument: Any) -> list[Any]:
    """Return the sequences that an operation holds."""
    if hasattr(argument, "data"):
        return [argument]
    if isinstance(argument, list):
        return argument if argument and hasattr(argument[0], "data") else []
    if isinstance(argument, tuple):
        return [inner for part in argument for inner in _inside(part)]
    return []
