# SPDX-License-Identifier: GPL-3.0-only
"""What a setting may be: one small rule per kind of value, which takes the value or says why not, in a sentence."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from pathlib import PurePosixPath, PureWindowsPath
from typing import NamedTuple, Protocol

_LONGEST_JSON = 200_000
_SHOWN = 40


class RefusedValueError(ValueError):
    """A value that a setting cannot take. The text names the value and what is allowed."""


class Rule(Protocol):
    """One kind of value."""

    @property
    def allowed(self) -> str:
        """What is allowed, in words that finish the sentence "Allowed: ..."."""

    def take(self, value: object) -> object:
        """Return the value as it is kept. Raises ``RefusedValueError``."""


class Flag(NamedTuple):
    """On or off."""

    @property
    def allowed(self) -> str:
        """What is allowed."""
        return "on or off"

    def take(self, value: object) -> bool:
        """Take a bool."""
        if isinstance(value, bool):
            return value
        raise refusal(value, self)


class Choice(NamedTuple):
    """One of a few words."""

    words: tuple[str, ...]

    @property
    def allowed(self) -> str:
        """What is allowed."""
        return " or ".join([", ".join(self.words[:-1]), self.words[-1]] if len(self.words) > 1 else self.words)

    def take(self, value: object) -> str:
        """Take one of the words."""
        if isinstance(value, str) and value in self.words:
            return value
        raise refusal(value, self)


class Whole(NamedTuple):
    """A whole number from ``low`` to ``high``, both included, in ``unit``."""

    low: int
    high: int
    unit: str = ""

    @property
    def allowed(self) -> str:
        """What is allowed."""
        return f"{self.low:,} to {self.high:,} {self.unit}".rstrip()

    def take(self, value: object) -> int:
        """Take an int; a bool is none."""
        if isinstance(value, int) and not isinstance(value, bool) and self.low <= value <= self.high:
            return value
        raise refusal(value, self)


class Moment(NamedTuple):
    """An epoch time in seconds, or ``None``."""

    @property
    def allowed(self) -> str:
        """What is allowed."""
        return "a time in seconds since 1970, or nothing"

    def take(self, value: object) -> float | None:
        """Take a finite number that is not negative."""
        if value is None:
            return None
        if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value < math.inf:
            return float(value)
        raise refusal(value, self)


class Text(NamedTuple):
    """One printable line of ``shortest`` to ``longest`` characters, no space at its ends."""

    longest: int
    shortest: int = 1

    @property
    def allowed(self) -> str:
        """What is allowed."""
        return f"{self.shortest} to {self.longest} printable characters"

    def take(self, value: object) -> str:
        """Take a line, cut of the spaces at its ends."""
        if isinstance(value, str) and value.isprintable() and self.shortest <= len(value.strip()) <= self.longest:
            return value.strip()
        raise refusal(value, self)


class Folder(NamedTuple):
    """The absolute path of a folder, or ``None`` for the usual one."""

    @property
    def allowed(self) -> str:
        """What is allowed."""
        return "the whole path of a folder, or nothing for the usual one"

    def take(self, value: object) -> str | None:
        """Take a path that is absolute on this or another system; whether it is there is not asked."""
        if value is None:
            return None
        if isinstance(value, str) and "\0" not in value and _is_absolute(value):
            return value
        raise refusal(value, self)


class Plain(NamedTuple):
    """A JSON object of modest size, kept for somebody else who knows what it means."""

    @property
    def allowed(self) -> str:
        """What is allowed."""
        return f"a JSON object of at most {_LONGEST_JSON:,} characters"

    def take(self, value: object) -> Mapping[str, object]:
        """Take a mapping, copied through JSON so that nobody else can change it."""
        try:
            text = json.dumps(value, allow_nan=False)
        except (TypeError, ValueError, RecursionError) as error:
            raise refusal(value, self) from error
        if not isinstance(value, Mapping) or len(text) > _LONGEST_JSON:
            raise refusal(value, self)
        copy: dict[str, object] = json.loads(text)
        return copy


class Words(NamedTuple):
    """A few distinct lines."""

    limit: int
    longest: int

    @property
    def allowed(self) -> str:
        """What is allowed."""
        return f"at most {self.limit} different lines of at most {self.longest} characters"

    def take(self, value: object) -> tuple[str, ...]:
        """Take a list or tuple, each line once."""
        if not isinstance(value, (list, tuple)):
            raise refusal(value, self)
        line = Text(self.longest)
        words = tuple(dict.fromkeys(line.take(word) for word in value))
        if len(words) > self.limit:
            raise refusal(f"{len(words)} lines", self)
        return words


class Pairs(NamedTuple):
    """Names with a short text each, such as keys of the keyboard by what they do."""

    limit: int
    longest: int

    @property
    def allowed(self) -> str:
        """What is allowed."""
        return f"at most {self.limit} names with a text of at most {self.longest} characters each"

    def take(self, value: object) -> Mapping[str, str]:
        """Take a mapping; a text may be empty."""
        if not isinstance(value, Mapping) or len(value) > self.limit:
            raise refusal(value, self)
        name, text = Text(self.longest), Text(self.longest, shortest=0)
        return {name.take(key): text.take(word) for key, word in value.items()}


def refusal(value: object, rule: Rule) -> RefusedValueError:
    """Return the error that names the value and what is allowed."""
    shown = repr(value)
    if len(shown) > _SHOWN:
        shown = shown[: _SHOWN - 1] + "…"
    return RefusedValueError(f"{shown} is not allowed here. Allowed: {rule.allowed}.")


def _is_absolute(path: str) -> bool:
    return PurePosixPath(path).is_absolute() or PureWindowsPath(path).is_absolute()
