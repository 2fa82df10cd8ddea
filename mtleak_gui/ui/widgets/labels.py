# SPDX-License-Identifier: GPL-3.0-only
"""Labels of a kind of the style sheet. What boards and people wrote is never taken for markup."""

from __future__ import annotations

import html

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


def label(
    text: str = "", kind: str = "", tone: str = "", *, wrap: bool = False, parent: QWidget | None = None
) -> QLabel:
    """Return a label with plain text."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if kind:
        made.setProperty("kind", kind)
    if tone:
        made.setProperty("tone", tone)
    return made


class ElidedLabel(QLabel):
    """A label that ends in … where it is too narrow, and tells the whole text in its tip."""

    def __init__(self, text: str = "", kind: str = "", tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if kind:
            self.setProperty("kind", kind)
        if tone:
            self.setProperty("tone", tone)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw the text that fits."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        # A tip takes what looks like markup for markup, whoever wrote it.
        self.setToolTip(f"<qt>{html.escape(self.text())}</qt>" if shown != self.text() else "")
        painter.drawText(self.rect(), int(self.alignment()) | int(Qt.TextFlag.TextSingleLine), shown)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a width that a layout may go down to."""
        return QSize(24, super().minimumSizeHint().height())
