# SPDX-License-Identifier: GPL-3.0-only
"""The plain least-squares line: what the specification asks for, computed beside the robust figures."""

from __future__ import annotations

from typing import NamedTuple

from mtleak_gui.core.leakhunt.evidence import Floats


class Line(NamedTuple):
    """Slope in units per second; ``r_squared`` is ``None`` when the values do not vary."""

    slope: float
    r_squared: float | None


def least_squares(x: Floats, y: Floats) -> Line | None:
    """Return the line of least squares through the samples, or ``None`` for fewer than two different times."""
    if x.size < 2:
        return None
    dx, dy = x - x.mean(), y - y.mean()
    sxx = float(dx @ dx)
    if sxx <= 0:
        return None
    sxy, syy = float(dx @ dy), float(dy @ dy)
    return Line(sxy / sxx, sxy * sxy / (sxx * syy) if syy > 0 else None)
