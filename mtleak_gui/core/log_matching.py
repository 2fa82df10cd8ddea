# SPDX-License-Identifier: GPL-3.0-only
"""The pattern of a filter, looked for in blocks of rows: literals in the joined bytes first, then the expression.

A block takes 0.2 to 2 ms. Expressions that may backtrack without end are left to an engine that gives up after a fixed
number of steps (``BoundedRegex``), because that of the standard library cannot be interrupted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.log_filter import LogFilter, PatternError, checked_pattern
from mtleak_gui.core.log_store import LogBlock
from mtleak_gui.core.regex_literals import Clause, required_clause
from mtleak_gui.core.regex_weight import LINE, RegexShape, shape_of

Mask = npt.NDArray[np.bool_]

_SPECIAL = frozenset(r".^$*+?{}[]\|()")
_ESCAPE_OR_CAPITAL = re.compile(r"\\.|[A-Z]")
_CASE_IS_HIDDEN = re.compile(r"\\[xuUN0-9]|[A-Z]-[a-z]|[^a-zA-Z]-[a-zA-Z]|[a-zA-Z]-[^a-zA-Z]")
"""Letters written as numbers, and ranges that are not from letter to letter of one case: small letters change these."""
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
        self._rows = _RowTest(self._pattern, self._shape, bounded)
        self._together = _together(self._pattern, self._shape)

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
        if self._together is not None and _are_many(candidates):
            return candidates & self._together.rows(rows)
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
        self._offsets = block.offsets[start : stop + 1]
        self._lowered: bytes | None = None

    def raw(self, index: int) -> bytes:
        """Return the text of a row of the piece."""
        return self._block.raw(self._start + index)

    def holding(self, clause: Clause) -> Mask:
        """Return the rows that hold a literal of the clause."""
        found = np.zeros(len(self._offsets) - 1, np.bool_)
        for literal in clause.literals:
            found |= self.with_matches(re.compile(re.escape(literal) + rb"[^\n]*"), lowered=clause.folded)
        return found

    def with_matches(self, expression: re.Pattern[bytes], *, lowered: bool) -> Mask:
        """Return the rows in which a match begins; the expression must go on to the end of the row."""
        first, end = int(self._offsets[0]), int(self._offsets[-1]) - 1  # without the last newline: a match may be empty
        if lowered:
            text = self._in_small_letters(first, end)
            starts = [match.start() + first for match in expression.finditer(text)]
        else:
            starts = [match.start() for match in expression.finditer(self._block.text, first, end)]
        found = np.zeros(len(self._offsets) - 1, np.bool_)
        found[np.searchsorted(self._offsets, starts, side="right") - 1] = True
        return found

    def _in_small_letters(self, first: int, end: int) -> bytes:
        if self._lowered is None:
            self._lowered = bytes(self._block.text[first:end]).lower()
        return self._lowered


class _RowTest:
    """The expression on one row."""

    def __init__(self, pattern: re.Pattern[str], shape: RegexShape, bounded: BoundedRegex | None) -> None:
        self._text = pattern
        self._bytes = re.compile(pattern.pattern.encode(), pattern.flags & ~re.UNICODE) if _is_ascii(pattern) else None
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


class _Together:
    """An expression for many rows at once: one match for each row that has one."""

    def __init__(self, expression: re.Pattern[bytes], *, lowered: bool) -> None:
        self._expression = expression
        self._lowered = lowered

    def rows(self, piece: LogPiece) -> Mask:
        """Return the rows that match."""
        return piece.with_matches(self._expression, lowered=self._lowered)


def _together(pattern: re.Pattern[str], shape: RegexShape) -> _Together | None:
    """Return the expression for many rows, ``None`` when that would not be the same as row by row.

    Without regard to case it is looked for in small letters, because the flag for it makes a search five times slower.
    """
    if shape.heavy or not shape.within_a_line or not _is_ascii(pattern):
        return None
    text, lowered = pattern.pattern, bool(pattern.flags & re.IGNORECASE)
    if lowered:
        if _CASE_IS_HIDDEN.search(text):
            return None
        text = _ESCAPE_OR_CAPITAL.sub(lambda found: found[0] if found[0][0] == "\\" else found[0].lower(), text)
    flags = (pattern.flags & ~(re.UNICODE | re.IGNORECASE)) | re.MULTILINE
    try:
        return _Together(re.compile(b"(?:" + text.encode() + rb")[^\n]*", flags), lowered=lowered)
    except re.error:
        return None  # flags in the middle of it
