# SPDX-License-Identifier: GPL-3.0-only
"""A view of what only some want to read: traces, raw rows, JSON."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget


def details_view(text: str, parent: QWidget) -> QPlainTextEdit:
    """Return a read-only view of plain text in the typeface of logs; Tab leaves it."""
    view = QPlainTextEdit(text, parent)
    view.setReadOnly(True)
    view.setTabChangesFocus(True)
    view.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    view.setProperty("kind", "trace")
    view.setAccessibleName(view.tr("Details"))
    return view
