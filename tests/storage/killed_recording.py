# SPDX-License-Identifier: GPL-3.0-only
"""A recording folder whose writers are killed one after the other: what must be there, and what is wrong after each."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from mtleak_gui.core.records import STREAMS
from mtleak_gui.storage.rotation_limits import RotationLimits
from tests.storage.flooded_writer import Flood, stream_of
from tests.storage.killed_process import Killed, run_and_kill
from tests.storage.recovered_folder import (
    Findings,
    look,
    mended,
    read_numbers,
    repairs_in_events,
    what_needs_mending,
)

GRACE_S = 0.1
_GAP = 1_000
"""Numbers left out between two writers, so that no row on its way at a kill has the number of a later one."""


@dataclass(slots=True)
class KillDamage:
    """What was found after the kills, summed."""

    kills: int = 0
    needed: int = 0
    """Starts at which there was something to mend."""
    told: int = 0
    """Such starts that told of it."""
    rows: int = 0
    lost: int = 0
    """Rows lost that arrived more than ``GRACE_S`` before the kill, or whose hand-over had returned."""
    lost_late: int = 0
    doubled: int = 0
    claimed: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def broken(self) -> list[str]:
        """Sentences about all that must not be, none when all is well."""
        counted = {"lost": self.lost, "doubled": self.doubled, "not told": self.needed - self.told}
        sentences = [f"{count} {what}" for what, count in counted.items() if count]
        return [*sentences, *self.claimed, *self.unreadable, *self.wrong]


@dataclass(slots=True)
class KilledRecording:
    """The folder, the numbers that must be in it, and the numbers that may be."""

    folder: Path
    limits: RotationLimits
    damage: KillDamage
    sure: list[range] = field(default_factory=list)
    perhaps: list[range] = field(default_factory=list)
    next_number: int = 0

    def flood(
        self, seconds: float, wait: Callable[[subprocess.Popen[bytes]], None], point: str = "", *, times: int = 1,
        delay_s: float = 0.0,
    ) -> Killed:  # fmt: skip
        """Let a writer record until it is killed, and take note of what it handed over."""
        first = self.next_number
        flood = Flood(self.folder, first, self.limits, seconds, point, times, delay_s)
        killed = run_and_kill("tests.storage.flooded_writer", flood.words(), wait)
        said = [(word.decode(), int(number), float(at)) for word, number, at in map(bytes.split, killed.lines)]
        at = next((when for word, _, when in said if word == "killed"), killed.at)
        sure = [n for word, n, when in said if word == "handed" or (word == "arrived" and when < at - GRACE_S)]
        arrived = [n for word, n, _ in said if word == "arrived"]
        self.sure.append(range(first, max(sure, default=first - 1) + 1))
        self.perhaps.append(range(self.sure[-1].stop, max(arrived, default=first - 1) + 1))
        self.next_number = max(arrived, default=first) + _GAP
        self.damage.kills += killed.by_signal
        return killed

    def tear(self, stream: str) -> None:
        """Leave half a row at the end of a live file, as a write does that a kill interrupts."""
        with (self.folder / f"{stream}.jsonl").open("ab") as file:
            file.write(f'{{"ts":1795348801.0,"port":"{self.next_number}","rol'.encode())

    def reopen_and_judge(self) -> None:
        """Read the folder as it was left, open it as the next start does, and count what is not as it must be."""
        damage = self.damage
        if not (self.folder / "recording.json").exists():
            return  # it was killed before there was a recording
        as_left = Findings(numbers=read_numbers(self.folder))
        damage.doubled += as_left.doubled
        damage.lost += self._missing(as_left, self.sure)
        needed = what_needs_mending(self.folder)
        told = mended(self.folder, self.limits)
        damage.needed += bool(needed)
        damage.told += bool(needed and told and set(told) <= set(repairs_in_events(self.folder)))
        if told and not needed:
            damage.claimed.append(f"told without need: {told}")
        found = look(self.folder)
        damage.unreadable += found.unreadable
        damage.wrong += found.wrong
        damage.wrong += [f"{stream} is out of order" for stream, seen in found.numbers.items() if seen != sorted(seen)]
        damage.doubled += found.doubled
        damage.lost += self._missing(found, self.sure)
        damage.lost_late += self._missing(found, self.perhaps[-1:])
        damage.rows = max(damage.rows, sum(map(len, self.sure)))

    def _missing(self, found: Findings, wanted: list[range]) -> int:
        """Return how many of the wanted numbers are missing but have not gone with the oldest archives."""
        there = {stream: set(found.numbers.get(stream, ())) for stream in STREAMS}
        archives = Counter(path.name.split(".")[0] for path in self.folder.glob("*.gz"))
        parts = Counter(path.name.split(".")[0] for path in self.folder.glob("*.*.jsonl"))
        oldest = {
            stream: min(there[stream], default=0)
            if archives[stream] + parts[stream] >= self.limits.archives_kept
            else 0
            for stream in STREAMS
        }
        return sum(
            number not in there[stream_of(number)] and number >= oldest[stream_of(number)]
            for numbers in wanted
            for number in numbers
        )
