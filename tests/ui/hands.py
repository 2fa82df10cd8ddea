# SPDX-License-Identifier: GPL-3.0-only
"""What a user does with a window: reads words, presses buttons, types."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

_Kind = TypeVar("_Kind", bound=QWidget)


def words(widget: QWidget) -> list[str]:
    """Return the words of all labels and buttons that can be seen."""
    parts: list[QLabel | QAbstractButton] = [*widget.findChildren(QLabel), *widget.findChildren(QAbstractButton)]
    return [part.text() for part in parts if part.isVisible() and part.text()]


def button(widget: QWidget, text: str) -> QAbstractButton:
    """Return the one visible button of that text."""
    (found,) = (made for made in widget.findChildren(QAbstractButton) if made.text() == text and made.isVisible())
    return found


def press(widget: QWidget, text: str) -> None:
    """Click the one visible button of that text."""
    QTest.mouseClick(button(widget, text), Qt.MouseButton.LeftButton)


def click(widget: QWidget, place: QPoint) -> None:
    """Click at a place of a widget."""
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def the(kind: type[_Kind], widget: QWidget) -> _Kind:
    """Return the one visible part of a kind."""
    (found,) = (part for part in widget.findChildren(kind) if part.isVisible())
    return found
