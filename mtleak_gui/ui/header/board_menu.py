# SPDX-License-Identifier: GPL-3.0-only
"""The menu under the board's button where there are several boards: which one is shown, or another one to connect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtGui import QActionGroup, QIcon
from PySide6.QtWidgets import QMenu, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.labels import as_words, plain_tip

_DOT = 12


class BoardEntry(NamedTuple):
    """One board: its port, what it is called, how its link stands, the role of its colour."""

    port: str
    name: str
    state: str
    role: str


class BoardMenu(QMenu):
    """``chosen`` tells the port of the board to show."""

    chosen = Signal(str)
    another_requested = Signal()

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._group: QActionGroup | None = None

    def open_below(self, control: QWidget, boards: Sequence[BoardEntry], current: str) -> None:
        """Show these boards under a control; ``current`` is the port of the one that is shown. Waits for nothing."""
        self.clear()
        if self._group is not None:
            self._group.deleteLater()
        self._group = QActionGroup(self)
        for board in boards:
            words = as_words(f"{board.name}  ·  {board.state}")
            act = self.addAction(QIcon(self._theme.pixmap("circle", board.role, _DOT)), words)
            act.setToolTip(plain_tip(board.name))
            act.setCheckable(True)
            act.setChecked(board.port == current)
            act.setData(board.port)
            act.triggered.connect(self._choose)
            self._group.addAction(act)
        self.addSeparator()
        self.addAction(self.tr("Connect a board…"), self.another_requested.emit)
        self.popup(control.mapToGlobal(QPoint(0, control.height() + 4)))

    @Slot()
    def _choose(self) -> None:
        self.chosen.emit(str(self.sender().data()))  # type: ignore[attr-defined] # an action of this menu
