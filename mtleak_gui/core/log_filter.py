# SPDX-License-Identifier: GPL-3.0-only
"""Which log rows are wanted: one frozen value that a page edits and a run of the filter reads."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from mtleak_gui.core.log_columns import LEVELS
from mtleak_gui.core.regex_weight import shape_of

ALL_LEVELS = frozenset(LEVELS)
LONGEST_PATTERN = 1000
_MOST_LETTERS = 500_000
"""A few ms of compiling for each 65,536 letters in classes such as ``[!-\U0010ffff]``."""


class PatternError(ValueError):
    """A pattern that cannot be used. The text is for the tester: ``Missing ) at 1``.

    ``position`` is the place in the pattern where the trouble begins, from 0; ``None`` where there is none.
    """

    def __init__(self, text: str, position: int | None = None) -> None:
        super().__init__(text if position is None else f"{text} at {position + 1}")
        self.position = position


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What a row must be like to be shown. Marks are shown whatever the pattern, thread and device, by time and level.

    Lines without a level go with INFO: they are boot messages and crash dumps, which must not be lost with DEBUG.
    """

    pattern: str = ""
    """Looked for in the whole line without colours, not in the message alone."""
    regex: bool = True
    match_case: bool = False
    negate: bool = False
    """Rows that do not match the pattern are wanted."""
    levels: frozenset[str] = ALL_LEVELS
    thread: str | None = None
    port: str | None = None
    since: float = -math.inf
    """Epoch seconds, included, as ``until``."""
    until: float = math.inf
    boot: tuple[float, float] | None = None
    """Start, included, and end, not included, of the boot that is shown."""

    @property
    def span(self) -> tuple[float, float]:
        """Return the first and last time that is wanted, both included."""
        if self.boot is None:
            return self.since, self.until
        return max(self.since, self.boot[0]), min(self.until, math.nextafter(self.boot[1], -math.inf))

    @property
    def hides_some(self) -> bool:
        """Return whether any control but those of the boot and the device is set: what "Clear filter" takes back."""
        limited = math.isfinite(self.since) or math.isfinite(self.until)
        return limited or bool(self.pattern or self.thread is not None or self.levels != ALL_LEVELS)


def checked_pattern(wanted: LogFilter) -> re.Pattern[str] | None:
    """Return the pattern of a filter as a regular expression over the text of a line, ``None`` when there is none.

    Raises ``PatternError``.
    """
    if not wanted.pattern:
        return None
    if len(wanted.pattern) > LONGEST_PATTERN:
        raise PatternError(f"The pattern is longer than {LONGEST_PATTERN:,} characters")
    # Log text is ASCII but for names and chat; without regard to case "k" need not find the Kelvin sign.
    flags = re.ASCII if wanted.pattern.isascii() else 0
    if not wanted.match_case:
        flags |= re.IGNORECASE
    expression = wanted.pattern if wanted.regex else re.escape(wanted.pattern)
    if shape_of(expression, flags).letters > _MOST_LETTERS:
        raise PatternError("The classes of the pattern name too many letters. Use fewer of them, or \\w or a dot")
    try:
        return re.compile(expression, flags)
    except re.error as trouble:
        raise PatternError(_plain_words(trouble.msg), trouble.pos) from trouble
    except (RecursionError, OverflowError) as trouble:
        raise PatternError("The pattern is nested too deeply or repeats too often") from trouble


def _plain_words(message: str) -> str:
    """Return what the parser says as the start of a sentence, without its second thought."""
    words = message.split(", ", maxsplit=1)[0].strip()
    return words[:1].upper() + words[1:]
