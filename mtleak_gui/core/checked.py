# SPDX-License-Identifier: GPL-3.0-only
"""Frozen dataclasses whose fields bear a rule each, checked when made and read from JSON field by field."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, NamedTuple, Self, cast, get_type_hints

from mtleak_gui.core.setting_rules import RefusedValueError, Rule, refusal

Trouble = Callable[[str, str], None]
"""Is told the path of a field and why its value was refused."""


class Checked:
    """A dataclass whose annotated fields ``Annotated[kind, rule]`` raise ``RefusedValueError`` when they break it."""

    __slots__ = ()

    def __post_init__(self) -> None:
        """Hold each field against its rule, and keep it as the rule takes it."""
        for name, rule in rules_of(type(self)).items():
            try:
                object.__setattr__(self, name, rule.take(getattr(self, name)))
            except RefusedValueError as error:
                raise RefusedValueError(f"{name.replace('_', ' ')}: {error}") from error

    @classmethod
    def read(cls, value: object, told: Trouble, path: str = "") -> Self:
        """Return what ``value``, out of JSON, says; ``told`` hears of each field that falls back to its default.

        Raises ``RefusedValueError`` when a field without a default is missing or junk.
        """
        if not isinstance(value, Mapping):
            told(path, f"{value!r} is not an object")
            value = {}
        taken: dict[str, Any] = {}
        for name, rule in rules_of(cls).items():
            if name not in value:
                continue
            place = f"{path}.{name}" if path else name
            try:
                taken[name] = (
                    rule.read(value[name], told, place) if isinstance(rule, Nested) else rule.take(value[name])
                )
            except RefusedValueError as error:
                told(place, str(error))
        try:
            return cls(**taken)
        except TypeError as error:
            raise RefusedValueError("a part without which it means nothing is missing or refused") from error

    @classmethod
    def rules(cls) -> Mapping[str, Rule]:
        """Return the rules by field name, in the order of the fields."""
        return rules_of(cls)

    def plain(self) -> dict[str, object]:
        """Return the value as JSON takes it."""
        return {name: _plain(getattr(self, name)) for name in rules_of(type(self))}


class Nested:
    """A rule whose value holds further fields; junk in one of them does not spoil the others."""

    __slots__ = ()

    def read(self, value: object, told: Trouble, path: str) -> object:
        """Return what JSON says, as far as it makes sense."""
        raise NotImplementedError


class Section(Nested):
    """One value of a checked class."""

    __slots__ = ("kind",)

    def __init__(self, kind: type[Checked]) -> None:
        self.kind = kind

    @property
    def allowed(self) -> str:
        """What is allowed."""
        return f"a value of {self.kind.__name__}"

    def take(self, value: object) -> Checked:
        """Take a value that is made already."""
        if isinstance(value, self.kind):
            return value
        raise refusal(value, self)

    def read(self, value: object, told: Trouble, path: str) -> Checked:
        """Read the value from JSON."""
        return self.kind.read(value, told, path)


class Rows(Nested):
    """A tuple of at most ``limit`` values of a checked class, no two with the same ``key``."""

    __slots__ = ("key", "kind", "limit")

    def __init__(self, kind: type[Checked], limit: int, key: str) -> None:
        self.kind = kind
        self.limit = limit
        self.key = key

    @property
    def allowed(self) -> str:
        """What is allowed."""
        return f"at most {self.limit} entries, each with another {self.key}"

    def take(self, value: object) -> tuple[Checked, ...]:
        """Take a tuple of values that are made already."""
        if not isinstance(value, tuple) or not all(isinstance(row, self.kind) for row in value):
            raise refusal(value, self)
        if len(value) > self.limit or len({getattr(row, self.key) for row in value}) < len(value):
            raise refusal(f"{len(value)} entries", self)
        return value

    def read(self, value: object, told: Trouble, path: str) -> tuple[Checked, ...]:
        """Read a list from JSON; rows that are junk, doubled or too many are left out."""
        if not isinstance(value, list):
            raise refusal(value, self)
        rows: dict[object, Checked] = {}
        for number, row in enumerate(value):
            place = f"{path}[{number}]"
            try:
                made = self.kind.read(row, told, place)
            except RefusedValueError as error:
                told(place, str(error))
                continue
            key = getattr(made, self.key)
            if key in rows or len(rows) >= self.limit:
                told(place, f"left out. Allowed: {self.allowed}.")
                continue
            rows[key] = made
        return tuple(rows.values())


class Misfit(NamedTuple):
    """One field of a file that was not taken: where, and why."""

    path: str
    reason: str


def rules_of(kind: type[Checked]) -> Mapping[str, Rule]:
    """Return the rules of a checked class by field name, in the order of its fields."""
    return _rules_of(cast("Hashable", kind))  # a class is one, whatever its values are


@cache
def _rules_of(kind: Any) -> Mapping[str, Rule]:
    hints = get_type_hints(kind, include_extras=True)
    return {field.name: hints[field.name].__metadata__[0] for field in fields(kind)}


def _plain(value: object) -> object:
    if isinstance(value, Checked):
        return value.plain()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return dict(value)
    return value
