# SPDX-License-Identifier: GPL-3.0-only
"""Places the cards of the Overview in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

GAP = 8
_NARROWEST = 300
_MOST_COLUMNS = 3


class Cell(NamedTuple):
    """Where a card stands, and over how many columns."""

    row: int
    column: int
    columns: int


def cells(tiles: int, columns: int) -> tuple[tuple[Cell, ...], Cell, Cell, Cell]:
    """Return the places of the tiles, the recorder, the things to fix and the activity, in reading order.

    The activity takes what is left of the row of the things to fix where that is enough for its words (two columns, or
    one of two), else a row of its own; the things to fix then take the rest of theirs.
    """
    places = [Cell(n // columns, n % columns, 1) for n in range(tiles + 2)]
    things = places[-1]
    left = columns - things.column - 1
    if left >= min(2, columns - 1) and left:
        activity = Cell(things.row, things.column + 1, left)
    else:
        things = things._replace(columns=columns - things.column)
        activity = Cell(things.row + 1, 0, columns)
    return tuple(places[:tiles]), places[tiles], things, activity


class CardGrid(QWidget):
    """``set_tiles`` replaces the tiles; the other three cards stay."""

    def __init__(self, recorder: QWidget, things: QWidget, activity: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "scrolled")
        self._recorder, self._things, self._activity = recorder, things, activity
        self._tiles: tuple[QWidget, ...] = ()
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setSpacing(GAP)
        self._grid.setContentsMargins(16, 16, 16, 16)

    def set_tiles(self, tiles: Sequence[QWidget]) -> None:
        """Show these tiles."""
        self._tiles = tuple(tiles)
        self._columns = 0
        self._arrange()

    def set_padding(self, *, narrow: bool) -> None:
        """Take less room round the cards where the window is small."""
        sides, ends = (12, 8) if narrow else (16, 16)
        self._grid.setContentsMargins(sides, ends, sides, ends)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the width of one column, however many there are now: fewer follow when there is less room."""
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Go to other columns where the width asks for it."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        margins = self._grid.contentsMargins()
        room = self.width() - margins.left() - margins.right() + GAP
        columns = max(1, min(_MOST_COLUMNS, room // (_NARROWEST + GAP)))
        if columns == self._columns:
            return
        self._columns = columns
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        for column in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
            self._grid.setColumnMinimumWidth(column, 0)
        tiles, recorder, things, activity = cells(len(self._tiles), columns)
        cards = (*self._tiles, self._recorder, self._things, self._activity)
        for card, cell in zip(cards, (*tiles, recorder, things, activity), strict=True):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, cell.row, cell.column, 1, cell.columns)
        self._grid.setRowStretch(activity.row, 1)
