# SPDX-License-Identifier: GPL-3.0-only
"""One remedy of a trouble: what it is for, its text in the typeface of code, and a button that copies it."""

from __future__ import annotations

import math

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QResizeEvent, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from mtleak_gui.core.link_trouble import Remedy
from mtleak_gui.ui.theme.styling import styled
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.labels import label

_COPIED_MS = 2_000


class RemedyBox(QWidget):
    """Nothing in it is ever run."""

    copied = Signal()

    def __init__(self, theme: ThemeKeeper, remedy: Remedy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._remedy = remedy
        self._copy = IconButton(theme, "check", self.tr("Copied"), size="small")
        # The button keeps its width, whichever of its two words it says.
        self._copy.ensurePolished()
        self._copy.setMinimumWidth(self._copy.sizeHint().width())
        self._copy.clicked.connect(self._put_on_clipboard)
        self._offer()
        self._soon = QTimer(self, singleShot=True, interval=_COPIED_MS)
        self._soon.timeout.connect(self._offer)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(remedy.label, "small-strong", wrap=True), 1)
        head.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(_CodeView(remedy, self))

    @Slot()
    def _put_on_clipboard(self) -> None:
        QGuiApplication.clipboard().setText(self._remedy.text)
        self._copy.set_look("check", self.tr("Copied"))
        self._soon.start()
        self.copied.emit()

    @Slot()
    def _offer(self) -> None:
        self._copy.set_look("content-copy", self.tr("Copy"))
        self._copy.setAccessibleName(self.tr("Copy: {}").format(self._remedy.label))


class _CodeView(QPlainTextEdit):
    """Shows all lines, broken where it is too narrow; what is copied has no such breaks."""

    def __init__(self, remedy: Remedy, parent: QWidget) -> None:
        super().__init__(remedy.text.rstrip("\n"), parent)
        styled(self, kind="trace")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(remedy.label)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Be as high as the lines need at this width."""
        super().resizeEvent(event)
        # A plain text's document counts its height in lines.
        lines = math.ceil(self.document().size().height())
        frame = self.height() - self.viewport().height() + 2 * math.ceil(self.document().documentMargin())
        self.setFixedHeight(lines * self.fontMetrics().lineSpacing() + frame)
