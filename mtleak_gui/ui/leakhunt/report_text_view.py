# SPDX-License-Identifier: GPL-3.0-only
"""The report's text as it is, byte for byte: keys in grey, the verdict in its colour, moments as links."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QUrl, Signal, Slot
from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from mtleak_gui.core.leakhunt.report_links import ReportLink
from mtleak_gui.core.leakhunt.report_rows import KEY_WIDTH
from mtleak_gui.ui.theme.colors import Colors
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

_LINE_HEIGHT = 18
_VERDICT_KEY = "verdict"
_SCHEME = "moment:"


class ReportTextView(QTextBrowser):
    """``moment_chosen`` tells the epoch second of the link that was clicked, or chosen by Tab and Enter."""

    moment_chosen = Signal(float)

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._tone = "neutral"
        self.setProperty("kind", "report")
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.NoWrap)
        self.setAccessibleName(self.tr("Report"))
        self.document().setDocumentMargin(0)
        self._ink = _Ink(self.document(), theme.colors)
        self.anchorClicked.connect(self._clicked)
        theme.changed.connect(self._tint)

    def show_report(self, text: str, links: Sequence[ReportLink], tone: str) -> None:
        """Show another report; ``tone`` is that of its verdict."""
        self._tone = tone
        self._ink.take_ink(self._theme.colors, tone)
        self.setFont(self._theme.mono(12))
        self.setPlainText(text)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        line = QTextBlockFormat()
        line.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor.mergeBlockFormat(line)
        for link in links:
            self._link(link)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802 - Qt's name
        """Return the selected text as it is in the report, without colours."""
        data = QMimeData()
        data.setText(self.textCursor().selection().toPlainText())
        return data

    def _link(self, link: ReportLink) -> None:
        block = self.document().findBlockByNumber(link.line)
        text = block.text()
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + units(text, link.start))
        cursor.setPosition(block.position() + units(text, link.end), QTextCursor.MoveMode.KeepAnchor)
        shape = QTextCharFormat()
        shape.setAnchor(True)
        shape.setAnchorHref(f"{_SCHEME}{link.ts!r}")
        cursor.mergeCharFormat(shape)

    @Slot(QUrl)
    def _clicked(self, url: QUrl) -> None:
        self.moment_chosen.emit(float(url.toString().removeprefix(_SCHEME)))

    @Slot()
    def _tint(self) -> None:
        self._ink.take_ink(self._theme.colors, self._tone)


def units(text: str, place: int) -> int:
    """Return the place as Qt counts it: characters beyond the first 65,536 count twice."""
    return len(text[:place].encode("utf-16-le")) // 2


class _Ink(QSyntaxHighlighter):
    """Colours the keys, the verdict's line and the links."""

    def __init__(self, document: QTextDocument, colors: Colors) -> None:
        super().__init__(document)
        self._colors, self._tone = colors, "neutral"

    def take_ink(self, colors: Colors, tone: str) -> None:
        self._colors, self._tone = colors, tone
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        key, colon, _ = text.partition(":")
        has_key = bool(colon) and len(key) >= KEY_WIDTH and not text.startswith(" ")
        if has_key:
            self._color(0, len(key) + 1, "text_2")
        if has_key and key.strip() == _VERDICT_KEY:
            self._color(
                len(key) + 2, units(text, len(text)), "text" if self._tone == "neutral" else self._tone, bold=True
            )
        self._color_links()

    def _color_links(self) -> None:
        block = self.currentBlock()
        piece = block.begin()
        while not piece.atEnd():
            fragment = piece.fragment()
            if fragment.charFormat().isAnchor():
                start = fragment.position() - block.position()
                self._color(start, start + fragment.length(), "primary_strong")
            piece += 1

    def _color(self, start: int, end: int, role: str, *, bold: bool = False) -> None:
        shape = QTextCharFormat()
        shape.setForeground(self._colors.role(role))
        if bold:
            shape.setFontWeight(QFont.Weight.Medium)
        self.setFormat(start, end - start, shape)
