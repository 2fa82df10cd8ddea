# SPDX-License-Identifier: GPL-3.0-only
"""What stands below the plot: threads and marks, side by side, or as tabs in a narrow window."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from mtleak_gui.ui.pages.heap.marker_list import MarkerList
from mtleak_gui.ui.pages.heap.thread_card import ThreadView
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.labels import label
from mtleak_gui.ui.widgets.segmented import Segmented

_MARKERS_WIDTH = 376
_HEIGHT, _HEIGHT_SMALL = 177, 130


class LowerCards(QWidget):
    """Holds both views and moves them between its two layouts."""

    add_requested = Signal()

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.threads, self.markers = ThreadView(theme), MarkerList(theme)
        self._notes = [label("", "secondary"), label("", "secondary")]
        self._adds = [self._add_button(theme), self._add_button(theme)]
        self._threads_card, self._threads_room = _headed(self.tr("Threads"), aside=self._notes[0])
        self._markers_card, self._markers_room = _headed(self.tr("Markers"), self._adds[0])
        self._markers_card.setFixedWidth(_MARKERS_WIDTH)
        self._tabs = Segmented([("threads", ""), ("markers", "")], name=self.tr("Below the plot"))
        self._tabbed, tabbed_room = _card_with(_row(self._tabs, None, self._notes[1], self._adds[1]))
        self._stack = QStackedWidget()
        tabbed_room.addWidget(self._stack)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for card in (self._threads_card, self._markers_card, self._tabbed):
            row.addWidget(card, 1)
        self._counts = [0, 0]
        self._tabs.chosen.connect(self._choose_tab)
        self.threads.counted.connect(self._count_threads)
        self._show_counts()
        self.set_compact(compact=False)

    def set_compact(self, *, compact: bool) -> None:
        """Show tabs, or both side by side."""
        if compact:
            self._stack.addWidget(self.threads)
            self._stack.addWidget(self.markers)
            self._choose_tab(self._tabs.key)
        else:
            self._threads_room.addWidget(self.threads)
            self._markers_room.addWidget(self.markers)
            self.threads.show()
            self.markers.show()
        for card in (self._threads_card, self._markers_card):
            card.setVisible(not compact)
        self._tabbed.setVisible(compact)
        self._compact = compact

    def set_room(self, more: float) -> None:
        """Take ``more`` pixels of height than the cards need."""
        self.setFixedHeight(round((_HEIGHT_SMALL if self._compact else _HEIGHT) + more))

    def show_note(self, over: str, *, shown: bool) -> None:
        """Say what the threads are counted over, where there are any."""
        words = self.tr("DEBUG_HEAP · {0} · equal sizes cancelled within 10 min").format(over)
        self._notes[0].setText(words if shown else "")
        self._notes[1].setText(self.tr("DEBUG_HEAP · {0}").format(over) if shown else "")

    def count_markers(self, many: int) -> None:
        """Show how many marks there are, on the tab."""
        self._counts[1] = many
        self._show_counts()

    @Slot(int)
    def _count_threads(self, many: int) -> None:
        self._counts[0] = many
        self._show_counts()

    def _show_counts(self) -> None:
        for key, word, many in zip(
            ("threads", "markers"), (self.tr("Threads"), self.tr("Markers")), self._counts, strict=True
        ):
            self._tabs.set_word(key, f"{word} {many}")

    @Slot(str)
    def _choose_tab(self, key: str) -> None:
        self._stack.setCurrentWidget(self.threads if key == "threads" else self.markers)
        self._notes[1].setVisible(key == "threads")
        self._adds[1].setVisible(key == "markers")

    def _add_button(self, theme: ThemeKeeper) -> IconButton:
        made = IconButton(theme, "plus", self.tr("Add"), kind="quiet", size="small")
        made.setToolTip(self.tr("Mark this moment, then name it (M)"))
        made.clicked.connect(self.add_requested)
        return made


def _headed(title: str, button: QWidget | None = None, *, aside: QWidget | None = None) -> tuple[Card, QVBoxLayout]:
    return _card_with(_row(label(title, "card-title"), aside, button))


def _card_with(header: QWidget) -> tuple[Card, QVBoxLayout]:
    card = Card(padding=0)
    card.body.setContentsMargins(1, 1, 1, 2)
    card.body.setSpacing(0)
    card.body.addWidget(header)
    room = QVBoxLayout()
    card.body.addLayout(room, 1)
    return card, room


def _row(first: QWidget, aside: QWidget | None, *last: QWidget | None) -> QWidget:
    header = QWidget()
    header.setFixedHeight(36)
    row = QHBoxLayout(header)
    row.setContentsMargins(15, 2, 8, 2)
    row.setSpacing(8)
    row.addWidget(first)
    if aside is not None:
        row.addWidget(aside)
    row.addStretch(1)
    for widget in last:
        if widget is not None:
            row.addWidget(widget)
    return header
