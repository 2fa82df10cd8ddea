# SPDX-License-Identifier: GPL-3.0-only
"""Which rows a query wants: a value made from its arguments, and what the raw bytes of such rows must contain."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from mtleak_gui.core.regex_literals import Clause, plain_clause, quoted_clause, required_clause
from mtleak_gui.storage.query_answers import QueryError
from mtleak_gui.storage.row_decoding import SeenRow

_Test = Callable[[SeenRow], bool]

_SHOWN_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Rows whose ``line`` the expression finds and whose keys hold one of the values allowed for them.

    ``equal`` compares text as it stands, ``spelled`` whatever the row holds as text (nodes are text or numbers).
    """

    expression: re.Pattern[str] | None = None
    equal: tuple[tuple[str, frozenset[str]], ...] = ()
    spelled: tuple[tuple[str, frozenset[str]], ...] = ()

    @property
    def wants_all(self) -> bool:
        """Return whether every row passes."""
        return self.expression is None and not self.equal and not self.spelled

    def clauses(self, *, compact: bool) -> list[Clause]:
        """Return what the raw bytes of each wanted row contain, one clause for each condition that allows one.

        ``compact`` says that the rows have no spaces between keys and values.
        """
        found = [quoted_clause(key, values, compact=compact) for key, values in self.equal]
        found += [plain_clause(values) for _, values in self.spelled]
        if self.expression is not None:
            found.append(required_clause(self.expression))
        return [clause for clause in found if clause is not None]

    def acceptor(self) -> _Test:
        """Return the test of one row, as short as the conditions allow: it runs millions of times."""
        tests = [_by_value(attrgetter(key), values) for key, values in self.equal]
        tests += [_by_spelling(attrgetter(key), values) for key, values in self.spelled]
        if self.expression is not None or not tests:
            tests.append(_by_line(self.expression))
        return tests[0] if len(tests) == 1 else lambda row: all(test(row) for test in tests)


def compiled(grep: str | None) -> re.Pattern[str] | None:
    """Return the expression, ``None`` when there is none or it is empty. Raises ``QueryError``."""
    if not grep:
        return None
    try:
        return re.compile(grep)
    except (re.error, OverflowError, RecursionError) as trouble:
        shown = grep if len(grep) <= _SHOWN_CHARACTERS else f"{grep[:_SHOWN_CHARACTERS]}..."
        message = f"grep {shown!r} is no regular expression that can be used ({trouble}): give one in Python's syntax"
        raise QueryError(message) from trouble


def alternatives(words: str | None) -> frozenset[str] | None:
    """Return the set that ``A|B`` names, ``None`` when it names nothing."""
    return frozenset(word.strip() for word in (words or "").split("|") if word.strip()) or None


def _by_value(read: Callable[[SeenRow], object], values: frozenset[str]) -> _Test:
    return lambda row: isinstance(value := read(row), str) and value in values


def _by_spelling(read: Callable[[SeenRow], object], values: frozenset[str]) -> _Test:
    return lambda row: str(read(row)) in values


def _by_line(expression: re.Pattern[str] | None) -> _Test:
    if expression is None:
        return lambda _: True
    search = expression.search

    def finds(row: SeenRow) -> bool:
        line = row.line
        return search(line if isinstance(line, str) else "") is not None

    return finds
