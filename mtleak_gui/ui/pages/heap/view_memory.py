# SPDX-License-Identifier: GPL-3.0-only
"""The page's choices as plain JSON values and back, so that it comes back as it was left. No widgets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import get_args

from mtleak_gui.core.axis_ticks import TimeMode
from mtleak_gui.ui.pages.heap.plot_options import PlotOptions


def options_state(options: PlotOptions) -> dict[str, object]:
    """Return the options as plain values."""
    return asdict(options)


def options_from(state: Mapping[str, object]) -> PlotOptions:
    """Return the options of such values; whatever is missing or does not fit is as usual."""
    usual = PlotOptions()
    flags = {
        field.name: value
        for field in fields(PlotOptions)
        if field.name != "time_mode" and isinstance(value := state.get(field.name), bool)
    }
    mode = next((mode for mode in get_args(TimeMode) if mode == state.get("time_mode")), usual.time_mode)
    return PlotOptions(time_mode=mode, **flags)
