# SPDX-License-Identifier: GPL-3.0-only
"""Makes the recording that a demo opens with: hours of a virtual board, as if they had been recorded."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from mtleak_gui.engine.query_messages import Tell


class DemoPlan(NamedTuple):
    """What to make; ``until`` is epoch seconds."""

    folder: Path
    scenario: str
    hours: float
    seed: int
    until: float
    port: str
    role: str


def make_demo(plan: DemoPlan, tell: Tell) -> float:
    """Record the hours; return when the board was switched on (epoch s)."""
    raise NotImplementedError
