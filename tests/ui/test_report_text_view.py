# SPDX-License-Identifier: GPL-3.0-only
"""The report on screen: the very text, never markup, with links where moments are named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mtleak_gui.core.leakhunt.judge import judge
from mtleak_gui.core.leakhunt.report_view import report_view
from mtleak_gui.ui.leakhunt.report_text_view import ReportTextView
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.core.leakhunt import facts_by_hand as by_hand
from tests.core.leakhunt import verdicts_by_hand


@pytest.fixture
def shown(qtbot: QtBot, theme: ThemeKeeper) -> ReportTextView:
    made = ReportTextView(theme)
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    return made


@pytest.mark.parametrize("case", verdicts_by_hand.CASES)
def test_the_text_is_the_report_byte_for_byte(case: str, shown: ReportTextView) -> None:
    view = report_view(verdicts_by_hand.verdict(case))
    shown.show_report(view.text, view.links, "warn")
    assert shown.toPlainText().encode() == view.text.encode()


def test_a_selection_is_copied_as_text_alone(shown: ReportTextView) -> None:
    view = report_view(verdicts_by_hand.verdict("slow_leak"))
    shown.show_report(view.text, view.links, "warn")
    shown.selectAll()
    shown.copy()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text().encode() == view.text.encode()
    assert not data.hasHtml()


def test_links_are_reached_by_tab_and_opened_by_enter(shown: ReportTextView, qtbot: QtBot) -> None:
    view = report_view(verdicts_by_hand.verdict("slow_leak"))
    shown.show_report(view.text, view.links, "warn")
    shown.setFocus()
    QTest.keyClick(shown, Qt.Key.Key_Tab)
    assert shown.textCursor().selectedText() == "+4h12m"
    with qtbot.waitSignal(shown.moment_chosen) as chosen:
        QTest.keyClick(shown, Qt.Key.Key_Return)
    assert chosen.args == [by_hand.START + 15_120.0]


def test_what_a_board_says_is_never_markup_and_links_keep_their_place(shown: ReportTextView) -> None:
    line = by_hand.line("alloc_failure", "<a href='x'>💥</a> Failed to allocate 💥 &amp;", 15_120.0)
    verdict = judge(replace(by_hand.facts(-3.0), memory=by_hand.memory({"alloc_failure": (line,)})))
    view = report_view(verdict)
    shown.show_report(view.text, view.links, "warn")
    assert "<a href='x'>💥</a> Failed to allocate 💥 &amp;" in shown.toPlainText()
    linked = [text for text, href in anchors(shown) if href]
    assert linked == [view.text.split("\n")[link.line][link.start : link.end] for link in view.links]


def anchors(shown: ReportTextView) -> list[tuple[str, str]]:
    """Return the runs of characters with the place that each leads to."""
    runs: list[tuple[str, str]] = []
    cursor = QTextCursor(shown.document())
    while cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor):
        href, text = cursor.charFormat().anchorHref(), cursor.selectedText()
        if runs and runs[-1][1] == href:
            runs[-1] = (runs[-1][0] + text, href)
        else:
            runs.append((text, href))
        cursor.clearSelection()
    return runs
