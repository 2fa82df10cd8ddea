# SPDX-License-Identifier: GPL-3.0-only
"""Which rows an expression matches, found for thousands of rows at once by working on streams of bits.

Takes the same time whatever the rows hold, because nothing is tried and taken back: a stream holds all places that a
match may have come to. It tells that there is a match, not where. Walks the parse tree of the standard library, which
is the only one that is sure to agree with it; look-arounds, back references and repeated groups without a limit are not
understood.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from itertools import groupby
from typing import Any

from mtleak_gui.core.bit_rows import NEWLINE, BitRows, ByteSet, runs, star
from mtleak_gui.core.regex_bytes import bytes_of, bytes_of_class

Step = Callable[[BitRows, int], int]
"""From the places where it may begin to those where it may end; a place is the byte that comes next."""

_MOST_STEPS = 100
_WITHOUT_LIMIT = 1 << 31
_WORD = ByteSet.of(bytes_of_class(rb"\w"))
_EMPTY_HAS_NO_EDGES = re.search(rb"\B", b"") is None
"""Before Python 3.14 ``\\B`` does not match an empty text."""


class _NotUnderstoodError(ValueError):
    """The expression holds what streams cannot tell."""


class StreamRegex:
    """An expression as what is to be done with streams; made by ``stream_regex``."""

    def __init__(self, step: Step) -> None:
        self._step = step

    def ends(self, rows: BitRows) -> int:
        """Return the places where a match ends, the byte behind it each."""
        return self._step(rows, rows.all)


def stream_regex(expression: re.Pattern[bytes]) -> StreamRegex | None:
    """Return an expression for many rows, ``None`` when it is not one that streams can tell."""
    try:
        tree = import_module("re._parser").parse(expression.pattern, expression.flags)
        return StreamRegex(_Reading().sequence(tree, expression.flags | tree.state.flags))
    except (ImportError, AttributeError, TypeError, ValueError, RecursionError):
        return None  # not understood, or a parser of another Python version: slower, never wrong


class _Reading:
    """The parse tree of one expression, as far as it was read."""

    def __init__(self) -> None:
        self._left = _MOST_STEPS

    def sequence(self, items: Iterable[Any], flags: int) -> Step:
        """Return the step of items that follow each other. Raises ``ValueError``."""
        steps: list[Step] = []
        for is_literal, group in groupby(items, _is_literal):
            some = list(group)
            if is_literal and len(some) > 1:
                self._spend(1)
                steps.append(_literal(bytes(argument for _, argument in some), folded=bool(flags & re.IGNORECASE)))
            else:
                steps += [self._one(str(operation), argument, flags) for operation, argument in some]
        return steps[0] if len(steps) == 1 else _one_after_another(steps)

    def _one(self, name: str, argument: Any, flags: int) -> Step:
        self._spend(1)
        members = bytes_of(name, argument, flags)
        if members is not None:
            return _repeat_of_byte(members, 1, 1)
        if name == "AT":
            return _at(str(argument), flags)
        if name == "BRANCH":
            return _any_of([self.sequence(branch, flags) for branch in argument[1]])
        if name == "SUBPATTERN":
            _, added, removed, items = argument
            return self.sequence(items, (flags | added) & ~removed)
        if name in {"MAX_REPEAT", "MIN_REPEAT"}:
            return self._repeat(int(argument[0]), int(argument[1]), list(argument[2]), flags)
        raise _NotUnderstoodError(name)

    def _repeat(self, least: int, most: int, items: Sequence[Any], flags: int) -> Step:
        if len(items) == 1:
            members = bytes_of(str(items[0][0]), items[0][1], flags)
            if members is not None:
                return _repeat_of_byte(members, least, most)
        before = self._left
        self._spend(1)
        step = self.sequence(items, flags)
        self._spend((before - self._left) * max(0, most - 1))
        return _repeat_of_step(step, least, most)

    def _spend(self, steps: int) -> None:
        self._left -= steps
        if self._left < 0:
            raise _NotUnderstoodError("too many steps")


def _is_literal(item: tuple[Any, Any]) -> bool:
    return str(item[0]) == "LITERAL" and item[1] != ord("\n")


def _literal(literal: bytes, *, folded: bool) -> Step:
    return lambda rows, cursors: (cursors & rows.literal(literal, folded=folded)) << len(literal)


def _one_after_another(steps: Sequence[Step]) -> Step:
    def run(rows: BitRows, cursors: int) -> int:
        for step in steps:
            if not cursors:
                break
            cursors = step(rows, cursors)
        return cursors

    return run


def _any_of(steps: Sequence[Step]) -> Step:
    def run(rows: BitRows, cursors: int) -> int:
        found = 0
        for step in steps:
            found |= step(rows, cursors)
        return found

    return run


def _repeat_of_byte(members: ByteSet, least: int, most: int) -> Step:
    def run(rows: BitRows, cursors: int) -> int:
        held = rows.held_by(members)
        if least:
            # Bits that stay are shifted by no more than the length of a row, however large the number.
            cursors &= runs(held, least)
            cursors = cursors << least if cursors else 0
        if most >= _WITHOUT_LIMIT:
            return star(cursors, held)
        gone, more = 0, most - least
        while gone < more:
            step = min(gone + 1, more - gone)
            further = cursors & runs(held, step)
            if not further:
                break
            cursors |= further << step
            gone += step
        return cursors

    return run


def _repeat_of_step(step: Step, least: int, most: int) -> Step:
    def run(rows: BitRows, cursors: int) -> int:
        found = 0 if least else cursors
        for times in range(1, most + 1):
            cursors = step(rows, cursors)
            if times >= least:
                found |= cursors
        return found

    return run


def _at(name: str, flags: int) -> Step:
    many_lines = "_OF_LINES" if flags & re.MULTILINE and name in {"AT_BEGINNING", "AT_END"} else ""
    places = _PLACES.get(name + many_lines)
    if places is None:
        raise _NotUnderstoodError(name)
    return lambda rows, cursors: cursors & places(rows)


def _word_edges(rows: BitRows) -> int:
    words = rows.held_by(_WORD)
    return words ^ (words << 1)


def _empty_rows(rows: BitRows) -> int:
    return rows.starts & rows.ends if _EMPTY_HAS_NO_EDGES else 0


_PLACES: Mapping[str, Callable[[BitRows], int]] = {
    "AT_BEGINNING": lambda rows: rows.starts,
    "AT_BEGINNING_STRING": lambda rows: rows.starts,
    "AT_BEGINNING_OF_LINES": lambda rows: rows.starts | rows.held_by(NEWLINE) << 1,
    "AT_END": lambda rows: rows.ends | (rows.ends >> 1 & rows.held_by(NEWLINE)),
    "AT_END_STRING": lambda rows: rows.ends,
    "AT_END_OF_LINES": lambda rows: rows.ends | rows.held_by(NEWLINE),
    "AT_BOUNDARY": _word_edges,
    "AT_NON_BOUNDARY": lambda rows: rows.all ^ _word_edges(rows) ^ _empty_rows(rows),
}
