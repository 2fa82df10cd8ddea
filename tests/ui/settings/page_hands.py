# SPDX-License-Identifier: GPL-3.0-only
"""What a user does on the page of settings, and what is to be read there."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QWidget

from mtleak_gui.ui.pages.settings.setting_row import SettingRow
from mtleak_gui.ui.pages.settings.settings_page import SettingsPage

_Kind = TypeVar("_Kind", bound=QWidget)


def shown(page: SettingsPage, key: str, kind: type[_Kind]) -> _Kind:
    section = page.show_section(key)
    assert isinstance(section, kind)
    return section


def row(section: QWidget | None, kind: type[_Kind], title: str) -> _Kind:
    assert section is not None
    rows = section.findChildren(kind)
    return next(found for found in rows if isinstance(found, SettingRow) and found.title == title)


def write(field: QLineEdit, text: str) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def named(widget: QWidget, name: str) -> QPushButton:
    return next(button for button in widget.findChildren(QPushButton) if button.accessibleName() == name)
