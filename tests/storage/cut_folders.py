# SPDX-License-Identifier: GPL-3.0-only
"""Recordings on a simulated disk, cut off from power and opened again: what must be there, and what is wrong.

A recording under test tells ``arrived`` with the number of the last row that it is about to hand over. The folder is
``RECORDING`` below the root of the disk.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from mtleak_gui.core.records import StreamName
from mtleak_gui.storage.rotation_limits import RotationLimits
from tests.storage.power_cut import TAILS, PowerCut
from tests.storage.recovered_folder import Findings, look, mended, repairs_in_events, what_needs_mending
from tests.storage.simulated_disk import SimulatedDisk, Told

RECORDING = "recording"


class Promise(NamedTuple):
    """What must be there after a cut: rows up to number ``sure``, none beyond ``last``; -1 for none."""

    sure: int
    last: int


@dataclass(slots=True)
class Damage:
    """What was found after the cuts, summed; all but the first three have to stay empty."""

    cuts: int = 0
    mended: int = 0
    lost_late: int = 0
    """Rows lost that were not promised."""
    lost: int = 0
    doubled: int = 0
    invented: int = 0
    unreadable: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    claimed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def broken(self) -> list[str]:
        """Sentences about all that must not be, none when all is well."""
        counted = {"rows lost": self.lost, "rows doubled": self.doubled, "rows invented": self.invented}
        told = [*self.unreadable, *self.untold, *self.claimed, *self.wrong]
        return [f"{count} {what}" for what, count in counted.items() if count] + told


def promise(disk: SimulatedDisk, acts: int, sure: int) -> Promise:
    """Return what holds after a cut: rows up to ``sure`` were promised, later ones may be there if they had come."""
    arrived = [act.number for act in disk.acts[:acts] if isinstance(act, Told) and act.word == "arrived"]
    return Promise(sure, max(arrived, default=-1))


@dataclass(slots=True)
class CutTrial:
    """Cuts a simulated disk, opens the recording again under ``limits``, and sums what it finds in ``damage``."""

    disk: SimulatedDisk
    limits: RotationLimits
    dice: random.Random
    damage: Damage = field(default_factory=Damage)
    first_missing: int | None = None
    """The lowest number that was missing in any stream after the last ``cut``."""

    def cut(self, acts: int, promised: Promise, scratch: Path) -> None:
        """Cut after so many acts and open the recording; cut that, too, at some moment of it, and open once more.

        ``scratch`` is an empty folder; it is left full.
        """
        self.first_missing = None
        first, second = scratch / "first", scratch / "second"
        PowerCut(self.disk, acts, self.dice, self.dice.choice(TAILS)).leave(first)
        if not (first / RECORDING).exists():
            self.damage.lost += promised.sure + 1
            return
        with SimulatedDisk(first, scratch / "store") as repairing:
            self._mend_and_judge(first / RECORDING, promised)
        again = self.dice.randrange(len(repairing.acts) + 1)
        PowerCut(repairing, again, self.dice, self.dice.choice(TAILS)).leave(second)
        self._mend_and_judge(second / RECORDING, promised)

    def _mend_and_judge(self, folder: Path, promised: Promise) -> None:
        damage = self.damage
        needed = what_needs_mending(folder)
        told = mended(folder, self.limits)
        damage.cuts += 1
        damage.mended += bool(told)
        if needed and not told:
            damage.untold.append(f"not told: {', '.join(sorted(needed))}")
        if told and not needed:
            damage.claimed.append(f"told without need: {told}")
        found = look(folder)
        if missing := set(told) - set(repairs_in_events(folder)):
            damage.untold.append(f"not in the events: {missing}")
        damage.unreadable += found.unreadable
        damage.wrong += found.wrong
        damage.doubled += found.doubled
        for stream in found.numbers:
            self._count_rows(folder, found, stream, promised)

    def _count_rows(self, folder: Path, found: Findings, stream: StreamName, promised: Promise) -> None:
        damage, numbers = self.damage, found.numbers[stream]
        if numbers != sorted(numbers):
            damage.wrong.append(f"rows of {stream} are out of order")
        damage.invented += sum(number > promised.last for number in numbers)
        # The oldest rows go with the archives beyond those that are kept.
        pruned = len(list(folder.glob(f"{stream}.*.gz"))) >= self.limits.archives_kept
        first = numbers[0] if numbers and pruned else 0
        there = set(numbers)
        missing = [number for number in range(first, promised.last + 1) if number not in there]
        damage.lost += sum(number <= promised.sure for number in missing)
        damage.lost_late += sum(number > promised.sure for number in missing)
        if missing:
            self.first_missing = min(missing[0], missing[0] if self.first_missing is None else self.first_missing)
