# SPDX-License-Identifier: GPL-3.0-only
"""Keys as small framed words, in the way of writing of the system: Ctrl+R, or ⌘R."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLabel, QWidget

from mtleak_gui.ui.widgets.labels import label


def native_key(key: str) -> str:
    """Return a key as settings write it in the way of the system."""
    # The keyboard says Enter where Qt says Return.
    sequence = QKeySequence(key, QKeySequence.SequenceFormat.PortableText)
    return sequence.toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")


def key_label(text: str, parent: QWidget | None = None) -> QLabel:
    """Return a framed word for a key or a gesture."""
    return label(text, "key", parent=parent)
