# SPDX-License-Identifier: GPL-3.0-only
"""The checks before a verdict: a tick or a sign each, and below them what mends those that did not pass."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from mtleak_gui.ui.leakhunt.check_words import CheckItem
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import button
from mtleak_gui.ui.widgets.flow_layout import FlowLayout
from mtleak_gui.ui.widgets.icon_label import IconLabel
from mtleak_gui.ui.widgets.labels import label, plain_tip

_LOOKS = {
    "ok": ("check", "ok", "passed"),
    "warning": ("alert-outline", "warn", "warning"),
    "failed": ("close", "danger", "failed"),
}
_FIX_WORDS = {"resume": "Resume recording", "record": "Start recording"}


class CheckRow(QWidget):
    """Shows the checks of one verdict, with a button where the fix is to record on."""

    resume_requested = Signal()
    record_requested = Signal()

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(self.tr("Checks"))
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)

    def show_checks(self, items: Sequence[CheckItem]) -> None:
        """Show other checks."""
        _clear(self._rows)
        signs = QWidget(self)
        flow = FlowLayout(signs, gap=20, line_gap=4)
        for item in items:
            flow.addWidget(self._sign(item))
        self._rows.addWidget(signs)
        for item in items:
            if item.fix and item.state != "ok":
                self._rows.addWidget(self._fix(item, item.fix))

    def _fix(self, item: CheckItem, words: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        told = label(f"{_subject(item)}: {words}", "secondary", wrap=True)
        row.addWidget(told, 1 if item.act is None else 0)
        if item.act is not None:
            act = button(self.tr(_FIX_WORDS[item.act]), "text", "small")
            act.clicked.connect(self.resume_requested if item.act == "resume" else self.record_requested)
            row.addWidget(act)
            row.addStretch(1)
        return line

    def _sign(self, item: CheckItem) -> QWidget:
        icon, role, word = _LOOKS[item.state]
        sign = QWidget()
        sign.setToolTip(plain_tip(item.tip))
        sign.setAccessibleName(f"{item.text}: {word}")
        row = QHBoxLayout(sign)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(IconLabel(self._theme, icon, role, 16))
        row.addWidget(label(item.text[:1].upper() + item.text[1:], "small", "" if item.state == "ok" else role))
        return sign


def _subject(item: CheckItem) -> str:
    words = item.text.partition(":")[0].partition(",")[0]
    return words[:1].upper() + words[1:]


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
