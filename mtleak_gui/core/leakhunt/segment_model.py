# SPDX-License-Identifier: GPL-3.0-only
"""One segment's curve: cleaned of dips and sessions, binned, and fitted with the shape that suits it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mtleak_gui.core.leakhunt.bins import Bins, median_bins, without_excursions
from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.model_choice import Model, choose, choose_among
from mtleak_gui.core.leakhunt.saw_tooth import is_saw_tooth
from mtleak_gui.core.leakhunt.sessions import without_sessions
from mtleak_gui.core.leakhunt.shapes import SHAPES, Segment
from mtleak_gui.core.leakhunt.staircase import is_staircase
from mtleak_gui.core.leakhunt.step_paths import step_path
from mtleak_gui.core.leakhunt.thresholds import BIN_LIMIT

_SLOPING = frozenset({"line", "flat_line", "line_flat", "two_lines", "daily_line"})
_LEVEL = frozenset({"flat", "settling", "daily"})


class Curve(NamedTuple):
    """The model of a segment and the bins that it was fitted to."""

    bins: Bins
    segment: Segment
    model: Model

    def stairs(self, x: Floats) -> Floats:
        """Return what the model's level changes add up to at device times ``x``, shape (n,)."""
        places = self.bins.x[list(self.model.candidate.steps)]
        sums = np.concatenate(([0.0], np.cumsum(self.model.step_sizes)))
        added: Floats = sums[np.searchsorted(places, x, side="right")]
        return added


def curve_of(x: Floats, value: Floats, *, uptime_known: bool, bin_limit: int = BIN_LIMIT) -> Curve:
    """Return the curve of samples at device times ``x`` (seconds, ascending, not all the same)."""
    bins = without_excursions(without_sessions(median_bins(x, value, bin_limit)))
    first, span = float(x[0]), float(x[-1] - x[0])
    segment = Segment((bins.x - first) / span, span, first if uptime_known else None, first)
    floor = bins.y.size * _resolution(value) ** 2 / 12
    model = choose(segment, bins.y, floor)
    if is_staircase(model, segment.u):
        model = _plain_model(_SLOPING, segment, bins, floor)
    elif is_saw_tooth(model, segment.u):
        model = _plain_model(_LEVEL, segment, bins, floor)
    return Curve(bins, segment, model)


def _plain_model(names: frozenset[str], segment: Segment, bins: Bins, floor: float) -> Model:
    """Return the best of some shapes, without any level changes."""
    plain = [
        step_path(shape, segment, bins.y, floor)[0] for shape in SHAPES if shape.name in names and shape.fits(segment)
    ]
    return choose_among(plain, segment, bins.y, floor)


def _resolution(value: Floats) -> float:
    """Return the smallest distance between two different values: what the board's figures can tell apart."""
    steps = np.diff(np.unique(value))
    return float(steps.min()) if steps.size else 1.0
