# SPDX-License-Identifier: GPL-3.0-only
"""The pattern of a filter, looked for in blocks of rows: its literals first, then the expression, many rows at once.

Row by row go pieces with few rows left, and expressions that streams cannot tell: look-arounds, back references, groups
repeated without a limit, letters beyond ASCII. Those of them that may backtrack without end are left to an engine that
gives up after a fixed number of steps (``BoundedRegex``), because that of the standard library cannot be interrupted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.bit_rows import BitRows
from mtleak_gui.core.literal_places import LiteralPlaces
from mtleak_gui.core.log_filter import LogFilter, PatternError, checked_pattern
from mtleak_gui.core.log_store import LogBlock
from mtleak_gui.core.regex_literals import Clause, required_clause
from mtleak_gui.core.regex_streams import StreamRegex, stream_regex
from mtleak_gui.core.regex_weight import LINE, RegexShape, shape_of

Mask = npt.NDArray[np.bool_]

_SPECIAL = frozenset(r".^$*+?{}[]\|()")
_FEW = 16
"""Where fewer than one row in so many is a candidate, rows are looked at one by one."""
_MOST_SPANS = 200
_ROWS_OF_LITERALS = 4096
_ROWS_OF_EXPRESSIONS = 128
_ROWS_OF_HEAVY = 16


class BoundedRegex(Protocol):
    """An expression in an engine that gives up."""

    def matches(self, text: str) -> bool | None:
        """Return whether the text matches; ``None`` when it gave up."""

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return start and end of the matches, none when it gave up."""


MakeBounded = Callable[[str, bool], BoundedRegex | None]
"""Makes one from a pattern and whether case matters; ``None`` when the engine does not understand the pattern."""


