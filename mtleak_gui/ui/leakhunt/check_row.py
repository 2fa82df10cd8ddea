# SPDX-License-Identifier: GPL-3.0-only
"""The checks before a verdict: a tick or a sign each, and below them what mends those that did not pass."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from mtleak_gui.ui.leakhunt.check_words import CheckItem
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.flow_layout import FlowLayout
from mtleak_gui.ui.widgets.icon_label import IconLabel
from mtleak_gui.ui.widgets.labels import label

_LOOKS = {
    "ok": ("check", "ok", "passed"),
    "warning": ("alert-outline", "warn", "warning"),
    "failed": ("close", "danger", "failed"),
}


class CheckRow(QWidget):
    """Shows the checks of one verdict."""

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
                self._rows.addWidget(label(f"{_subject(item)}: {item.fix}", "secondary", wrap=True))

    def _sign(self, item: CheckItem) -> QWidget:
        icon, role, word = _LOOKS[item.state]
        sign = QWidget()
        sign.setToolTip(item.tip)
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
