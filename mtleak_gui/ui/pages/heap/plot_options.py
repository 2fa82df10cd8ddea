# SPDX-License-Identifier: GPL-3.0-only
"""How the user wants the plot drawn."""

from __future__ import annotations

from dataclasses import dataclass

from mtleak_gui.core.axis_ticks import TimeMode


@dataclass(frozen=True, slots=True)
class PlotOptions:
    """What the control row chooses beside board and field."""

    time_mode: TimeMode = "local"
    as_percent: bool = False
    fit: bool = True
    marks: bool = True
    sources: bool = True
