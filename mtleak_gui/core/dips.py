# SPDX-License-Identifier: GPL-3.0-only
"""What the memory did at the tester's marks: how deep a range dipped and whether it came back, and steps at a mark."""

from __future__ import annotations

import math

import numpy as np

from mtleak_gui.core import wording
from mtleak_gui.core.leakhunt.evidence import Samples
from mtleak_gui.core.leakhunt.facts import Phase
from mtleak_gui.core.leakhunt.phases import Span, phases_of
from mtleak_gui.core.live_fit import live_fit
from mtleak_gui.core.markers import RangeMark
from mtleak_gui.core.series_history import SeriesHistory

_BEFORE_S, _AFTER_S, _HEADING_S = 900.0, 1_800.0, 3_600.0
_AROUND = 8
"""Samples at each side of a mark that tell a step."""
_STEP_NOISES = 6.0
_AT_ONCE = 12


def dip_of(mark: RangeMark, history: SeriesHistory) -> Phase:
    """Return what the series did in a range, measured against where it was heading before it.

    Looks from a quarter of an hour before to half an hour after. A leak that goes on all the while is taken off where
    the slope of the hour before stands out, or else no burst on a leaking board would ever be given back.
    """
    end = mark.end if mark.end is not None else float("inf")
    inside = history.between(mark.start - _BEFORE_S, end + max(_AFTER_S, end - mark.start))
    ts, value = history.ts[inside], history.value[inside]
    heading = live_fit(history, mark.start - _HEADING_S, mark.start)
    if heading is not None and abs(heading.slope) > heading.slope_error:
        value = value - heading.slope * (ts - mark.start)
    return phases_of((Span(mark.name, mark.start, mark.end),), Samples(ts, value))[0]


def dip_words(phase: Phase, unit: str) -> str:
    """Return ``−8,120 B, back after 9 samples``, or what else is known of the range."""
    if phase.dip is None:
        return "no samples"
    dip = wording.true_minus(wording.quantity(-phase.dip, unit))
    if phase.end is None:
        return f"{dip}, open"
    if phase.came_back is None:
        return f"{dip}, no samples after it yet"
    if not phase.came_back:
        return f"{dip}, not back yet"
    many = phase.samples_to_recover or 0
    return f"{dip}, back after {wording.count(many, 'sample')}" if phase.dip > 0 else "no dip"


def step_at(history: SeriesHistory, ts: float) -> float | None:
    """Return by how much the level changed at ``ts``, ``0.0`` for no step that stands out, ``None`` if untold."""
    ts_all, value = history.ts, history.value
    at = int(np.searchsorted(ts_all, ts, "right"))
    before, after = value[max(at - _AROUND, 0) : at], value[at : at + _AROUND]
    if before.size < 3 or after.size < 3:
        return None
    step = float(np.median(after) - np.median(before))
    around = np.diff(value[max(at - 4 * _AROUND, 0) : at + 4 * _AROUND])
    noise = 1.4826 * float(np.median(np.abs(around - np.median(around))))
    drift = float(np.median(around)) * _AROUND
    return step if abs(step - drift) > _STEP_NOISES * max(noise, 1.0) else 0.0


def step_words(step: float | None, unit: str) -> str:
    """Return ``no step``, ``step −1,204 B``, or nothing where it cannot be told yet."""
    if step is None:
        return ""
    return "no step" if step == 0 else "step " + wording.true_minus(wording.quantity(step, unit))


class MarkResults:
    """What is said of marks on one series, a few worked out at a time and remembered once they are final.

    A result is final when the series reaches as far beyond the mark as ``dip_of`` looks. ``pending`` tells whether
    results were left for the next time; until then they are ``""``.
    """

    def __init__(self, unit: str) -> None:
        self._unit = unit
        self._history: tuple[SeriesHistory, float] | None = None
        self._final: dict[tuple[float, float | None], str] = {}
        self._left = _AT_ONCE
        self.pending = False

    def begin(self) -> None:
        """Allow as many results to be worked out as there is time for at once."""
        self._left, self.pending = _AT_ONCE, False

    def of_range(self, mark: RangeMark, history: SeriesHistory) -> str:
        """Return what ``dip_words`` says of a range."""
        end = math.inf if mark.end is None else mark.end
        return self._once((mark.start, end), end + max(_AFTER_S, end - mark.start), history, mark)

    def of_mark(self, ts: float, history: SeriesHistory) -> str:
        """Return what ``step_words`` says of a mark."""
        return self._once((ts, None), ts + _AFTER_S, history, None)

    def _once(
        self, key: tuple[float, float | None], settled: float, history: SeriesHistory, mark: RangeMark | None
    ) -> str:
        if not len(history):
            return ""
        state = (history, float(history.ts[0]))
        if self._history != state:
            self._history, self._final = state, {}
        if key in self._final:
            return self._final[key]
        if self._left == 0:
            self.pending = True
            return ""
        self._left -= 1
        if mark is not None:
            words = dip_words(dip_of(mark, history), self._unit)
        else:
            words = step_words(step_at(history, key[0]), self._unit)
        if settled < history.ts[-1]:
            self._final[key] = words
        return words
