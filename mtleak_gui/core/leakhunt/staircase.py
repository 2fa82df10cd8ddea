# SPDX-License-Identifier: GPL-3.0-only
"""Regular steps are a slope: a true leak is flat to the byte between the runs that leak, then drops."""

from __future__ import annotations

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.model_choice import Model

_FEWEST_STEPS = 4
_REGULAR, _REGULAR_OF_MANY = 0.15, 0.35
"""Largest spread of sizes and of distances, as a share of their mean; of five and more a wider one."""
_MANY = 5
_FURTHEST_END = 1.4
"""Longest flat stretch at either end, in mean distances."""


def is_staircase(model: Model, u: Floats) -> bool:
    """Return whether the model's level changes are one regular staircase: alike in size, direction and distance."""
    sizes = np.asarray(model.step_sizes)
    if sizes.size < _FEWEST_STEPS or not (np.all(sizes < 0) or np.all(sizes > 0)):
        return False
    places = u[list(model.candidate.steps)]
    distances = np.diff(places)
    ends = max(places[0], 1 - places[-1])
    limit = _REGULAR if sizes.size < _MANY else _REGULAR_OF_MANY
    regular = _spread(np.abs(sizes)) <= limit and _spread(distances) <= limit
    return bool(regular and ends <= _FURTHEST_END * distances.mean())


def _spread(values: Floats) -> float:
    return float(values.std() / values.mean())
