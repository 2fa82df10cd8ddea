# SPDX-License-Identifier: GPL-3.0-only
"""What a benchmark returns, and how it is printed: ours, the peer's, the ratio, the goal, and whether it is met."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. ``ours`` and ``peer`` are words with units; ``met`` is ``None`` when there is no goal."""

    name: str
    ours: str
    peer: str = "-"
    ratio: float | None = None
    goal: str = "-"
    met: bool | None = None


def table(figures: Iterable[Figure]) -> str:
    """Return the figures as a Markdown table, one row each."""
    rows = [("figure", "ours", "peer", "ratio", "goal", "met"), ("---",) * 6]
    rows += [
        (
            figure.name,
            figure.ours,
            figure.peer,
            "-" if figure.ratio is None else f"x{figure.ratio:,.1f}",
            figure.goal,
            {True: "yes", False: "NO", None: "-"}[figure.met],
        )
        for figure in figures
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
