# SPDX-License-Identifier: GPL-3.0-only
"""Regular steps are a slope: a true leak is flat to the byte between the runs that leak, then drops."""

from __future__ import annotations

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.model_choice import Model

_FEWEST_STEPS = 4
_REGULAR = 0.15
"""Largest spread of sizes and of distances, as a share of their mean."""
_FURTHEST_END = 1.25
"""Longest flat stretch at either end, in mean distances."""


def is_staircase(model: Model, u: Floats) -> bool:
    """Return whether the model's level changes are one regular staircase: alike in size, direction and distance."""
    sizes = np.asarray(model.step_sizes)
    if sizes.size < _FEWEST_STEPS or not (np.all(sizes < 0) or np.all(sizes > 0)):
        return False
    places = u[list(model.candidate.steps)]
    distances = np.diff(places)
    ends = max(places[0], 1 - places[-1])
    return _regular(np.abs(sizes)) and _regular(distances) and ends <= _FURTHEST_END * distances.mean()


def _regular(values: Floats) -> bool:
    mean = float(values.mean())
    return mean > 0 and float(values.std()) <= _REGULAR * mean
