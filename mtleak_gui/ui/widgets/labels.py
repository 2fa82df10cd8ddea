# SPDX-License-Identifier: GPL-3.0-only
"""Labels of a kind of the style sheet. What boards and people wrote is never taken for markup, nor drawn unseen."""

from __future__ import annotations

import html
import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from mtleak_gui.core.shown_text import shown, shown_lines

_LONG_WORD = re.compile(r"\S{31,}")
_PIECE = re.compile(r"\S{1,15}")
_BREAK = "\u200b"
"""A space without width: the line may break there, nothing is seen."""
_LONGEST_TIP = 2_000


class PlainLabel(QLabel):
    """A label that takes no text for markup and spells out what would not be seen, or would move what is."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(_harmless(text), parent)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Show another text."""
        super().setText(_harmless(text))


def label(
    text: str = "", kind: str = "", tone: str = "", *, wrap: bool = False, parent: QWidget | None = None
) -> PlainLabel:
    """Return a label with plain text; one that wraps breaks words too that are longer than any line."""
    made = PlainLabel(breakable(text) if wrap else text, parent)
    made.setWordWrap(wrap)
    if kind:
        made.setProperty("kind", kind)
    if tone:
        made.setProperty("tone", tone)
    return made


def breakable(text: str) -> str:
    """Return ``text`` with places to break in words of more than 30 letters, which would else widen their window."""
    return _LONG_WORD.sub(lambda found: _BREAK.join(_PIECE.findall(found[0])), shown_lines(text))


def plain_tip(text: str) -> str:
    """Return ``text`` for a tip, which takes what looks like markup for markup, whoever wrote it; lines stay lines."""
    told = text if len(text) <= _LONGEST_TIP else f"{text[: _LONGEST_TIP - 1]}…"
    return f"<qt>{html.escape(breakable(told)).replace(chr(10), '<br>')}</qt>"


def as_words(text: str) -> str:
    """Return ``text`` for a button or menu, where ``&`` would underline a letter and a tab begin a key's name."""
    return shown(text).replace("&", "&&")


def _harmless(text: str) -> str:
    return (
        _BREAK.join(shown_lines(piece) for piece in text.split(_BREAK) if piece)
        if _BREAK in text
        else shown_lines(text)
    )


class ElidedLabel(PlainLabel):
    """A label that ends in … where it is too narrow, and tells the whole text in its tip."""

    def __init__(self, text: str = "", kind: str = "", tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
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
        self.setToolTip(plain_tip(self.text()) if shown != self.text() else "")
        painter.drawText(self.rect(), int(self.alignment()) | int(Qt.TextFlag.TextSingleLine), shown)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a width that a layout may go down to."""
        return QSize(24, super().minimumSizeHint().height())
