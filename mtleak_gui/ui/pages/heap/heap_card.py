# SPDX-License-Identifier: GPL-3.0-only
"""The card with legend, plot, minimap and selection strip, and what lies over the plot."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mtleak_gui.ui.pages.heap.legend_row import LegendRow
from mtleak_gui.ui.pages.heap.minimap import Minimap
from mtleak_gui.ui.pages.heap.plot.heap_plot import HeapPlot
from mtleak_gui.ui.pages.heap.plot.plot_axes import BOTTOM, LEFT
from mtleak_gui.ui.pages.heap.selection_strip import SelectionStrip
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.frozen_pill import FrozenPill
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.lines import line

_MINIMAP, _MINIMAP_SMALL = 36, 26


class HeapCard(Card):
    """Lays out; the page gives it life."""

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(padding=0, parent=parent)
        self.legend_row = LegendRow(theme, self)
        self.plot = HeapPlot(theme, self)
        self.minimap = Minimap(theme, self)
        self.strip = SelectionStrip(theme, self)
        self._pill = FrozenPill(theme, parent=self.plot)
        self._empty = label("", "secondary", wrap=True, parent=self.plot)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pill.hide()
        self._empty.hide()
        self.body.setContentsMargins(1, 1, 1, 1)
        self.body.setSpacing(0)
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 6)
        inside.setSpacing(4)
        inside.addWidget(self.plot, 1)
        inside.addWidget(self.minimap)
        self.body.addWidget(self.legend_row)
        self.body.addLayout(inside, 1)
        self.body.addWidget(line(self))
        self.body.addWidget(self.strip)
        self.plot.installEventFilter(self)
        self.set_compact(compact=False)

    def set_compact(self, *, compact: bool) -> None:
        """Show the card of a narrow window."""
        self.legend_row.set_compact(compact=compact)
        self.minimap.setFixedHeight(_MINIMAP_SMALL if compact else _MINIMAP)

    def show_frozen(self, *, frozen: bool) -> None:
        """Say over the plot that it stands still."""
        self._pill.setVisible(frozen)
        self._place_over()

    def show_empty(self, text: str) -> None:
        """Say over the plot why it is empty; with an empty text take that away."""
        self._empty.setText(text)
        self._empty.setVisible(bool(text))
        self._place_over()

    @property
    def empty_text(self) -> str:
        """What is said over an empty plot."""
        return self._empty.text()

    @property
    def frozen_shown(self) -> bool:
        """Whether the plot says that it stands still."""
        return not self._pill.isHidden()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Keep what lies over the plot in its middle."""
        if event.type() == QEvent.Type.Resize:
            self._place_over()
        return super().eventFilter(watched, event)

    def _place_over(self) -> None:
        self._pill.adjustSize()
        middle = LEFT + (self.plot.width() - LEFT - self._pill.width()) // 2
        self._pill.move(middle, self.plot.height() - BOTTOM - self._pill.height() - 10)
        self._empty.setGeometry(LEFT, 30, max(self.plot.width() - LEFT - 20, 10), max(self.plot.height() - 60, 10))
