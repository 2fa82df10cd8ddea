# SPDX-License-Identifier: GPL-3.0-only
"""Times and values to pixels of the plot, and polygons of them for the painter."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyqtgraph as pg
from PySide6.QtGui import QPolygonF

from mtleak_gui.core.leakhunt.evidence import Floats


class PlotScale(NamedTuple):
    """Times ``start`` to ``end`` and values ``low`` to ``high`` fill ``width`` x ``height`` pixels, y downwards."""

    start: float
    end: float
    low: float
    high: float
    width: float
    height: float

    def x(self, ts: float) -> float:
        """Return the column of a time."""
        return (ts - self.start) / (self.end - self.start) * self.width

    def y(self, value: float) -> float:
        """Return the line of a value."""
        return (self.high - value) / (self.high - self.low) * self.height

    def xs(self, ts: Floats) -> Floats:
        """Return the columns of times, shape (n,)."""
        return (ts - self.start) * (self.width / (self.end - self.start))

    def ys(self, value: Floats) -> Floats:
        """Return the lines of values, shape (n,)."""
        return (self.high - value) * (self.height / (self.high - self.low))

    def time_at(self, x: float) -> float:
        """Return the time of a column."""
        return self.start + x / self.width * (self.end - self.start)

    def value_at(self, y: float) -> float:
        """Return the value of a line."""
        return self.high - y / self.height * (self.high - self.low)


def polygon(x: Floats, y: Floats) -> QPolygonF:
    """Return the points as a polygon; places far outside are pulled in, where the painter would overflow."""
    made: QPolygonF = pg.functions.arrayToQPolygonF(np.clip(x, -30_000, 30_000), np.clip(y, -30_000, 30_000))
    return made
