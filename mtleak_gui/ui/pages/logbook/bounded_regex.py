# SPDX-License-Identifier: GPL-3.0-only
"""Regular expressions that give up after a fixed number of steps, so that no pattern can stop the window.

The engine's limit holds for each place where a match may begin, and its compiled code counts only some steps. So the
expression is tied to one place, going on from there as a step of its own, and is interpreted.
"""

from __future__ import annotations

import re
import time

from PySide6.QtCore import QRegularExpression

_STEPS = ((512, 10_000), (4096, 5_000))
"""Characters of a line and steps that they are worth; a step may walk the whole line. Longer lines are not searched."""
_GROUPS = 8
"""The engine copies what groups hold with each step; so many cost as much again."""
_MOST_MEMORY_KIB = 20_000
_MOST_SPANS = 200
_MOST_FOR_SPANS_S = 0.003


class SteppedRegex:
    """A pattern in Qt's engine (PCRE2), held to a match limit. ``is_valid``: whether that engine understands it."""

    def __init__(self, pattern: str, *, match_case: bool) -> None:
        options = QRegularExpression.PatternOption.NoPatternOption
        if not match_case:
            options |= QRegularExpression.PatternOption.CaseInsensitiveOption
        if not pattern.isascii():
            # As core.log_filter has it: what letters are beyond ASCII matters only to patterns that name some.
            options |= QRegularExpression.PatternOption.UseUnicodePropertiesOption
        self._expressions = [(length, QRegularExpression(_tied(pattern, steps), options)) for length, steps in _STEPS]
        self.is_valid = all(expression.isValid() for _, expression in self._expressions)

    def matches(self, text: str) -> bool | None:
        """Return whether the text matches; ``None`` when it gave up."""
        expression = self._for(text)
        match = None if expression is None else expression.match(text)
        return None if match is None or not match.isValid() else match.hasMatch()

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return start and end of the matches, none when it gave up. Places count characters."""
        found: list[tuple[int, int]] = []
        expression = self._for(text)
        # Qt counts in UTF-16; text beyond its first plane is rare enough to do without highlights.
        if expression is None or any(letter > "\uffff" for letter in text):
            return found
        at = 0
        until = time.perf_counter() + _MOST_FOR_SPANS_S
        while len(found) < _MOST_SPANS and at <= len(text) and time.perf_counter() < until:
            match = expression.match(text, at)
            if not match.isValid() or not match.hasMatch():
                break
            found.append((match.capturedStart(), match.capturedEnd()))
            at = match.capturedEnd() + (match.capturedLength() == 0)
        return found

    def _for(self, text: str) -> QRegularExpression | None:
        return next((expression for length, expression in self._expressions if len(text) <= length), None)


def stepped_regex(pattern: str, match_case: bool) -> SteppedRegex | None:  # noqa: FBT001 - called as core.log_matching wants
    """Return the pattern in the engine that gives up, ``None`` when that does not understand it."""
    made = SteppedRegex(pattern, match_case=match_case)
    return made if made.is_valid else None


def _tied(pattern: str, steps: int) -> str:
    try:
        known = re.compile(pattern)
    except re.error:
        return pattern
    least = steps // (1 + known.groups // _GROUPS)
    limits = f"(*NO_JIT)(*LIMIT_MATCH={least})(*LIMIT_DEPTH={least})(*LIMIT_HEAP={_MOST_MEMORY_KIB})"
    # A comment of a verbose pattern ends at the end of its line.
    last = "\n" if known.flags & re.VERBOSE else ""
    return rf"{limits}\G(?s:.*?)\K(?:{pattern}{last})"
