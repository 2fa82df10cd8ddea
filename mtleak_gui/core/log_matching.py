# SPDX-License-Identifier: GPL-3.0-only
"""The pattern of a filter, looked for in blocks of rows: its literals first, then the expression, many rows at once.

Row by row go pieces with few rows left, and expressions that streams cannot tell: look-arounds, back references, groups
repeated without a limit, letters beyond ASCII. Those of them that may backtrack without end, and all others on long
rows, are left to an engine that gives up after a fixed number of steps (``BoundedRegex``), because that of the standard
library cannot be interrupted. Time is watched row by row, and a pattern that gave up too often is asked no more.
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
from mtleak_gui.core.piece_size import FEWEST
from mtleak_gui.core.regex_literals import Clause, required_clause
from mtleak_gui.core.regex_streams import StreamRegex, stream_regex
from mtleak_gui.core.regex_weight import LINE, shape_of

Mask = npt.NDArray[np.bool_]

_SPECIAL = frozenset(r".^$*+?{}[]\|()")
_FEW = 16
"""Where fewer than one row in so many is a candidate, rows are looked at one by one."""
_MOST_SPANS = 200
_ROWS_OF_LITERALS = 4096
_ROWS_OF_EXPRESSIONS = 128
_MOST_S = 0.02
"""How long one call may take, in seconds of the processor; one row more takes a few ms."""
_MOST_GIVEN_UP = 500
"""Rows on which a pattern may give up before it is asked no more: a few seconds of work in all."""
_MOST_FOR_SPANS_S = 0.03
_KEPT_SPANS = 256


class BoundedRegex(Protocol):
    """An expression in an engine that gives up."""

    def matches(self, text: str) -> bool | None:
        """Return whether the text matches; ``None`` when it gave up."""

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return start and end of the matches, none when it gave up."""


MakeBounded = Callable[[str, bool], BoundedRegex | None]
"""Makes one from a pattern and whether case matters; ``None`` when the engine does not understand the pattern."""


class TooManyRowsError(Exception):
    """A piece of rows takes too long: nothing of it is decided, fewer rows are to be asked for."""


def _standing() -> float:
    return 0.0


class TextMatcher:
    """The pattern of one filter. Raises ``PatternError`` at once, with the place, for a pattern that cannot be used.

    ``clock`` tells seconds of the processor, by which a pattern that takes long is cut off.
    """

    def __init__(self, wanted: LogFilter, make_bounded: MakeBounded, clock: Callable[[], float] = _standing) -> None:
        self._pattern = checked_pattern(wanted)
        self._negate = wanted.negate
        self._rows: _RowTest | None = None
        self.undecided = 0
        """Rows on which the bounded engine gave up so far, or that nobody had time for; they count as not matching."""
        self._clock = clock
        self._given_up = 0
        self._spans_left_s = _MOST_FOR_SPANS_S
        self._known_spans: dict[str, list[tuple[int, int]]] = {}
        if self._pattern is None:
            return
        self._clause = _exact_clause(wanted) or _clause(self._pattern)
        self._is_exact = _exact_clause(wanted) is not None
        self._shape = shape_of(self._pattern.pattern, self._pattern.flags)
        bounded = make_bounded(self._pattern.pattern, wanted.match_case)
        if self._shape.heavy and bounded is None:
            raise PatternError("The pattern may search a line without end. Use fewer repeats")
        expression = _over_bytes(self._pattern)
        self._rows = _RowTest(self._pattern, expression, bounded, heavy=self._shape.heavy, is_literal=not wanted.regex)
        self._streams = None if expression is None else stream_regex(expression)

    @property
    def first_piece(self) -> int:
        """How many rows to look at first; how long they take tells how many are right."""
        if self._rows is None or self._is_exact:
            return _ROWS_OF_LITERALS
        return FEWEST if self._streams is None else _ROWS_OF_EXPRESSIONS

    @property
    def is_cut_off(self) -> bool:
        """Whether the pattern gave up on so many rows that it is asked no more."""
        return self._given_up >= _MOST_GIVEN_UP

    def matching(self, rows: LogPiece, candidates: Mask, *, at_once: bool = False) -> Mask:
        """Return which candidates (a mask over the rows) have the pattern, or have it not when it is negated.

        Raises ``TooManyRowsError``, for more than ``FEWEST`` rows, when they take too long; asked for ``at_once``, the
        rest of them is left undecided instead.
        """
        if self._rows is None:
            return candidates
        found = self._found(rows, candidates, self._rows, at_once=at_once)
        return candidates & ~found if self._negate else found

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return where the pattern stands in a text, for highlights; nothing when it is negated."""
        if self._rows is None or self._negate:
            return []
        if text not in self._known_spans:
            began = self._clock()
            found = [] if self.is_cut_off or self._spans_left_s <= 0 else self._rows.spans(text)
            took = self._clock() - began
            # All rows of a screen are drawn in one go: a pattern that takes long is soon without highlights.
            self._spans_left_s -= took if took > _MOST_FOR_SPANS_S / 50 else 0.0
            if len(self._known_spans) >= _KEPT_SPANS:
                self._known_spans.clear()
            self._known_spans[text] = found
        return self._known_spans[text]

    def _found(self, rows: LogPiece, candidates: Mask, test: _RowTest, *, at_once: bool) -> Mask:
        if self._clause is not None and _are_many(candidates):
            candidates = candidates & rows.holding(self._clause)
            if self._is_exact:
                return candidates
        if self._streams is not None and (_are_many(candidates) or rows.has_longer(LINE, candidates)):
            return candidates & rows.matching(self._streams)
        found = np.zeros(len(candidates), np.bool_)
        places = np.flatnonzero(candidates).tolist()
        # A look at the clock costs as much as an easy row.
        each = 1 if self._shape.heavy else FEWEST
        until = self._clock() + _MOST_S
        for done, index in enumerate(places):
            is_late = done % each == 0 and self._clock() > until
            if is_late and not at_once and len(candidates) > FEWEST:
                raise TooManyRowsError
            if is_late or self.is_cut_off:
                self.undecided += len(places) - done
                break
            answer = test.matches(rows.raw(index))
            if answer is None:
                self.undecided += 1
                self._given_up += 1
            found[index] = answer is True
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

    def has_longer(self, length: int, candidates: Mask) -> bool:
        """Return whether a candidate is longer than so many bytes."""
        return bool((np.diff(self._offsets)[candidates] > length + 1).any())

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
        bounded: BoundedRegex | None,
        *,
        heavy: bool,
        is_literal: bool,
    ) -> None:
        self._text = pattern
        self._bytes = expression
        self._heavy, self._is_literal = heavy, is_literal
        self._bounded = bounded

    def matches(self, raw: bytes | bytearray) -> bool | None:
        if self._heavy or len(raw) > LINE:
            return self._in_long(raw.decode("utf-8", "replace"))
        if self._bytes is not None:
            return self._bytes.search(raw) is not None
        return self._text.search(raw.decode("utf-8", "replace")) is not None

    def _in_long(self, text: str) -> bool | None:
        if self._is_literal:
            return self._text.search(text) is not None
        return None if self._bounded is None else self._bounded.matches(text)

    def spans(self, text: str) -> list[tuple[int, int]]:
        if not self._is_literal and (self._heavy or len(text) > LINE):
            return [] if self._bounded is None else self._bounded.spans(text)
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
