# SPDX-License-Identifier: GPL-3.0-only
"""Times and values that are gathered while rows are read, and come out in the order of the rows."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from mtleak_gui.core.leakhunt.evidence import Floats

Places = npt.NDArray[np.intp]
_BESIDE_S = 300.0


class Columns(NamedTuple):
    """Arrays of shape (n,). ``uptime`` is NaN and ``source`` -1 where none was given."""

    ts: Floats
    value: Floats
    uptime: Floats
    source: npt.NDArray[np.int8]


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


class Gathered:
    """Columns taken group by group, put back into row order at the end."""

    def __init__(self) -> None:
        self.sources: list[str] = []
        """The names that ``source`` of the columns points into."""
        self._order: list[Places] = []
        self._parts: list[Columns] = []

    def __len__(self) -> int:
        return sum(part.ts.size for part in self._parts)

    def take(
        self,
        order: Places,
        ts: Floats,
        value: Floats,
        good: npt.NDArray[np.bool_],
        *,
        uptime: Floats | None = None,
        source: str | None = None,
    ) -> None:
        """Add the rows that are ``good``; ``order`` holds their places among all rows."""
        if not good.any():
            return
        if source is not None and source not in self.sources:
            self.sources.append(source)
        code = -1 if source is None else self.sources.index(source)
        stated = np.full(ts.size, np.nan) if uptime is None else uptime
        self._order.append(order[good])
        self._parts.append(Columns(ts[good], value[good], stated[good], np.full(int(good.sum()), code, np.int8)))

    def places(self) -> Places:
        """Return the places of the rows among all rows, in the order of :meth:`columns`."""
        return np.sort(np.concatenate(self._order)) if self._order else np.empty(0, np.intp)

    def columns(self) -> Columns:
        """Return all that was taken, in row order."""
        if not self._parts:
            return Columns(np.empty(0), np.empty(0), np.empty(0), np.empty(0, np.int8))
        order = np.argsort(np.concatenate(self._order), kind="stable")
        return Columns(
            np.concatenate([part.ts for part in self._parts])[order],
            np.concatenate([part.value for part in self._parts])[order],
            np.concatenate([part.uptime for part in self._parts])[order],
            np.concatenate([part.source for part in self._parts])[order],
        )


def uptimes_beside(samples: Gathered, uptimes: Gathered) -> Floats:
    """Return an uptime for each sample from the rows before and after it that state one, NaN where none is near.

    Where the host's clock went back, two times of the board bear one time of the host: only the order of the rows tells
    them apart.
    """
    own, known = samples.columns().ts, uptimes.columns()
    found = np.full(own.size, np.nan)
    if not known.ts.size:
        return found
    after = np.searchsorted(uptimes.places(), samples.places())
    for beside, sign in ((after, -1.0), (after - 1, 1.0)):
        index = np.clip(beside, 0, known.ts.size - 1)
        apart = own - known.ts[index]
        near = (index == beside) & (sign * apart >= 0) & (np.abs(apart) <= _BESIDE_S)
        found[near] = known.value[index[near]] + apart[near]
    return found
