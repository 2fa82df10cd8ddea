# SPDX-License-Identifier: GPL-3.0-only
"""What a window shows or would tell, looked through for text that is drawn as markup or moves what is seen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel
from PySide6.QtGui import QAction, Qt, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_LINE_ENDS = frozenset("\n\t\u200b\u2029\u2028")
"""Those that Qt's documents and our own labels use to break lines."""
_MOST_MARKS = 5
_MOST_ROWS = 200
_OWN_LINKS = "moment:"
"""The times in a report, which lead to the log."""


def troubles(windows: list[QWidget]) -> list[str]:
    """Return what is wrong, with the kind of part and the text."""
    return [f"{where}: {what}: {text[:120]!r}" for where, what, text in _troubles(windows)]


def _troubles(windows: list[QWidget]) -> Iterator[tuple[str, str, str]]:
    for window in windows:
        for part in (window, *window.findChildren(QWidget)):
            kind = f"{type(part).__name__} in {type(part.parentWidget()).__name__}"
            for what in _unseen(part.windowTitle()):
                yield kind, f"title with {what}", part.windowTitle()
            for what in _in_tip(part.toolTip()):
                yield kind, f"tip with {what}", part.toolTip()
            yield from ((kind, what, text) for what, text in _in_part(part))
        for act in window.findChildren(QAction):
            for what in (*_unseen(act.text().replace("\t", "")), *_in_tip(act.toolTip())):
                yield "QAction", what, act.text()


def _in_part(part: QWidget) -> Iterator[tuple[str, str]]:
    if isinstance(part, QLabel):
        if part.textFormat() != Qt.TextFormat.PlainText and Qt.mightBeRichText(part.text()):
            yield "rich text", part.text()
        yield from ((what, part.text()) for what in _unseen(part.text()))
    elif isinstance(part, QAbstractButton):
        yield from ((what, part.text()) for what in _unseen(part.text()))
    elif isinstance(part, QTextEdit):
        yield from ((what, part.toPlainText()) for what in (*_links(part.document()), *_unseen(part.toPlainText())))
    elif isinstance(part, QPlainTextEdit):
        yield from ((what, part.toPlainText()) for what in _unseen(part.toPlainText()))
    elif isinstance(part, QComboBox):
        texts = [part.itemText(row) for row in range(part.count())]
        yield from ((what, text) for text in texts for what in _unseen(text))
    elif isinstance(part, QAbstractItemView) and part.model() is not None:
        yield from _in_model(part.model())


def _in_model(model: QAbstractItemModel) -> Iterator[tuple[str, str]]:
    for row in range(min(model.rowCount(), _MOST_ROWS)):
        columns = model.columnCount() if isinstance(model, QAbstractTableModel) else 1
        for column in range(columns):
            index = model.index(row, column)
            text, tip = index.data(), index.data(Qt.ItemDataRole.ToolTipRole)
            if isinstance(text, str):
                yield from ((what, text) for what in _unseen(text))
            if isinstance(tip, str):
                yield from ((f"tip with {what}", tip) for what in _in_tip(tip))


def _in_tip(tip: str) -> list[str]:
    if not tip:
        return []
    if not Qt.mightBeRichText(tip):
        return _unseen(tip)
    document = QTextDocument()
    document.setHtml(tip)
    return [*_rich(document), *_unseen(document.toPlainText())]


def _rich(document: QTextDocument) -> list[str]:
    """Return what of a document is more than plain words."""
    found = _links(document)
    plain = QApplication.font().weight()
    block = document.begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            form = iterator.fragment().charFormat()
            if form.fontWeight() > plain or form.fontItalic():
                found.append("markup")
            iterator += 1
        block = block.next()
    return found


def _links(document: QTextDocument) -> list[str]:
    """Return what of a document only markup makes: the program's own colours and weights are none of it."""
    found = []
    block = document.begin()
    while block.isValid():
        iterator = block.begin()
        while not iterator.atEnd():
            form = iterator.fragment().charFormat()
            if form.isImageFormat() or (form.isAnchor() and not form.anchorHref().startswith(_OWN_LINKS)):
                found.append("a link or picture")
            iterator += 1
        if block.blockFormat().headingLevel() or block.textList() is not None:
            found.append("a heading or list")
        block = block.next()
    return found


def _unseen(text: str) -> list[str]:
    hidden = {
        letter
        for letter in text
        if letter not in _LINE_ENDS and unicodedata.category(letter) in {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
    }
    found = [f"U+{ord(letter):04X}" for letter in sorted(hidden)]
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
        if marks > _MOST_MARKS:
            return [*found, "a flood of accents"]
    return found
