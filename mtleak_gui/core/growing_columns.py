# SPDX-License-Identifier: GPL-3.0-only
"""One numpy column that grows: doubling, so that appending costs the same however long it is."""

from __future__ import annotations

from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

_FIRST_ROOM = 256
Number = TypeVar("Number", np.float64, np.int8)


class GrowingColumn(Generic[Number]):
    """A column of numbers of one type; ``filled`` is a read-only view of shape (n,), valid until the next change."""

    def __init__(self, dtype: type[Number]) -> None:
        self._room: npt.NDArray[Number] = np.empty(_FIRST_ROOM, dtype)
        self._count = 0

    @property
    def filled(self) -> npt.NDArray[Number]:
        """Return what is there, read-only."""
        view = self._room[: self._count]
        view.flags.writeable = False
        return view

    def __len__(self) -> int:
        return self._count

    def append(self, value: float) -> None:
        """Add one value."""
        if self._count == self._room.size:
            self._grow(self._count + 1)
        self._room[self._count] = value
        self._count += 1

    def extend(self, values: npt.ArrayLike) -> None:
        """Add values of shape (n,)."""
        added = np.asarray(values, self._room.dtype)
        if self._count + added.size > self._room.size:
            self._grow(self._count + added.size)
        self._room[self._count : self._count + added.size] = added
        self._count += added.size

    def reserve(self, many: int) -> None:
        """Make room for so many more values."""
        if self._count + many > self._room.size:
            self._grow(self._count + many)

    def _grow(self, wanted: int) -> None:
        room = np.empty(max(2 * self._room.size, wanted), self._room.dtype)
        room[: self._count] = self._room[: self._count]
        self._room = room
