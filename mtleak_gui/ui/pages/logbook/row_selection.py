# SPDX-License-Identifier: GPL-3.0-only
"""Which rows are chosen: a stretch from the one chosen first to the one chosen last, kept by their numbers."""

from __future__ import annotations

from mtleak_gui.core.filtered_log import FilteredLog


class RowSelection:
    """Kept while rows come, go and are filtered; a chosen row that is no longer shown is chosen still."""

    def __init__(self, shown: FilteredLog) -> None:
        self._shown = shown
        self._first: int | None = None
        self._last: int | None = None

    @property
    def number(self) -> int | None:
        """The number of the row that was chosen last."""
        return self._last

    def choose(self, place: int, *, extend: bool = False) -> None:
        """Choose a row, or all from the one chosen first to this one."""
        number = self._shown.number(place)
        self._last = number
        if not extend or self._first is None:
            self._first = number

    def clear(self) -> None:
        """Choose none."""
        self._first = self._last = None

    def current(self) -> int | None:
        """Return the place of the row that was chosen last, ``None`` when it is not shown."""
        if self._last is None:
            return None
        place = self._shown.nearest(self._last)
        return place if place < len(self._shown) and self._shown.number(place) == self._last else None

    def holds(self, place: int) -> bool:
        """Return whether the row at a place is chosen."""
        if self._first is None or self._last is None:
            return False
        return min(self._first, self._last) <= self._shown.number(place) <= max(self._first, self._last)

    def places(self) -> range:
        """Return the places of the chosen rows that are shown."""
        if self._first is None or self._last is None:
            return range(0)
        low, high = min(self._first, self._last), max(self._first, self._last)
        return range(self._shown.nearest(low), self._shown.nearest(high + 1))
