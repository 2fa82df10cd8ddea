# SPDX-License-Identifier: GPL-3.0-only
"""Copies the chosen rows: as lines, with context, as JSON, as Markdown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QMenu, QWidget

from mtleak_gui.core.log_copy import CONTEXT_ROWS, as_json, as_lines, as_markdown, with_context
from mtleak_gui.core.log_store import LogRow
from mtleak_gui.core.wording import count
from mtleak_gui.ui.pages.logbook.log_sifter import LogSifter
from mtleak_gui.ui.pages.logbook.row_painter import clock_of
from mtleak_gui.ui.pages.logbook.row_selection import RowSelection

MOST_ROWS = 20_000
"""More is an export; text of this size takes the clipboard some 20 ms."""


class CopyMenu(QMenu):
    """``tell`` is given a sentence about what was copied."""

    plot_requested = Signal()

    def __init__(
        self,
        sifter: LogSifter,
        selection: RowSelection,
        clipboard: QClipboard,
        *,
        tell: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._sifter, self._selection, self._clipboard, self._tell = sifter, selection, clipboard, tell
        self.addAction(self.tr("Copy line"), self.copy_lines)
        self.addAction(self.tr("Copy with context"), self.copy_context)
        self.addAction(self.tr("Copy as JSON"), self.copy_json)
        self.addAction(self.tr("Copy as Markdown"), self.copy_markdown)

        self.addSeparator()
        self.addAction(self.tr("Show on the plot"), self.plot_requested.emit)

    @Slot(QPoint)
    def open_at(self, place: QPoint) -> None:
        """Open the menu on the screen."""
        self.popup(place)

    def copy_lines(self) -> None:
        """Copy the text of the chosen rows."""
        rows = self._rows()
        self._put(as_lines(rows), rows)

    def copy_context(self) -> None:
        """Copy the chosen rows with what stands before and after them in the log, hidden rows too."""
        rows = self._rows()
        if not rows:
            self._put("", rows)
            return
        store = self._sifter.store
        around = [store.row(n) for n in range(rows[0].number - CONTEXT_ROWS, rows[-1].number + CONTEXT_ROWS + 1)]
        told = [row for row in around if row is not None][: MOST_ROWS + 2 * CONTEXT_ROWS]
        self._put(with_context(told, {row.number for row in rows}, clock_of), rows)

    def copy_json(self) -> None:
        """Copy the chosen rows as JSON lines."""
        rows = self._rows()
        self._put(as_json(rows), rows)

    def copy_markdown(self) -> None:
        """Copy the chosen rows as a block for an issue."""
        rows = self._rows()
        self._put(as_markdown(rows, clock_of), rows)

    def _rows(self) -> list[LogRow]:
        shown, store = self._sifter.shown, self._sifter.store
        return [store.row_in(*shown.place_of(place)) for place in self._selection.places()[:MOST_ROWS]]

    def _put(self, text: str, rows: list[LogRow]) -> None:
        if not rows:
            self._tell(self.tr("No row is chosen: click one, or move to it with the arrow keys."))
            return
        self._clipboard.setText(text)
        left = len(self._selection.places()) - len(rows)
        words = self.tr("Copied %1").replace("%1", count(len(rows), "row"))
        self._tell(words + (self.tr(", left out %1").replace("%1", f"{left:,}") if left else "") + ".")
