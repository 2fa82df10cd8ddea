# SPDX-License-Identifier: GPL-3.0-only
"""What marks are called now, for the rows that set them: names are corrected by events, rows are never rewritten."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from mtleak_gui.core.dips import MarkResults
from mtleak_gui.core.log_store import LogRow
from mtleak_gui.core.markers import pair_ranges
from mtleak_gui.core.wording import BYTE_UNIT
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.pages.logbook.log_view import LogView
from mtleak_gui.ui.pages.logbook.row_painter import MarkWords, mark_words


class MarkNames(QObject):
    """Told to the view for each mark that it draws."""

    def __init__(self, bench: Bench, view: LogView) -> None:
        super().__init__(view)
        self._bench, self._view = bench, view
        self._standing: dict[float, MarkWords] = {}
        self._results = MarkResults(BYTE_UNIT)
        self._effects: dict[float, str] = {}
        """What the heap did in the range that a mark ends, by the time of that mark's row."""
        view.words_of_mark = self.words_of
        bench.markers_changed.connect(self._renew)
        self._renew()

    def words_of(self, row: LogRow) -> MarkWords:
        """Return what a mark is called, and whether it was taken away."""
        standing = self._standing.get(row.ts)
        if standing is not None:
            effect = self._effects.get(row.ts)
            told = [words for words in (standing.note, effect) if words]
            return standing._replace(note="; ".join(told) or None)
        first = mark_words(row)
        return first._replace(removed=bool(self._standing) or self._bench.folder is not None)

    def look_round(self, session: Session | None) -> None:
        """See what the heap of a board did in the ranges that have ended; a few at a time."""
        if session is None:
            return
        self._results.begin()
        ended = [mark for mark in pair_ranges(self._bench.markers) if mark.end is not None]
        rows = {mark.ts: mark.row_ts for mark in self._bench.markers}
        effects = {rows[mark.end]: self._results.of_range(mark, session.heap) for mark in ended if mark.end in rows}
        if effects != self._effects:
            self._effects = effects
            self._view.viewport().update()

    @Slot()
    def _renew(self) -> None:
        self._standing = {mark.row_ts: MarkWords(mark.label, mark.note) for mark in self._bench.markers}
        self._view.viewport().update()
