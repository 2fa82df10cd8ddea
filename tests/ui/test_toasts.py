# SPDX-License-Identifier: GPL-3.0-only
"""Toasts: one per matter, gone by themselves unless they need a hand, with one act at most."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mtleak_gui.core.notice import Notice
from mtleak_gui.ui.main_window import MainWindow
from mtleak_gui.ui.notices import Notices
from mtleak_gui.ui.page_table import PAGES
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.card import Card
from mtleak_gui.ui.widgets.toasts import Toasts
from tests.ui.hands import press, words


@pytest.fixture
def ground(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(800, 500)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def toasts(theme: ThemeKeeper, ground: QWidget) -> Toasts:
    return Toasts(theme, ground)


def test_a_notice_takes_the_place_of_the_one_about_the_same_matter(toasts: Toasts) -> None:
    toasts.show_notice(Notice("link", "warn", "Connection lost. Reconnecting…"))
    toasts.show_notice(Notice("disk", "danger", "The disk is full.", sticky=True))
    toasts.show_notice(Notice("link", "ok", "Back on ttyUSB1."))
    assert toasts.texts == ("The disk is full.", "Back on ttyUSB1.")


def test_a_toast_lies_inside_the_window(toasts: Toasts, ground: QWidget) -> None:
    toasts.show_notice(Notice("long", "info", "A message of many words that has to be wrapped. " * 6))
    assert ground.rect().contains(toasts.geometry())
    assert toasts.isVisible()
    ground.resize(600, 400)
    assert ground.rect().contains(toasts.geometry())


def test_what_needs_no_hand_goes_by_itself(toasts: Toasts, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mtleak_gui.ui.widgets.toasts._SHOWN_MS", 20)
    toasts.show_notice(Notice("disk", "danger", "The disk is full.", sticky=True))
    toasts.show_notice(Notice("saved", "ok", "Report saved."))
    qtbot.waitUntil(lambda: toasts.texts == ("The disk is full.",))


def test_the_act_of_a_notice_is_done_once(toasts: Toasts, qtbot: QtBot) -> None:
    notices = Notices(toasts)
    undone: list[str] = []
    notices.offer("undo", "Undo", undone.append)
    notices.show(Notice("report 7", "info", "Report deleted", action="undo"))
    [undo] = toasts.findChildren(QPushButton)
    undo.click()
    assert undone == ["report 7"]
    assert toasts.texts == ()


def test_a_notice_without_words_takes_away_the_one_before(toasts: Toasts) -> None:
    notices = Notices(toasts)
    notices.show(Notice("trouble", "danger", "Rows cannot be written.", sticky=True))
    notices.show(Notice("trouble", "ok", ""))
    assert toasts.texts == ()


def test_a_toast_stays_above_the_page_that_is_turned_to(theme: ThemeKeeper, qtbot: QtBot) -> None:
    window = MainWindow(theme, PAGES, {"overview": lambda: Card("One"), "reports": lambda: Card("Two")})
    qtbot.addWidget(window)
    window.show_page("overview")
    window.show()
    window.toasts.show_notice(Notice("disk", "danger", "The disk is full.", sticky=True))
    window.show_page("reports")
    centre = window.toasts.mapTo(window, window.toasts.rect().center())
    seen = window.childAt(centre)
    assert seen is not None
    assert window.toasts.isAncestorOf(seen)
    window.let_close()


@pytest.mark.parametrize("detail", ["[Errno 5] Input/output error", "The disk said: Input/output error\n" * 60])
def test_details_for_few_are_folded_away_until_they_are_wanted(toasts: Toasts, ground: QWidget, detail: str) -> None:
    toasts.show_notice(Notice("disk", "danger", "The report was not saved. Save again.", detail, sticky=True))
    assert words(toasts) == ["The report was not saved. Save again.", "Details"]
    low = toasts.height()
    press(toasts, "Details")
    assert any("Input/output error" in text for text in words(toasts))
    assert toasts.height() > low
    assert ground.rect().contains(toasts.geometry())
    press(toasts, "Details")
    assert len(words(toasts)) == 2


def test_a_short_reason_is_seen_at_once(toasts: Toasts) -> None:
    toasts.show_notice(Notice("lock", "warn", "This recording is open for reading only.", "Another one writes to it."))
    assert "Another one writes to it." in words(toasts)
