# SPDX-License-Identifier: GPL-3.0-only
"""Marks that a tester would have set in the invented hours, around what the board's heap really went through."""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.core.records import RawMark
from mtleak_gui.demo.lifeline import boots
from mtleak_gui.demo.scenario import Scenario

_LEAD_S = 15.0
"""A tester marks a little before the burst begins and a little after it has ended."""
_BASELINE_AT = 1_800.0


class _Burst(NamedTuple):
    """Heap is taken from uptime ``starts`` on and given back by ``ends``, again after each ``every`` seconds."""

    label: str
    note: str
    starts: float
    ends: float
    every: float


_BURSTS = {
    "recovery": _Burst("burst", "range test of 20 packets", 1_200.0, 1_580.0, 7_200.0),
    "client-sessions": _Burst("client", "a client connects over TCP", 1_100.0, 1_320.0, 1_800.0),
    "leak-threads": _Burst("mqtt", "the MQTT cache fills and empties", 40.0, 410.0, 900.0),
}
"""Scenarios with bursts; times as their heap shapes have them."""


def past_marks(scenario: Scenario, *, since: float, until: float, seed: int, born: float) -> list[RawMark]:
    """Return the marks between two epoch times, ascending: one note, and a range where the scenario has a burst."""
    boot = next(boot for boot in boots(scenario, seed=seed, born=born) if boot.ends is None or boot.ends > since)
    marks = [RawMark(boot.wall(_BASELINE_AT), "note", "warm-up is over, the baseline begins")]
    burst = _BURSTS.get(scenario.name)
    if burst is not None:
        turn = max(1, int((until - boot.began) * 0.6 / burst.every))
        start = boot.wall(burst.starts + turn * burst.every)
        if start + burst.ends - burst.starts + _LEAD_S >= until:
            start -= burst.every
        marks.append(RawMark(start - _LEAD_S, f"{burst.label}-start", burst.note))
        marks.append(RawMark(start + burst.ends - burst.starts + _LEAD_S, f"{burst.label}-end"))
    return [mark for mark in marks if since < mark.ts < until and (boot.ends is None or mark.ts < boot.ends)]
