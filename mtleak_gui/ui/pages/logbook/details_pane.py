# SPDX-License-Identifier: GPL-3.0-only
"""The whole line of the chosen row, wrapped: rows keep one height, so that a million of them can be scrolled."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from mtleak_gui.core.log_store import LogRow
from mtleak_gui.core.shown_text import shown
from mtleak_gui.core.wording import local_time
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.labels import ElidedLabel
from mtleak_gui.ui.widgets.lines import line

_LONGEST = 20_000


class DetailsPane(QWidget):
    """Shows one row; text can be selected and copied from it."""

    def __init__(self, theme: ThemeKeeper, px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._head = ElidedLabel("", "secondary", parent=self)
        self._text = QPlainTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setProperty("kind", "report")
        self._text.setAccessibleName(self.tr("Whole line"))
        self._text.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._text.setUndoRedoEnabled(False)
        self._text.document().setDocumentMargin(0)
        self._text.setFont(theme.mono(px))
        self._text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(line(self))
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 8, 12, 8)
        inner.setSpacing(4)
        inner.addWidget(self._head)
        inner.addWidget(self._text)
        column.addLayout(inner)
        self.setFixedHeight(112)
        self.set_px(px)
        self.show_row(None)

    @property
    def text(self) -> str:
        """The line as it is shown."""
        return self._text.toPlainText()

    def set_px(self, px: int) -> None:
        """Show letters of another size."""
        self._text.setStyleSheet(f"QPlainTextEdit {{ font-size: {px}px; }}")

    @Slot(object)
    def show_row(self, row: LogRow | None) -> None:
        """Show a row, or ask to choose one."""
        if row is None:
            self._head.setText(self.tr("Choose a row to read the whole line"))
            self._text.setPlainText("")
            return
        parts = [local_time(row.ts), shown(row.source.port or ""), shown(row.thread)]
        self._head.setText("  ·  ".join(part for part in parts if part))
        # Lines of the board's own stay lines here; everything else that cannot be seen is spelled out.
        self._text.setPlainText("\n".join(shown(piece) for piece in row.text[:_LONGEST].split("\n")))
