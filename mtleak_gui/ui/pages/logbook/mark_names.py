# SPDX-License-Identifier: GPL-3.0-only
"""What marks are called now, for the rows that set them: names are corrected by events, rows are never rewritten."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from mtleak_gui.core.log_store import LogRow
from mtleak_gui.engine.bench import Bench
from mtleak_gui.ui.pages.logbook.log_view import LogView
from mtleak_gui.ui.pages.logbook.row_painter import MarkWords, mark_words


class MarkNames(QObject):
    """Told to the view for each mark that it draws."""

    def __init__(self, bench: Bench, view: LogView) -> None:
        super().__init__(view)
        self._bench, self._view = bench, view
        self._standing: dict[float, MarkWords] = {}
        view.words_of_mark = self.words_of
        bench.markers_changed.connect(self._renew)
        self._renew()

    def words_of(self, row: LogRow) -> MarkWords:
        """Return what a mark is called, and whether it was taken away."""
        standing = self._standing.get(row.ts)
        if standing is not None:
            return standing
        first = mark_words(row)
        return first._replace(removed=bool(self._standing) or self._bench.folder is not None)

    @Slot()
    def _renew(self) -> None:
        self._standing = {mark.ts: MarkWords(mark.label, mark.note) for mark in self._bench.markers}
        self._view.viewport().update()
