# SPDX-License-Identifier: GPL-3.0-only
"""What was decided: the headline, the way to it through every rule, and all that stands beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal, NamedTuple

from mtleak_gui.core.leakhunt.evidence import SeenLine
from mtleak_gui.core.leakhunt.facts import Facts, Restart


class Headline(Enum):
    """The eight names of a verdict; the value is the name that programs use."""

    INSUFFICIENT_DATA = "insufficient_data"
    REBOOT = "reboot"
    OOM_IMMINENT = "oom_imminent"
    SLOW_LEAK = "slow_leak"
    FRAGMENTATION = "fragmentation"
    STEADY = "steady"
    RECOVERY = "recovery"
    INCONCLUSIVE = "inconclusive"

    @property
    def title(self) -> str:
        """Return the name in capitals, as reports print it."""
        return _TITLES[self]


_TITLES = {
    Headline.INSUFFICIENT_DATA: "INSUFFICIENT DATA",
    Headline.REBOOT: "REBOOT",
    Headline.OOM_IMMINENT: "OOM-IMMINENT",
    Headline.SLOW_LEAK: "SLOW LEAK",
    Headline.FRAGMENTATION: "FRAGMENTATION SUSPECT",
    Headline.STEADY: "STEADY",
    Headline.RECOVERY: "RECOVERY CURVE",
    Headline.INCONCLUSIVE: "INCONCLUSIVE",
}


class Condition(NamedTuple):
    """One part of a rule, with its number: ``wanted`` is what the rule asks, ``found`` what is so."""

    wanted: str
    found: str
    holds: bool


class RuleAnswer(NamedTuple):
    """What one rule says. ``reason`` follows the headline in the report when the rule is the first that is met."""

    met: bool
    reason: str
    conditions: tuple[Condition, ...] = ()


class RuleOutcome(NamedTuple):
    """One rule in its order, for "Why". Below the first that is met one is ``not_reached``; its numbers still stand."""

    number: int
    name: str
    headline: Headline
    state: Literal["met", "not_met", "not_reached"]
    reason: str
    conditions: tuple[Condition, ...]


class Qualifier(NamedTuple):
    """Something that the rules cannot express and that weighs as much as the headline."""

    kind: str
    text: str
    tone: Literal["urgent", "warning", "note"] = "note"


class Measures(NamedTuple):
    """The numbers that a rule set judges by. Slopes in units per minute, ``None`` where there is none."""

    slope: float | None
    slope_interval: tuple[float, float] | None
    leak: bool | None
    """Whether memory leaks; ``None`` when that cannot be told or the field is no heap."""
    minutes_left: float | None
    minutes_left_interval: tuple[float, float | None] | None
    restarts: tuple[Restart, ...]
    suspect: str | None
    oom_lines: tuple[SeenLine, ...]
    """The lines that this rule set calls out of memory, oldest first."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One judged window of one device."""

    facts: Facts
    rules: str
    """Name and version of the rule set: ``standard 1``."""
    headline: Headline
    reason: str
    """What follows the headline's name; may be empty."""
    measures: Measures
    urgent: bool
    qualifiers: tuple[Qualifier, ...]
    why: tuple[RuleOutcome, ...]

    @property
    def sentence(self) -> str:
        """Return the verdict line: the name in capitals and the reason."""
        return f"{self.headline.title} — {self.reason}" if self.reason else self.headline.title
