# SPDX-License-Identifier: GPL-3.0-only
"""Trouble in its one form: what happened, why, what to do, an act that helps, and details folded away."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton, button
from mtleak_gui.ui.widgets.icon_label import IconLabel
from mtleak_gui.ui.widgets.labels import label

_DETAILS_HEIGHT = 120


class Trouble(NamedTuple):
    """Sentences for the user; ``action`` is the word on the button, ``details`` what only some want to read."""

    what: str
    why: str = ""
    to_do: str = ""
    action: str = ""
    details: str = ""


class ErrorPanel(QFrame):
    """Lies in the card or dialog that it concerns. ``acted`` comes when the act is wanted."""

    acted = Signal()

    def __init__(
        self, theme: ThemeKeeper, trouble: Trouble, *, tone: str = "danger", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", "surface")
        self.setProperty("tone", tone)
        self.setAccessibleName(" ".join(filter(None, trouble[:3])))
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        icon = "alert-octagon-outline" if tone == "danger" else "alert-outline"
        row.addWidget(IconLabel(theme, icon, tone, 20), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(label(trouble.what, "small-strong", tone, wrap=True))
        for sentence in filter(None, (trouble.why, trouble.to_do)):
            words = label(sentence, "small", wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(words)
        row.addLayout(column, 1)
        self._add_acts(theme, trouble, column)

    def _add_acts(self, theme: ThemeKeeper, trouble: Trouble, column: QVBoxLayout) -> None:
        acts = QHBoxLayout()
        acts.setSpacing(8)
        if trouble.action:
            act = button(trouble.action, size="small", parent=self)
            act.clicked.connect(self.acted)
            acts.addWidget(act)
        self._fold = IconButton(theme, "chevron-right", self.tr("Details"), kind="text", size="small", parent=self)
        self._fold.setCheckable(True)
        self._fold.toggled.connect(self._unfold)
        self._details = details_view(trouble.details, self)
        self._details.setFixedHeight(_DETAILS_HEIGHT)
        self._details.hide()
        self._fold.setVisible(bool(trouble.details))
        acts.addWidget(self._fold)
        acts.addStretch(1)
        if trouble.action or trouble.details:
            column.addLayout(acts)
            column.addWidget(self._details)

    @Slot(bool)
    def _unfold(self, shown: bool) -> None:  # noqa: FBT001 - the signal's own argument
        self._details.setVisible(shown)
        self._fold.set_look("chevron-down" if shown else "chevron-right")


def details_view(text: str, parent: QWidget) -> QPlainTextEdit:
    """Return a read-only view of plain text in the typeface of logs; Tab leaves it."""
    view = QPlainTextEdit(text, parent)
    view.setReadOnly(True)
    view.setTabChangesFocus(True)
    view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    view.setProperty("kind", "trace")
    view.setAccessibleName(view.tr("Details"))
    return view
