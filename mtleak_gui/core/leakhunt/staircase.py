# SPDX-License-Identifier: GPL-3.0-only
"""Regular steps are a slope: a true leak is flat to the byte between the runs that leak, then drops."""

from __future__ import annotations

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.model_choice import Model

_FEWEST_STEPS = 3
_REGULAR = 0.35
"""Largest spread of sizes and of distances, as a share of their mean."""


def is_staircase(model: Model, u: Floats) -> bool:
    """Return whether the model's level changes are one regular staircase: alike in size, direction and distance."""
    sizes = np.asarray(model.step_sizes)
    if sizes.size < _FEWEST_STEPS or not (np.all(sizes < 0) or np.all(sizes > 0)):
        return False
    places = u[list(model.candidate.steps)]
    return _regular(np.abs(sizes)) and _regular(np.diff(places))


def _regular(values: Floats) -> bool:
    mean = float(values.mean())
    return mean > 0 and float(values.std()) <= _REGULAR * mean
