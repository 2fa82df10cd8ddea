# SPDX-License-Identifier: GPL-3.0-only
"""The rows of the activity list: what happened, with what the heap did in the tester's ranges."""

from __future__ import annotations

from mtleak_gui.core import wording
from mtleak_gui.core.activity import Activity
from mtleak_gui.core.dips import MarkResults
from mtleak_gui.core.markers import pair_ranges
from mtleak_gui.engine.bench import Bench


class ToldActivity:
    """Puts the result of a range beside the mark that ends it, where the tester wrote no note."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._results = MarkResults(wording.BYTE_UNIT)

    def rows(self) -> list[Activity]:
        """Return what happened, newest last; ranges are told for the board that was chosen."""
        session, rows = self._bench.current, list(self._bench.activity)
        ends = {mark.end: mark for mark in pair_ranges(self._bench.markers) if mark.end is not None}
        if session is None or not ends or not len(session.heap):
            return rows
        return [
            row._replace(detail=self._results.of_range(ends[row.ts], session.heap))
            if row.ts in ends and not row.detail and row.title.endswith("-end")
            else row
            for row in rows
        ]
