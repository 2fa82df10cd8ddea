# SPDX-License-Identifier: GPL-3.0-only
"""Dialogs: the safe answer has the focus, each button does what it says, and nothing is taken for markup."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mtleak_gui.core.crash_report import CrashReport
from mtleak_gui.core.shortcuts import Shortcuts
from mtleak_gui.engine.crash_reporter import CrashReporter
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.storage.crash_shelf import CrashShelf
from mtleak_gui.ui.crash_telling import CrashTelling
from mtleak_gui.ui.dialogs.confirm_dialog import ConfirmDialog
from mtleak_gui.ui.dialogs.crash_dialog import CrashDialog, LastCrashDialog
from mtleak_gui.ui.dialogs.quit_dialog import QuitDialog
from mtleak_gui.ui.dialogs.shortcuts_dialog import ShortcutsDialog
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper

REPORT = CrashReport(1_795_021_600.0, "ZeroDivisionError: <b>x</b>", "Traceback\n  File plot.py", "/logs/crash-1.txt")


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def press(widget: QWidget, text: str) -> None:
    next(button for button in widget.findChildren(QPushButton) if button.text() == text).click()


def focused(dialog: QDialog) -> str:
    widget = dialog.focusWidget()
    return widget.text() if isinstance(widget, QPushButton) else ""


@pytest.fixture
def disk(qtbot: QtBot) -> Iterator[DiskWorker]:
    worker = DiskWorker()
    yield worker
    assert worker.stop()


def test_a_destructive_act_needs_more_than_enter(each_theme: ThemeKeeper, qtbot: QtBot) -> None:
    dialog = ConfirmDialog(each_theme, "Delete <i>bench</i>?", "It is gone then.", "Delete", destructive=True)
    qtbot.addWidget(dialog)
    dialog.open()
    assert focused(dialog) == "Cancel"
    assert "Delete <i>bench</i>?" in words(dialog)
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Return)
    dialog.open()
    with qtbot.waitSignal(dialog.accepted):
        press(dialog, "Delete")


def test_escape_is_the_safe_answer(theme: ThemeKeeper, qtbot: QtBot) -> None:
    dialog = ConfirmDialog(theme, "", "The board restarts.", "Turn on")
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.windowTitle() == "Are you sure?"
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


@pytest.mark.parametrize(
    ("answer", "signal"), [("Stop and quit", "stop_and_quit_chosen"), ("Keep recording", "keep_recording_chosen")]
)
def test_quitting_offers_to_stop_or_to_go_on(theme: ThemeKeeper, qtbot: QtBot, answer: str, signal: str) -> None:
    dialog = QuitDialog(theme, 2, tray=True)
    qtbot.addWidget(dialog)
    dialog.open()
    assert "Recording 2 boards" in words(dialog)
    assert focused(dialog) == "Cancel"
    with qtbot.waitSignal(getattr(dialog, signal)):
        press(dialog, answer)
    assert not dialog.isVisible()


def test_without_a_tray_nobody_is_offered_one(theme: ThemeKeeper, qtbot: QtBot) -> None:
    dialog = QuitDialog(theme, 1, tray=False)
    qtbot.addWidget(dialog)
    texts = {button.text() for button in dialog.findChildren(QPushButton)}
    assert texts == {"Stop and quit", "Cancel"}
    assert "tray" not in words(dialog)


def test_a_fault_is_told_as_plain_text_and_can_be_copied(each_theme: ThemeKeeper, qtbot: QtBot) -> None:
    dialog = CrashDialog(each_theme, REPORT)
    qtbot.addWidget(dialog)
    dialog.open()
    assert dialog.saved.text() == "Saved as /logs/crash-1.txt"
    assert focused(dialog) == "Continue"
    press(dialog, "Copy")
    assert QGuiApplication.clipboard().text() == f"{REPORT.summary}\n\n{REPORT.trace}"
    with qtbot.waitSignal(dialog.quit_chosen):
        press(dialog, "Quit")


def test_a_fault_that_was_not_saved_says_so(theme: ThemeKeeper, qtbot: QtBot) -> None:
    dialog = LastCrashDialog(theme, REPORT._replace(path=None))
    qtbot.addWidget(dialog)
    assert dialog.saved.text() == "It could not be saved."
    assert "Open folder" not in {button.text() for button in dialog.findChildren(QPushButton)}


def test_faults_of_this_run_are_told_one_after_the_other(
    theme: ThemeKeeper, disk: DiskWorker, qtbot: QtBot, tmp_path: Path
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    reporter = CrashReporter(CrashShelf(tmp_path, lambda: 1_795_021_600.0))
    telling = CrashTelling(reporter, disk, theme, window)
    reporter.crashed.emit(REPORT)
    reporter.crashed.emit(REPORT._replace(summary="KeyError: 'x'"))
    assert isinstance(telling.dialog, CrashDialog)
    assert telling.dialog.trace.toPlainText().startswith("ZeroDivisionError")
    press(telling.dialog, "Continue")
    assert telling.dialog is not None
    assert telling.dialog.trace.toPlainText().startswith("KeyError")
    with qtbot.waitSignal(telling.quit_chosen):
        press(telling.dialog, "Quit")
    assert telling.dialog is None


def test_a_sudden_end_is_told_at_the_next_start_and_only_then(
    theme: ThemeKeeper, disk: DiskWorker, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "fault-20261122-120000-000000-1.txt").write_text("Fatal Python error: Segmentation fault")
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    reporter = CrashReporter(CrashShelf(tmp_path, lambda: 1_795_021_600.0))
    telling = CrashTelling(reporter, disk, theme, window)
    telling.offer_unseen()
    qtbot.waitUntil(lambda: telling.dialog is not None)
    assert isinstance(telling.dialog, LastCrashDialog)
    assert "The last run ended unexpectedly" in words(telling.dialog)
    press(telling.dialog, "Close")
    qtbot.waitUntil(lambda: not reporter.unseen())


def test_keys_are_listed_and_found(each_theme: ThemeKeeper, qtbot: QtBot) -> None:
    dialog = ShortcutsDialog(each_theme, Shortcuts({"record": "Ctrl+Alt+R"}))
    qtbot.addWidget(dialog)
    dialog.show()
    assert "Ctrl+Alt+R" in words(dialog)
    search = dialog.findChild(QLineEdit)
    assert search is dialog.focusWidget()
    QTest.keyClicks(dialog.focusWidget(), "range")
    shown = words(dialog)
    assert "Range mark" in shown
    assert "Ctrl+Alt+R" not in shown
    QTest.keyClicks(dialog.focusWidget(), " zzz")
    assert "No key matches “range zzz”." in words(dialog)
    with qtbot.waitSignal(dialog.edit_requested):
        press(dialog, "Choose other keys…")
