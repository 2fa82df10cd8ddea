# SPDX-License-Identifier: GPL-3.0-only
"""What is wrong with how a page stands in its window: cut words, parts outside, nameless icons, what Tab misses."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from mtleak_gui.ui.widgets.labels import ElidedLabel

_SLACK = 2
"""Pixels by which a style sheet's hint and the layout may differ."""


def cut_words(window: QWidget) -> list[str]:
    """Return the labels and buttons whose words are wider than their place."""
    found = []
    parts: list[QLabel | QPushButton] = [*window.findChildren(QLabel), *window.findChildren(QPushButton)]
    for part in parts:
        if isinstance(part, ElidedLabel) or not part.isVisible():
            continue
        if not part.text() or (isinstance(part, QLabel) and part.wordWrap()):
            continue
        words = part.fontMetrics().horizontalAdvance(part.text().replace("&", ""))
        room = part.contentsRect().width() if isinstance(part, QLabel) else part.width()
        if words > room + _SLACK:
            found.append(f"{_name(part)}: {words} px of words in {room} px")
    return found


def outside(window: QWidget) -> list[str]:
    """Return the visible controls that lie beyond the window, unless they can be scrolled to."""
    found = []
    room = window.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
    for kind in (QLabel, QAbstractButton, QComboBox, QLineEdit):
        for part in window.findChildren(kind):
            if part.isVisible() and part.window() is window and not _scrolls(part):
                place = QRect(part.mapTo(window, QPoint()), part.size())
                if not room.contains(place):
                    found.append(f"{_name(part)} at {place.getRect()}")
    return found


def nameless(window: QWidget) -> list[str]:
    """Return the visible buttons with an icon alone that say nothing to a screen reader."""
    buttons = window.findChildren(QAbstractButton)
    return [_name(one) for one in buttons if one.isVisible() and not one.text() and not one.accessibleName()]


def beyond_tab(window: QWidget, reached: set[QWidget]) -> list[str]:
    """Return the enabled, visible controls that Tab did not come to; of a group it comes to one."""
    groups = {one.group() for one in reached if isinstance(one, QAbstractButton) and one.group() is not None}
    return [
        _name(part)
        for kind in (QAbstractButton, QComboBox, QLineEdit)
        for part in window.findChildren(kind)
        if part.isVisible()
        and part.isEnabled()
        and part.window() is window
        and part.focusPolicy() != Qt.FocusPolicy.NoFocus
        and part not in reached
        and not (isinstance(part, QAbstractButton) and part.group() in groups)
    ]


def _scrolls(part: QWidget) -> bool:
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            return True
        above = above.parentWidget()
    return False


def _name(part: QWidget) -> str:
    text = part.text() if isinstance(part, QLabel | QAbstractButton) else ""
    return f"{type(part).__name__} “{text or part.accessibleName() or part.toolTip()}” in {_path(part)}"


def _path(part: QWidget) -> str:
    names: list[str] = []
    above = part.parentWidget()
    while above is not None and len(names) < 3:
        names.append(type(above).__name__)
        above = above.parentWidget()
    return " < ".join(names)
