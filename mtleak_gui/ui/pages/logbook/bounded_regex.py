# SPDX-License-Identifier: GPL-3.0-only
"""Regular expressions that give up after a fixed number of steps, so that no pattern can stop the window."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression

_STEPS = 50_000
"""About a tenth of a millisecond on one line."""
_MOST_SPANS = 200


class SteppedRegex:
    """A pattern in Qt's engine (PCRE2), held to a match limit. ``is_valid``: whether that engine understands it."""

    def __init__(self, pattern: str, *, match_case: bool) -> None:
        options = QRegularExpression.PatternOption.NoPatternOption
        if not match_case:
            options |= QRegularExpression.PatternOption.CaseInsensitiveOption
        if not pattern.isascii():
            # As core.log_filter has it: what letters are beyond ASCII matters only to patterns that name some.
            options |= QRegularExpression.PatternOption.UseUnicodePropertiesOption
        self._expression = QRegularExpression(f"(*LIMIT_MATCH={_STEPS})(*LIMIT_DEPTH={_STEPS}){pattern}", options)
        self.is_valid = self._expression.isValid()

    def matches(self, text: str) -> bool | None:
        """Return whether the text matches; ``None`` when it gave up."""
        match = self._expression.match(text)
        if not match.isValid():
            return None
        return match.hasMatch()

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return start and end of the matches, none when it gave up. Places count characters."""
        found: list[tuple[int, int]] = []
        # Qt counts in UTF-16; text beyond its first plane is rare enough to do without highlights.
        if any(letter > "\uffff" for letter in text):
            return found
        at = 0
        while len(found) < _MOST_SPANS and at <= len(text):
            match = self._expression.match(text, at)
            if not match.isValid() or not match.hasMatch():
                break
            found.append((match.capturedStart(), match.capturedEnd()))
            at = match.capturedEnd() + (match.capturedLength() == 0)
        return found


def stepped_regex(pattern: str, match_case: bool) -> SteppedRegex | None:  # noqa: FBT001 - called as core.log_matching wants
    """Return the pattern in the engine that gives up, ``None`` when that does not understand it."""
    made = SteppedRegex(pattern, match_case=match_case)
    return made if made.is_valid else None
