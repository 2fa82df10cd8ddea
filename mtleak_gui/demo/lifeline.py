# SPDX-License-Identifier: GPL-3.0-only
"""The boots of a board over wall time: when each began, and when and why it ended."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from mtleak_gui.demo.heap_scenarios import HeapCurve
from mtleak_gui.demo.scenario import Scenario


class Boot(NamedTuple):
    """Boot ``number`` (from 1) began at ``began`` and aborts at ``ends`` (both epoch s; ``None``: it lives on)."""

    number: int
    began: float
    ends: float | None
    crashed_before: bool
    """This boot follows an abort."""

    def wall(self, uptime: float) -> float:
        """Return the epoch time of an uptime in this boot."""
        return self.began + uptime


def boot_from(scenario: Scenario, *, seed: int, number: int, began: float, crashed: bool) -> Boot:
    """Return the boot ``number`` that began at ``began`` (epoch s), after an abort or not."""
    lifetime = HeapCurve(scenario, seed=seed, boot=number).lifetime()
    return Boot(number, began, None if lifetime is None else began + lifetime, crashed_before=crashed)


def boots(scenario: Scenario, *, seed: int, born: float) -> Iterator[Boot]:
    """Yield the boots of a board that was switched on at ``born`` (epoch s) and is left alone; endless if it aborts.

    A board restarts within the moment, as the native build does: clients over TCP find it again at once.
    """
    began: float | None = born
    for number in count(1):
        if began is None:
            return
        boot = boot_from(scenario, seed=seed, number=number, began=began, crashed=number > 1)
        yield boot
        began = boot.ends


def boot_at(scenario: Scenario, *, seed: int, born: float, wall: float) -> Boot:
    """Return the boot that such a board is in at ``wall``, which must not be before ``born``."""
    return next(boot for boot in boots(scenario, seed=seed, born=born) if boot.ends is None or wall < boot.ends)
