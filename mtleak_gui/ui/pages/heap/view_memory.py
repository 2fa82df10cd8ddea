# SPDX-License-Identifier: GPL-3.0-only
"""The page's choices as plain JSON values and back, so that it comes back as it was left. No widgets."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import TypeGuard, get_args

from mtleak_gui.core.axis_ticks import TimeMode
from mtleak_gui.ui.pages.heap.plot_options import PlotOptions
from mtleak_gui.ui.pages.heap.view_range import ViewRange


def options_state(options: PlotOptions) -> dict[str, object]:
    """Return the options as plain values."""
    return asdict(options)


def zoom_state(shown: ViewRange, folder: Path | None) -> dict[str, object]:
    """Return which stretch of time is shown of the recording in ``folder``."""
    if shown.fixed is None or folder is None:
        return {"span": shown.span}
    start, end = shown.fixed
    return {"recording": str(folder), "start": start, "end": end}


def restore_zoom(shown: ViewRange, kept: object, folder: Path | None) -> object:
    """Show what was kept; return it again while the recording that a standing view belongs to may still come.

    Values that do not fit are passed over, and so is a standing view of another recording.
    """
    if not isinstance(kept, Mapping):
        return None
    if "span" in kept:
        span = kept["span"]
        if span is None or _is_time(span):
            shown.follow(span)
        return None
    start, end = kept.get("start"), kept.get("end")
    if not (_is_time(start) and _is_time(end)) or start >= end:
        return None
    if folder is None:
        return kept
    if str(folder) == kept.get("recording"):
        shown.show(start, end)
    return None


def _is_time(value: object) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and value > 0


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
