# SPDX-License-Identifier: GPL-3.0-only
"""Where rows begin, in pixels from the first: lines are of one height, marks of another."""

from __future__ import annotations

from mtleak_gui.core.filtered_log import FilteredLog
from mtleak_gui.ui.pages.logbook.row_layout import RowLayout


class RowHeights:
    """Heights of the rows of a filtered log in a ``layout``, which may be changed."""

    def __init__(self, shown: FilteredLog, layout: RowLayout) -> None:
        self._shown = shown
        self.layout = layout

    def total(self) -> int:
        """Return the height of all rows."""
        return self.top(len(self._shown))

    def top(self, place: int) -> int:
        """Return where a row begins; for the number of rows, where the last one ends."""
        place = max(0, min(place, len(self._shown)))
        return place * self.layout.row + self._shown.marks_before(place) * (self.layout.mark - self.layout.row)

    def at(self, y: int) -> int:
        """Return the row at a height; the first or the last one beyond the ends."""
        # Marks make rows begin lower than lines alone would, never higher: the row lies at or before this guess.
        low, high = 0, min(len(self._shown) - 1, y // self.layout.row)
        while low < high:
            middle = (low + high + 1) // 2
            if self.top(middle) <= y:
                low = middle
            else:
                high = middle - 1
        return max(0, low)
