# SPDX-License-Identifier: GPL-3.0-only
"""Joins find to the rows: looks for what is typed, steps from hit to hit, says how many there are."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot

from mtleak_gui.core.log_filter import PatternError
from mtleak_gui.ui.pages.logbook.find_bar import FindBar
from mtleak_gui.ui.pages.logbook.log_sifter import LogSifter
from mtleak_gui.ui.pages.logbook.log_view import LogView


class FindDesk(QObject):
    """Lives as long as the bar."""

    def __init__(self, sifter: LogSifter, bar: FindBar, view: LogView) -> None:
        super().__init__(bar)
        self._sifter, self._bar, self._view = sifter, bar, view
        bar.changed.connect(self._look_for)
        bar.closed.connect(self._closed)
        bar.step_requested.connect(self.step)
        sifter.found_changed.connect(self.tell)

    @Slot(int)
    def step(self, step: int) -> None:
        """Go to the next hit (1), or the one before (-1); open the bar when nothing is looked for."""
        found = self._sifter.found
        if found is None or self._bar.isHidden():
            self._bar.open()
            return
        place = found.next(self._view.here(step), step)
        if place is not None:
            self._view.show_number(self._sifter.shown.number(place))
        self.tell()

    @Slot()
    def tell(self) -> None:
        """Say how many hits there are."""
        found = self._sifter.found
        if found is not None:
            here = self._view.selection.current()
            rank = found.rank(here) if here is not None and found.holds(here) else None
            self._bar.show_hits(rank, len(found), busy=not found.is_done)
        self._view.viewport().update()

    @Slot()
    def _look_for(self) -> None:
        wanted = self._bar.wanted
        try:
            self._sifter.find(wanted if wanted.pattern else None)
        except PatternError as trouble:
            self._bar.show_trouble(trouble)
            return
        self._bar.show_trouble(None)
        self._view.highlight()
        self.tell()

    @Slot()
    def _closed(self) -> None:
        self._sifter.find(None)
        self._view.highlight()
        self._view.setFocus(Qt.FocusReason.OtherFocusReason)
