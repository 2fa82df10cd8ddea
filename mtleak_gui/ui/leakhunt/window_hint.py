# SPDX-License-Identifier: GPL-3.0-only
"""Before anything is judged: whether a window holds enough samples, and which one does."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from mtleak_gui.core.leakhunt.thresholds import MIN_SAMPLES
from mtleak_gui.core.series_history import SeriesHistory
from mtleak_gui.core.time_words import TimeWindow, parse_span
from mtleak_gui.ui.leakhunt.window_choices import SPANS, span_words


def window_hint(history: SeriesHistory, window: TimeWindow) -> str:
    """Return what to do about a window with fewer samples than rule 1 asks for, nothing for one with enough.

    A longer window that ends with this one is proposed where the history of the series holds enough for one.
    """
    here = history.between(window.start, window.end)
    count = here.stop - here.start
    if count >= MIN_SAMPLES:
        return ""
    told = QCoreApplication.translate("window_hint", "{0} of {1} samples in this window.").format(count, MIN_SAMPLES)
    if here.stop < MIN_SAMPLES:
        return f"{told} " + QCoreApplication.translate("window_hint", "There are no more yet.")
    needed = window.end - float(history.ts[here.stop - MIN_SAMPLES])
    longer = next((span_words(span) for span in SPANS if parse_span(span) >= needed), "")
    if not longer:
        return f"{told} " + QCoreApplication.translate("window_hint", "Choose a longer one.")
    return f"{told} " + QCoreApplication.translate("window_hint", "Choose {0}.").format(longer)
