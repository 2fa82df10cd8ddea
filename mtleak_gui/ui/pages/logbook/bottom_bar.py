# SPDX-License-Identifier: GPL-3.0-only
"""The controls under the log: which stream is shown, whether the view follows, what can be done with rows."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.labels import ElidedLabel
from mtleak_gui.ui.widgets.segmented import Segmented


class BottomBar(QWidget):
    """``follow_requested`` comes from the pill, ``tab_chosen`` with logs, packets or events."""

    tab_chosen = Signal(str)
    follow_requested = Signal()
    find_requested = Signal()
    wrap_requested = Signal()
    export_requested = Signal()

    def __init__(self, theme: ThemeKeeper, copy: QMenu, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tabs = Segmented(
            (("logs", self.tr("Logs")), ("packets", self.tr("Packets")), ("events", self.tr("Events"))),
            name=self.tr("Stream"),
            parent=self,
        )
        self._told = ElidedLabel("", "secondary", parent=self)
        self._pill = IconButton(theme, "arrow-down", self.tr("New logs, scroll to end"), kind="pill", parent=self)
        self._pill.setVisible(False)
        self._find = self._button(theme, "magnify", self.tr("Find"), self.tr("Find in the rows shown (Ctrl+F)"))
        self.wrap = self._button(theme, "wrap", self.tr("Wrap"), self.tr("Show the whole line of the row (W)"))
        self.wrap.setCheckable(True)
        self._copy = self._button(theme, "content-copy", self.tr("Copy"), self.tr("Copy the chosen rows"))
        self._copy.setMenu(copy)
        self._export = self._button(
            theme, "export-variant", self.tr("Export…"), self.tr("Copy the rows of this time into a folder (Ctrl+E)")
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self._of_logs = (self._find, self.wrap, self._copy)
        # Two halves of one width keep the pill in the middle.
        row.addWidget(_half(self.tabs, self._told), 1)
        row.addWidget(self._pill)
        row.addWidget(_half(None, *self._of_logs, self._export), 1)
        self.tabs.chosen.connect(self.tab_chosen)
        self._pill.clicked.connect(self.follow_requested)
        self._find.clicked.connect(self.find_requested)
        self.wrap.clicked.connect(self.wrap_requested)
        self._export.clicked.connect(self.export_requested)

    def show_stream(self, key: str) -> None:
        """Offer what can be done with the rows of a stream."""
        self.tabs.choose(key)
        for part in (*self._of_logs, self._told):
            part.setVisible(key == "logs")

    def show_state(self, words: str, *, new_rows: bool) -> None:
        """Say how the view stands; the pill shows that rows came which are not seen."""
        self._told.setText(words)
        self._pill.setVisible(new_rows)

    @property
    def told(self) -> str:
        """What it says."""
        return self._told.text()

    @property
    def offers_new_rows(self) -> bool:
        """Whether the pill is shown."""
        return not self._pill.isHidden()

    @staticmethod
    def _button(theme: ThemeKeeper, icon: str, word: str, tip: str) -> IconButton:
        made = IconButton(theme, icon, word, size="small")
        made.setToolTip(tip)
        return made


def _half(first: QWidget | None, *others: QWidget) -> QWidget:
    """Return parts side by side: at the left when there is a first one, else at the right; of no width of its own."""
    half = QWidget()
    half.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    row = QHBoxLayout(half)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    if first is None:
        row.addStretch(1)
    else:
        row.addWidget(first)
    for part in others:
        row.addWidget(part, 0 if first is None else 1)
    if first is not None:
        row.addStretch(0)  # keeps the first one at the left when the others are hidden
    return half
