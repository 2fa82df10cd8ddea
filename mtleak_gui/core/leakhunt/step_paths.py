# SPDX-License-Identifier: GPL-3.0-only
"""One shape, fitted with none, one ... six lasting level changes, each put where it helps most."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mtleak_gui.core.leakhunt.column_search import Fit, best_column, best_two_columns, fit
from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.shapes import Segment, Shape
from mtleak_gui.core.leakhunt.thresholds import BREAK_PARAMETERS, PENALTY, STEP_LIMIT, STEP_MARGIN_BINS

_STRONGEST_TIE = 0.7
"""Largest correlation of neighbours that counts as noise: beyond it a leak would pass for a random walk."""


class Candidate(NamedTuple):
    """A shape with its bend and steps chosen."""

    shape: Shape
    bend: int | None
    """Index into the shape's bends."""
    steps: tuple[int, ...]
    """Steps stand between bins ``i - 1`` and ``i``, ascending."""
    rss: float
    news: float
    """Sum of squares of what each residual adds to the one before it."""

    @property
    def parameters(self) -> float:
        """Return the count that the information criterion charges."""
        return self.shape.parameters + BREAK_PARAMETERS * len(self.steps)


def _news(residual: Floats) -> float:
    square = float(residual @ residual)
    if residual.size < 4 or square <= 0:
        return square
    rho = min(max(float(residual[1:] @ residual[:-1]) / square, 0.0), _STRONGEST_TIE)
    new = residual[1:] - rho * residual[:-1]
    return float(new @ new) + (1 - rho * rho) * float(residual[0]) ** 2


class _Curve:
    """One shape over one segment: builds the columns, and the search for the bend that suits given steps."""

    def __init__(self, shape: Shape, segment: Segment, y: Floats) -> None:
        self.shape = shape
        self.y = y
        self.fixed = shape.fixed(segment)
        self.bends = shape.bends(segment)[0] if shape.bends else None
        self.stairs = np.tri(y.size, y.size, 0)
        """Column i is 0 before bin i and 1 from it on."""

    def fitted(self, steps: tuple[int, ...]) -> tuple[int | None, Fit]:
        """Return the best bend for these steps, and the fit."""
        columns = np.hstack((self.fixed, self.stairs[:, list(steps)])) if steps else self.fixed
        found = fit(columns, self.y)
        if self.bends is None or not self.bends.shape[1]:
            return None, found
        bend, _ = best_column(found, self.bends)
        return bend, fit(np.column_stack((columns, self.bends[:, bend])), self.y)

    def candidate(self, steps: tuple[int, ...]) -> tuple[Candidate, Fit]:
        """Return the shape with these steps."""
        bend, found = self.fitted(steps)
        return Candidate(self.shape, bend, steps, found.rss, _news(found.residual)), found


def step_path(shape: Shape, segment: Segment, y: Floats, floor: float) -> list[Candidate]:
    """Return the shape without steps and with ever more of them, as long as each could pay for itself.

    ``floor``: the squared error that the resolution of the values leaves at the least.
    """
    curve = _Curve(shape, segment, y)
    current, found = curve.candidate(())
    path = [current]
    n = y.size
    limit = min(STEP_LIMIT, n // 6)
    worth = PENALTY * BREAK_PARAMETERS * np.log(n) / n
    while len(current.steps) < limit:
        free = _free_places(n, current.steps)
        if free.size < 2:
            break
        one, two = _next_steps(curve, current, found, free)
        path += [one[0], two[0]] if len(two[0].steps) <= limit else [one[0]]
        first = np.log((current.rss + floor) / (one[0].rss + floor))
        both = np.log((current.rss + floor) / (two[0].rss + floor))
        if max(first, both / 2) < worth:
            break
        current, found = two if both - first > first and len(two[0].steps) <= limit else one
    return path


def _next_steps(
    curve: _Curve, current: Candidate, found: Fit, free: Floats
) -> tuple[tuple[Candidate, Fit], tuple[Candidate, Fit]]:
    places = free.astype(np.intp)
    stairs = curve.stairs[:, places]
    index, _ = best_column(found, stairs)
    one = curve.candidate(tuple(sorted((*current.steps, int(places[index])))))
    first, second, _ = best_two_columns(found, stairs, STEP_MARGIN_BINS)
    two = curve.candidate(tuple(sorted((*current.steps, int(places[first]), int(places[second])))))
    return one, two


def _free_places(n: int, steps: tuple[int, ...]) -> Floats:
    places = np.arange(STEP_MARGIN_BINS, n - STEP_MARGIN_BINS + 1, dtype=np.float64)
    for step in steps:
        places = places[np.abs(places - step) >= STEP_MARGIN_BINS]
    return places
