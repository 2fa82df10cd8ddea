# SPDX-License-Identifier: GPL-3.0-only
"""The one pixel lines between things."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget


def line(parent: QWidget | None = None) -> QFrame:
    """Return a level line as wide as its place."""
    made = QFrame(parent)
    made.setProperty("kind", "line")
    made.setFixedHeight(1)
    return made


def upright(height: int, parent: QWidget | None = None) -> QFrame:
    """Return an upright line of ``height`` pixels."""
    made = QFrame(parent)
    made.setProperty("kind", "upright")
    made.setFixedSize(1, height)
    return made
