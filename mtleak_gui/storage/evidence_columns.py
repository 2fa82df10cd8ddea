# SPDX-License-Identifier: GPL-3.0-only
"""Pairs of time and value that grow while rows are read, as two plain columns of doubles."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

import numpy as np

from mtleak_gui.core.leakhunt.evidence import Floats


class Column:
    """Epoch seconds and values, in row order: 16 bytes a pair, and nothing for the garbage collector to walk."""

    def __init__(self) -> None:
        self._ts = array("d")
        self._value = array("d")

    def __len__(self) -> int:
        return len(self._ts)

    def append(self, ts: float, value: float) -> None:
        """Add one pair."""
        self._ts.append(ts)
        self._value.append(value)

    def extend(self, ts: Iterable[float], value: Iterable[float]) -> None:
        """Add pairs; both of equal length."""
        self._ts.extend(ts)
        self._value.extend(value)

    @property
    def ts(self) -> Floats:
        """The times, a copy."""
        return np.array(self._ts, np.float64)

    @property
    def value(self) -> Floats:
        """The values, a copy."""
        return np.array(self._value, np.float64)


def joined(*columns: Column) -> tuple[Floats, Floats]:
    """Return the times and values of several columns, one after the other."""
    return np.concatenate([c.ts for c in columns]), np.concatenate([c.value for c in columns])