class TextMatcher:
    """The pattern of one filter. Raises ``PatternError`` at once, with the place, for a pattern that cannot be used."""

    def __init__(self, wanted: LogFilter, make_bounded: MakeBounded) -> None:
        self._pattern = checked_pattern(wanted)
        self._negate = wanted.negate
        self._rows: _RowTest | None = None
        self.undecided = 0
        """Rows on which the bounded engine gave up so far; they count as not matching."""
        if self._pattern is None:
            return
        self._clause = _exact_clause(wanted) or _clause(self._pattern)
        self._is_exact = _exact_clause(wanted) is not None
        self._shape = shape_of(self._pattern.pattern, self._pattern.flags)
        bounded = make_bounded(self._pattern.pattern, wanted.match_case) if self._shape.repeats else None
        if self._shape.heavy:
            bounded = bounded or make_bounded(self._pattern.pattern, wanted.match_case)
            if bounded is None:
                raise PatternError("The pattern may search a line without end. Use fewer repeats")
        expression = _over_bytes(self._pattern)
        self._rows = _RowTest(self._pattern, expression, self._shape, bounded)
        self._streams = None if expression is None else stream_regex(expression)

    @property
    def first_piece(self) -> int:
        """How many rows to look at first; how long they take tells how many are right."""
        if self._rows is None or self._is_exact:
            return _ROWS_OF_LITERALS
        return _ROWS_OF_HEAVY if self._shape.heavy else _ROWS_OF_EXPRESSIONS

    def matching(self, rows: LogPiece, candidates: Mask) -> Mask:
        """Return which candidates (a mask over the rows) have the pattern, or have it not when it is negated."""
        if self._rows is None:
            return candidates
        found = self._found(rows, candidates, self._rows)
        return candidates & ~found if self._negate else found

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the pattern stands in a text, for highlights; nothing when it is negated."""
        if self._rows is None or self._negate:
            return []
        return self._rows.spans(text)

    def _found(self, rows: LogPiece, candidates: Mask, test: _RowTest) -> Mask:
        if self._clause is not None and _are_many(candidates):
            candidates = candidates & rows.holding(self._clause)
            if self._is_exact:
                return candidates
        if self._streams is not None and _are_many(candidates):
            return candidates & rows.matching(self._streams)
        found = np.zeros(len(candidates), np.bool_)
        for index in np.flatnonzero(candidates).tolist():
            answer = test.matches(rows.raw(index))
            if answer is None:
                self.undecided += 1
            elif answer:
                found[index] = True
        return found


class LogPiece:
    """The rows of a block from ``start`` up to, not including, ``stop``, as the matchers look at them."""

    def __init__(self, block: LogBlock, start: int, stop: int) -> None:
        self._block = block
        self._start = start
        first = int(block.offsets[start])
        self._offsets = block.offsets[start : stop + 1].astype(np.int64) - first
        self._span = slice(first, first + int(self._offsets[-1]))
        self._literals: LiteralPlaces | None = None

    def raw(self, index: int) -> bytes:
        """Return the text of a row of the piece."""
        return self._block.raw(self._start + index)

    def holding(self, clause: Clause) -> Mask:
        """Return the rows that hold a literal of the clause."""
        found = np.zeros(len(self._offsets) - 1, np.bool_)
        for literal in clause.literals:
            before = np.searchsorted(self._places().of(literal, folded=clause.folded), self._offsets)
            found |= before[1:] > before[:-1]
        return found

    def matching(self, expression: StreamRegex) -> Mask:
        """Return the rows that an expression matches."""
        rows = BitRows(self._places(), self._offsets[1:] - 1)
        return rows.with_any(expression.ends(rows))

    def _places(self) -> LiteralPlaces:
        if self._literals is None:
            # A copy, because a block that is still being filled cannot grow while a view of its text is held.
            self._literals = LiteralPlaces(bytes(self._block.text[self._span]))
        return self._literals


class _RowTest:
    """The expression on one row."""

    def __init__(
        self,
        pattern: re.Pattern[str],
        expression: re.Pattern[bytes] | None,
        shape: RegexShape,
        bounded: BoundedRegex | None,
    ) -> None:
        self._text = pattern
        self._bytes = expression
        self._heavy = shape.heavy
        self._bounded = bounded

    def matches(self, raw: bytes | bytearray) -> bool | None:
        if self._bounded is not None and (self._heavy or len(raw) > LINE):
            return self._bounded.matches(raw.decode("utf-8", "replace"))
        if self._bytes is not None:
            return self._bytes.search(raw) is not None
        return self._text.search(raw.decode("utf-8", "replace")) is not None

    def spans(self, text: str) -> list[tuple[int, int]]:
        if self._bounded is not None and (self._heavy or len(text) > LINE):
            return self._bounded.spans(text)
        return [match.span() for match, _ in zip(self._text.finditer(text), range(_MOST_SPANS), strict=False)]


def _is_ascii(pattern: re.Pattern[str]) -> bool:
    return bool(pattern.flags & re.ASCII)


def _over_bytes(pattern: re.Pattern[str]) -> re.Pattern[bytes] | None:
    """Return a pattern for text that need not be decoded, ``None`` when it names what only text has (``\\u2603``)."""
    try:
        return re.compile(pattern.pattern.encode(), pattern.flags & ~re.UNICODE) if _is_ascii(pattern) else None
    except re.error:
        return None


def _exact_clause(wanted: LogFilter) -> Clause | None:
    """Return the literals of a pattern that is nothing but literals: a row matches if and only if it holds one."""
    texts = wanted.pattern.split("|") if wanted.regex else [wanted.pattern]
    if not wanted.pattern.isascii() or "\n" in wanted.pattern or "" in texts:
        return None
    if wanted.regex and any(not _SPECIAL.isdisjoint(text) for text in texts):
        return None
    folded = not wanted.match_case
    return Clause(tuple({(text.lower() if folded else text).encode() for text in texts}), folded)


def _clause(pattern: re.Pattern[str]) -> Clause | None:
    return required_clause(pattern) if _is_ascii(pattern) else None


def _are_many(candidates: Mask) -> bool:
    return int(np.count_nonzero(candidates)) * _FEW > len(candidates)
