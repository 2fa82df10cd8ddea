# SPDX-License-Identifier: GPL-3.0-only
"""One remedy of a trouble: what it is for, its text in the typeface of code, and a button that copies it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from mtleak_gui.core.link_trouble import Remedy
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.buttons import IconButton
from mtleak_gui.ui.widgets.details_view import details_view
from mtleak_gui.ui.widgets.labels import label

_COPIED_MS = 2_000
_MONO_PX = 12
_FRAME = 26
"""What a view needs beside its lines: padding, and the bar that scrolls long ones."""


class RemedyBox(QWidget):
    """Nothing in it is ever run."""

    copied = Signal()

    def __init__(self, theme: ThemeKeeper, remedy: Remedy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._remedy = remedy
        self._copy = IconButton(theme, "content-copy", self.tr("Copy"), size="small")
        self._copy.setAccessibleName(self.tr("Copy: {}").format(remedy.label))
        self._copy.clicked.connect(self._put_on_clipboard)
        self._soon = QTimer(self, singleShot=True, interval=_COPIED_MS)
        self._soon.timeout.connect(self._offer_again)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(remedy.label, "small-strong", wrap=True), 1)
        head.addWidget(self._copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._view(theme))

    def _view(self, theme: ThemeKeeper) -> QPlainTextEdit:
        text = self._remedy.text.rstrip("\n")
        view = details_view(text, self)
        view.setAccessibleName(self._remedy.label)
        lines = text.count("\n") + 1
        view.setFixedHeight(lines * QFontMetrics(theme.mono(_MONO_PX)).lineSpacing() + _FRAME)
        return view

    @Slot()
    def _put_on_clipboard(self) -> None:
        QGuiApplication.clipboard().setText(self._remedy.text)
        self._copy.set_look("check", self.tr("Copied"))
        self._soon.start()
        self.copied.emit()

    @Slot()
    def _offer_again(self) -> None:
        self._copy.set_look("content-copy", self.tr("Copy"))
        self._copy.setAccessibleName(self.tr("Copy: {}").format(self._remedy.label))
