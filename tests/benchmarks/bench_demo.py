# SPDX-License-Identifier: GPL-3.0-only
"""How long it takes to invent six hours of a DEBUG_HEAP board for the demo. The peer has nothing like it."""

from __future__ import annotations

import time

from mtleak_gui.core.records import RawLine
from mtleak_gui.demo.past_hours import Listener, past_items
from mtleak_gui.demo.scenario_catalogue import scenario_named
from tests.benchmarks.figures import Figure

_GOAL_S = 1.0


def run() -> list[Figure]:
    """Measure a console and a link with packets."""
    return [
        _invented("console", Listener("demo", "serial_session", console=True)),
        _invented("frames and packets", Listener("demo", "demo")),
    ]


def _invented(name: str, listener: Listener) -> Figure:
    started = time.perf_counter()
    items = list(past_items(scenario_named("leak-threads"), listener, until=1.8e9, hours=6.0))
    took = time.perf_counter() - started
    lines = sum(isinstance(item, RawLine) for item in items)
    return Figure(
        f"six hours of DEBUG_HEAP invented, {name}: {lines:,} lines",
        f"{took:.2f} s",
        goal=f"under {_GOAL_S:g} s",
        met=took < _GOAL_S,
    )
