# SPDX-License-Identifier: GPL-3.0-only
"""The small dialogs take words by keyboard alone, and tell nothing when they are left by Esc."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLineEdit
from pytestqt.qtbot import QtBot

from mtleak_gui.ui.dialogs.mark_dialog import MarkDialog
from mtleak_gui.ui.dialogs.new_recording_dialog import NewRecordingDialog
from mtleak_gui.ui.dialogs.pause_dialog import PauseDialog
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

PRESSED_AT = 1_795_608_307.0
Opened = Callable[[QDialog], QDialog]


@pytest.fixture
def opened(qtbot: QtBot) -> Opened:
    """Return what opens a dialog for keys."""

    def open_it(dialog: QDialog) -> QDialog:
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitExposed(dialog)
        return dialog

    return open_it


def test_a_mark_is_saved_by_enter_with_label_and_note(qtbot: QtBot, theme: ThemeKeeper, opened: Opened) -> None:
    dialog = MarkDialog(theme, PRESSED_AT)
    saved: list[tuple[str, str]] = []
    dialog.mark_saved.connect(lambda label, note: saved.append((label, note)))
    opened(dialog)
    label, note = dialog.findChildren(QLineEdit)
    QTest.keyClick(label, Qt.Key.Key_Return)
    assert saved == []  # a mark without a label is none
    QTest.keyClicks(label, " burst-start ")
    QTest.keyClicks(note, "50 broadcasts")
    QTest.keyClick(note, Qt.Key.Key_Return)
    assert saved == [("burst-start", "50 broadcasts")]
    assert not dialog.isVisible()


def test_esc_discards_a_mark(qtbot: QtBot, theme: ThemeKeeper, opened: Opened) -> None:
    dialog = MarkDialog(theme, PRESSED_AT)
    saved: list[str] = []
    dialog.mark_saved.connect(saved.append)
    opened(dialog)
    QTest.keyClicks(dialog.findChildren(QLineEdit)[0], "tx")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert saved == []
    assert not dialog.isVisible()


@pytest.mark.parametrize("typed", ["", "  flashing "])
def test_a_pause_needs_no_reason_but_takes_one(qtbot: QtBot, theme: ThemeKeeper, opened: Opened, typed: str) -> None:
    dialog = PauseDialog(theme)
    opened(dialog)
    (reason,) = dialog.findChildren(QLineEdit)
    QTest.keyClicks(reason, typed)
    with qtbot.waitSignal(dialog.pause_confirmed) as paused:
        QTest.keyClick(reason, Qt.Key.Key_Return)
    assert paused.args == [typed.strip()]


def test_a_new_recording_has_a_name(qtbot: QtBot, theme: ThemeKeeper, opened: Opened) -> None:
    dialog = NewRecordingDialog(theme)
    named: list[str] = []
    dialog.recording_named.connect(named.append)
    opened(dialog)
    (title,) = dialog.findChildren(QLineEdit)
    QTest.keyClick(title, Qt.Key.Key_Return)
    assert named == []
    QTest.keyClicks(title, "heltec overnight")
    QTest.keyClick(title, Qt.Key.Key_Return)
    assert named == ["heltec overnight"]
