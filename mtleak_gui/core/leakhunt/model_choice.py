# SPDX-License-Identifier: GPL-3.0-only
"""Which shape and how many level changes explain a segment best, for what they cost.

Bayesian information criterion (Schwarz, "Estimating the dimension of a model", Annals of Statistics 6, 1978). Readings
that hang together carry less news than their number says, so it is not their squared residuals that are charged but
those of what each adds to the one before it (Cochrane and Orcutt, JASA 44, 1949): drifting noise then buys no level
changes, and a sharp one stands out of it all the same.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from mtleak_gui.core.leakhunt.autocorrelation import integrated_time
from mtleak_gui.core.leakhunt.evidence import Floats
from mtleak_gui.core.leakhunt.shapes import SHAPES, Segment
from mtleak_gui.core.leakhunt.step_paths import Candidate, step_path
from mtleak_gui.core.leakhunt.thresholds import PENALTY


class Model(NamedTuple):
    """The chosen shape, fitted. Slopes are per unit of ``u``; see ``Segment``."""

    candidate: Candidate
    fitted: Floats
    residual: Floats
    slope: float
    slope_error: float
    """Times sqrt(tau), so that it holds for readings that hang together."""
    step_sizes: tuple[float, ...]
    regime_from: float
    """Where the last regime starts, 0 to 1."""
    tau: float
    sd: float


def choose(segment: Segment, y: Floats, floor: float) -> Model:
    """Return the best model of the bins ``y``; ``floor`` is the squared error that the resolution leaves."""
    paths = [step_path(shape, segment, y, floor) for shape in SHAPES if shape.fits(segment)]
    return choose_among([candidate for path in paths for candidate in path], segment, y, floor)


def choose_among(candidates: list[Candidate], segment: Segment, y: Floats, floor: float) -> Model:
    """Return the best of the candidates."""
    n = y.size

    def cost(candidate: Candidate) -> float:
        misfit = n * float(np.log((candidate.news + floor) / n))
        return misfit + PENALTY * candidate.parameters * float(np.log(n))

    return fitted_model(min(candidates, key=cost), segment, y)


def fitted_model(candidate: Candidate, segment: Segment, y: Floats) -> Model:
    """Return the candidate with its coefficients and their errors."""
    shape = candidate.shape
    fixed = shape.fixed(segment)
    columns = [fixed]
    at: float | None = None
    if shape.bends is not None and candidate.bend is not None:
        bends, parameters = shape.bends(segment)
        columns.append(bends[:, [candidate.bend]])
        at = float(parameters[candidate.bend])
    stairs = np.tri(y.size, y.size, 0)[:, list(candidate.steps)]
    bend_column = fixed.shape[1]
    design = np.hstack((*columns, stairs))
    coefficients, spread = _solve(design, y)
    fitted = design @ coefficients
    residual = y - fitted
    tau = integrated_time(residual)
    freedom = max(y.size - candidate.parameters, 1.0)
    sd = float(np.sqrt(residual @ residual / freedom))
    column = bend_column if shape.slope_column == -1 else shape.slope_column
    if column is not None and column >= design.shape[1] - len(candidate.steps):
        column = None
    slope = 0.0 if column is None else float(coefficients[column])
    error = _line_error(segment.u, sd) if column is None else sd * float(np.sqrt(max(spread[column], 0.0)))
    return Model(
        candidate=candidate,
        fitted=fitted,
        residual=residual,
        slope=slope,
        slope_error=error * float(np.sqrt(tau * _wider(freedom))),
        step_sizes=tuple(float(size) for size in coefficients[design.shape[1] - len(candidate.steps) :]),
        regime_from=at if shape.breaks and at is not None else 0.0,
        tau=tau,
        sd=sd,
    )


def _solve(design: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return the coefficients and the diagonal of the inverse normal matrix."""
    inverse = np.linalg.pinv(design)
    coefficients: Floats = inverse @ y
    return coefficients, np.einsum("ij,ij->i", inverse, inverse)


def _wider(freedom: float) -> float:
    """Return by how much few readings widen the variance: that of Student's distribution."""
    return freedom / (freedom - 2) if freedom > 3 else 3.0


def _line_error(u: Floats, sd: float) -> float:
    """Return how sure a flat regime is that it has no slope: the error that a line through it would have."""
    du = u - u.mean()
    sxx = float(du @ du)
    return sd / float(np.sqrt(sxx)) if sxx > 0 else 0.0
