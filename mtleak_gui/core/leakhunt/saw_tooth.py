# SPDX-License-Identifier: GPL-3.0-only
"""What goes and comes back is no slope: a cache that fills and is emptied, again and again."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.model_choice import Model

_SAME_SIZE = 0.35
"""A level change and the next of the other sign cancel when they differ by less than this share."""
_RETURNED = 0.9
_FEWEST_RETURNS = 2
_CUT_OFF = 0.93
"""A level change later than this is seen in too few bins to tell its size."""
_ONE_CHANGE = 0.08
"""Level changes of one sign that are nearer to each other are one that took its time."""
_LONG_S = 18_000.0


def is_saw_tooth(model: Model, u: Floats) -> bool:
    """Return whether each level change gives back what the slope took since the one before it, and will again.

    The teeth at both ends may be cut off by the window, so there a level change may give back more than was seen to go.
    """
    returns = [(at, size) for at, size in unpaired_returns(model, u) if at < _CUT_OFF]
    if len(returns) < _FEWEST_RETURNS:
        return False
    edges = [model.regime_from, *(at for at, _ in returns), _CUT_OFF]
    gone = [abs(model.slope) * max(after - before, 0.0) for before, after in pairwise(edges)]
    sizes = np.array([size for _, size in returns])
    whole = np.array(gone[1:-1])
    return (
        bool(np.all(sizes >= _RETURNED * np.array(gone[:-1])))
        and float(sizes[-1]) >= _RETURNED * gone[-1]
        and bool(np.all(np.abs(whole - sizes[1:]) <= _SAME_SIZE * sizes[1:]))
        and float(sizes.std()) <= _SAME_SIZE * float(sizes.mean())
    )


def may_be_tooth(model: Model, u: Floats, span_s: float) -> bool:
    """Return whether an upward level change could be the end of a tooth, so that the slope may come back yet.

    It cannot when more was lost on either side than it gave back; and a tooth of many hours has not been seen.
    """
    returns = unpaired_returns(model, u)
    if not returns:
        return False
    if len(returns) == 1 and span_s > _LONG_S:
        return False
    edges = [model.regime_from, *(at for at, _ in returns), 1.0]
    gone = [abs(model.slope) * max(after - before, 0.0) for before, after in pairwise(edges)]
    return max(size for _, size in returns) >= _RETURNED * max(gone)


def unpaired_returns(model: Model, u: Floats) -> list[tuple[float, float]]:
    """Return (time, size) of the level changes against the slope, but for those that undo the level change before."""
    if model.slope == 0:
        return []
    sign = -1.0 if model.slope > 0 else 1.0
    steps = _without_pairs(_merged([(float(u[i]), sign * size) for i, size in _placed(model)]))
    return [(at, size) for at, size in steps if size > 0]


def _placed(model: Model) -> list[tuple[int, float]]:
    return list(zip(model.candidate.steps, model.step_sizes, strict=True))


def _merged(steps: list[tuple[float, float]]) -> list[tuple[float, float]]:
    merged: list[tuple[float, float]] = []
    for at, size in steps:
        if merged and merged[-1][1] * size > 0 and at - merged[-1][0] < _ONE_CHANGE:
            merged[-1] = (merged[-1][0], merged[-1][1] + size)
        else:
            merged.append((at, size))
    return merged


def _without_pairs(steps: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Leave out a loss that the next level change gives back: a client that came and went."""
    kept: list[tuple[float, float]] = []
    for at, size in steps:
        if kept and kept[-1][1] * size < 0 and abs(kept[-1][1] + size) < _SAME_SIZE * abs(size):
            kept.pop()
        else:
            kept.append((at, size))
    return kept
