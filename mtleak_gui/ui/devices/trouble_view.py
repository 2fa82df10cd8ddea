# SPDX-License-Identifier: GPL-3.0-only
"""One trouble of a link in full: why, what to do, what to copy, and what the system said, folded away."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mtleak_gui.core.link_trouble import LinkTrouble
from mtleak_gui.ui.devices.remedy_box import RemedyBox
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import button
from mtleak_gui.ui.widgets.details_view import details_view
from mtleak_gui.ui.widgets.labels import label

_DETAIL_HEIGHT = 64


class TroubleView(QWidget):
    """Shows one trouble; another one gets another view."""

    def __init__(self, theme: ThemeKeeper, trouble: LinkTrouble, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "scrolled")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        for heading, text in ((self.tr("Why"), trouble.why), (self.tr("What to do"), trouble.todo)):
            if text:
                column.addWidget(label(heading, "small-strong", "secondary"))
                column.addWidget(label(text, wrap=True))
                column.addSpacing(8)
        for remedy in trouble.remedies:
            column.addWidget(RemedyBox(theme, remedy))
            column.addSpacing(8)
        if trouble.detail:
            self._add_details(column, trouble.detail)
        column.addStretch(1)

    def _add_details(self, column: QVBoxLayout, detail: str) -> None:
        fold = button(self.tr("Details"), "text", "small", self)
        fold.setCheckable(True)
        fold.toggled.connect(self._unfold)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(fold)
        row.addStretch(1)
        column.addLayout(row)
        self._detail = details_view(detail, self)
        self._detail.setLineWrapMode(self._detail.LineWrapMode.WidgetWidth)
        self._detail.setFixedHeight(_DETAIL_HEIGHT)
        self._detail.hide()
        column.addWidget(self._detail)

    @Slot(bool)
    def _unfold(self, shown: bool) -> None:  # noqa: FBT001 - a signal's argument
        self._detail.setVisible(shown)
