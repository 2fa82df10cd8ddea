# SPDX-License-Identifier: GPL-3.0-only
"""The words in the cursor's box. No widgets."""

from __future__ import annotations

import math
from datetime import UTC, tzinfo

import numpy as np

from mtleak_gui.core import wording
from mtleak_gui.core.axis_ticks import TimeMode, clock_text, span_text
from mtleak_gui.core.leakhunt.source_words import source_name
from mtleak_gui.core.series_history import SeriesHistory
from mtleak_gui.core.series_key import SOURCES
from mtleak_gui.ui.pages.heap.picture_composer import ValueMap
from mtleak_gui.ui.pages.heap.plot.picture import Cursor


def nearest_sample(history: SeriesHistory, ts: float) -> int | None:
    """Return the index of the sample nearest to ``ts``, ``None`` when there is none."""
    if not len(history):
        return None
    at = int(np.searchsorted(history.ts, ts))
    if at == len(history) or (at > 0 and ts - history.ts[at - 1] < history.ts[at] - ts):
        at -= 1
    return at


def cursor_at(
    history: SeriesHistory, index: int, mapped: ValueMap, mode: TimeMode, thread: str | None = None
) -> Cursor:
    """Return the cursor on a sample: its value, the change to the one before, time, uptime, source and thread."""
    ts, value = float(history.ts[index]), mapped.one(float(history.value[index]))
    before = mapped.one(float(history.value[index - 1])) if index else math.nan
    change = "" if math.isnan(before) else f"Δ {wording.quantity(value - before, mapped.unit)}"
    uptime = float(history.uptime[index])
    source = source_name(SOURCES[int(history.source[index])])
    return Cursor(
        ts=ts,
        value=value,
        strong=wording.true_minus(wording.quantity(value, mapped.unit)),
        change=wording.true_minus(change),
        clock=_clock(ts, UTC if mode == "utc" else None) + (" UTC" if mode == "utc" else ""),
        uptime="" if math.isnan(uptime) else f"up {_short(uptime)}",
        source=source if thread is None else f"{source} · thread {wording.single_line(thread, 24)}",
    )


def _clock(ts: float, zone: tzinfo | None) -> str:
    tenths = math.floor(ts * 10 + 1e-4) % 10
    return f"{clock_text(math.floor(ts + 1e-5), zone)}.{tenths}"


def _short(seconds: float) -> str:
    return span_text(seconds if seconds < 3_600 else seconds - seconds % 60)
