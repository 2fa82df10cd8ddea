# SPDX-License-Identifier: GPL-3.0-only
"""About: the notices of the software of others, read and searched."""

from __future__ import annotations

from importlib.metadata import version

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mtleak_gui.ui.dialogs.notices_dialog import NoticesDialog
from mtleak_gui.ui.pages.settings.about_section import AboutSection
from mtleak_gui.ui.pages.settings.settings_page import SettingsPage
from tests.ui.settings.page_hands import shown, words


def listed(dialog: NoticesDialog) -> list[str]:
    items = (dialog.list.item(row) for row in range(dialog.list.count()))
    return [item.text() for item in items if not item.isHidden()]


def test_the_notices_are_shown_and_searched(page: SettingsPage, qtbot: QtBot) -> None:
    section = shown(page, "about", AboutSection)
    qtbot.waitUntil(lambda: "pyqtgraph" in words(section))
    section.notices_button.click()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), NoticesDialog), timeout=10_000)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, NoticesDialog)
    everything = listed(dialog)
    assert f"numpy {version('numpy')}" in everything
    dialog.search.setText("liechti")
    assert listed(dialog) == [f"pyserial {version('pyserial')}"]
    assert dialog.text.textCursor().selectedText().lower() == "liechti"
    assert "BSD" in words(dialog)
    dialog.search.setText("no such words")
    assert listed(dialog) == []
    assert "None of them holds “no such words”." in words(dialog)
    dialog.search.clear()
    assert listed(dialog) == everything
    dialog.close()
