# SPDX-License-Identifier: GPL-3.0-only
"""Leakhunt in the window, over real recordings: it judges, shows, copies, saves, and says what went wrong."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from mtleak_gui.core.leakhunt.verdict import Headline
from mtleak_gui.core.notice import Notice
from mtleak_gui.core.past import PastPort, PastSeries
from mtleak_gui.core.series_key import FREE_HEAP
from mtleak_gui.ui.leakhunt.next_steps_card import NextStepsCard
from mtleak_gui.ui.leakhunt.verdict_banner import BesideBanner, VerdictBanner
from mtleak_gui.ui.requests import LeakhuntRequest
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.alert_box import AlertBox
from tests.storage import boards
from tests.storage.board_recording import PORT, START, BoardRecording
from tests.ui.hands import words
from tests.ui.leakhunt_fixtures import WAIT_MS, LeakhuntDesk, desk


@pytest.fixture
def leak(qtbot: QtBot, theme: ThemeKeeper, tmp_path: Path) -> Iterator[LeakhuntDesk]:
    """A desk with a board that leaks, and says which thread does."""
    yield from desk(qtbot, theme, boards.leak_of_router().write(tmp_path / "bench"))


def button(desk: LeakhuntDesk, name: str) -> QPushButton:
    return next(found for found in desk.panel.findChildren(QPushButton) if found.accessibleName() == name)


@pytest.mark.parametrize("name", boards.BOARDS)
def test_a_recording_is_judged_and_its_verdict_shown(
    name: str, qtbot: QtBot, theme: ThemeKeeper, tmp_path: Path
) -> None:
    headline = Headline(name)
    for made in desk(qtbot, theme, boards.BOARDS[name]().write(tmp_path / "bench")):
        judged = made.judged()
        assert judged.verdict.headline is headline
        banner = made.result.findChild(VerdictBanner)
        assert isinstance(banner, VerdictBanner)
        assert banner.accessibleName().startswith(headline.title)
        assert f"verdict         : {headline.title}" in made.result.report.toPlainText()
        assert not made.panel.grab().isNull()


def test_screen_file_and_clipboard_are_byte_for_byte_the_same(leak: LeakhuntDesk) -> None:
    leak.judged()
    leak.panel.keeping.copy_text()
    with leak.qtbot.waitSignal(leak.panel.report_saved, timeout=WAIT_MS):
        leak.panel.keeping.save()
    saved = leak.shelf.reports()[0]
    in_file = (saved.folder / "report.txt").read_bytes()
    assert leak.result.report.toPlainText().encode() == in_file
    assert QGuiApplication.clipboard().text().encode() == in_file
    assert in_file.startswith(b"/leakhunt window=6h field=free_heap variant=local\n")


def test_a_report_is_copied_for_an_issue_as_it_is_saved(leak: LeakhuntDesk) -> None:
    leak.judged()
    QTest.mouseClick(button(leak, "Copy as Markdown"), Qt.MouseButton.LeftButton)
    with leak.qtbot.waitSignal(leak.panel.report_saved, timeout=WAIT_MS):
        leak.panel.keeping.save()
    in_file = (leak.shelf.reports()[0].folder / "report.md").read_bytes()
    assert QGuiApplication.clipboard().text().encode() == in_file


def test_enter_runs_and_control_s_saves(leak: LeakhuntDesk) -> None:
    leak.panel.ask(LeakhuntRequest(port=PORT, span="6 h", run=False))
    assert leak.panel.judged is None
    QTest.keyClick(leak.panel, Qt.Key.Key_Return)
    leak.qtbot.waitUntil(lambda: leak.panel.judged is not None, timeout=WAIT_MS)
    with leak.qtbot.waitSignal(leak.panel.report_saved, timeout=WAIT_MS):
        QTest.keyClick(leak.result.report, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert not button(leak, "Save report").isEnabled()
    told = leak.bench.activity[-1]
    assert (told.title, told.port) == ("Report saved: SLOW LEAK", PORT)
    assert told.detail.startswith("6 h, ")


def test_the_evidence_of_a_suspect_leads_to_its_rows_in_the_log(leak: LeakhuntDesk) -> None:
    judged = leak.judged()
    assert judged.verdict.measures.suspect == "Router"
    last = max(delta.ts for delta in judged.verdict.facts.evidence.thread_deltas if delta.thread == "Router")
    leak.qtbot.waitUntil(lambda: any(b.text() == "Open in Logbook" for b in leak.panel.findChildren(QPushButton)))
    with leak.qtbot.waitSignal(leak.panel.log_row_requested) as asked:
        QTest.mouseClick(button(leak, "Open in Logbook"), Qt.MouseButton.LeftButton)
    assert asked.args == [last, PORT]


def test_an_uptime_in_the_report_is_a_link_into_the_log(leak: LeakhuntDesk) -> None:
    judged = leak.judged()
    report = leak.result.report
    cursor = report.document().find("uptime")
    report.setTextCursor(cursor)
    report.ensureCursorVisible()
    with leak.qtbot.waitSignal(leak.panel.log_row_requested) as asked:
        place = report.cursorRect(cursor).center() - QPoint(4, 0)
        QTest.mouseClick(report.viewport(), Qt.MouseButton.LeftButton, pos=place)
    deltas = {delta.ts for delta in judged.verdict.facts.evidence.thread_deltas if delta.thread == "Router"}
    assert asked.args is not None
    assert asked.args[0] in deltas


def test_a_newer_question_drops_the_answer_to_the_one_before(leak: LeakhuntDesk) -> None:
    leak.panel.ask(LeakhuntRequest(port=PORT, span="1 h"))
    judged = leak.judged(LeakhuntRequest(port=PORT, span="3 h"))
    assert judged.verdict.facts.evidence.request.window == "3h"
    assert "window=3h" in leak.result.report.toPlainText()


def test_a_run_that_is_cancelled_shows_nothing(leak: LeakhuntDesk) -> None:
    leak.panel.ask(LeakhuntRequest(port=PORT, span="6 h"))
    QTest.mouseClick(button(leak, "Cancel"), Qt.MouseButton.LeftButton)
    assert button(leak, "Run").isEnabled()
    leak.judged(LeakhuntRequest(port=PORT, span="1 h"))
    assert "window=1h" in leak.result.report.toPlainText()


def test_a_selection_is_judged_between_its_times(leak: LeakhuntDesk) -> None:
    start, end = START + 3_600.0, START + 9_000.0
    judged = leak.judged(LeakhuntRequest(port=PORT, start=start, end=end))
    asked = judged.verdict.facts.evidence.request
    assert (asked.start, asked.end, asked.window) == (start, end, "1h30m")


def test_a_window_with_too_few_samples_is_told_before_it_is_judged(leak: LeakhuntDesk) -> None:
    session, now = leak.bench.staged[0], leak.bench.now()
    times = now - np.array([6_000.0, 4_500.0, 3_000.0, 1_500.0, 60.0])
    samples = PastSeries(times, np.full(5, 9e4), np.zeros(5, np.int8), np.full(5, np.nan))
    session.take_past(PastPort(PORT, "serial", series={FREE_HEAP: samples}, last_ts=now), ())
    leak.panel.ask(LeakhuntRequest(port=PORT, span="1 h", run=False))
    assert "3 of 5 samples in this window. Choose 3 h." in words(leak.panel)
    leak.panel.ask(LeakhuntRequest(port=PORT, span="3 h", run=False))
    assert not [text for text in words(leak.panel) if "samples in this window" in text]


def test_words_that_are_no_window_are_refused_before_they_are_asked(leak: LeakhuntDesk) -> None:
    leak.panel.ask(LeakhuntRequest(port=PORT, span="next tuesday"))
    typed = leak.panel.findChild(QLineEdit)
    assert isinstance(typed, QLineEdit)
    assert typed.text() == "next tuesday"
    assert not button(leak, "Run").isEnabled()
    typed.clear()
    QTest.keyClicks(typed, "2h30m")
    QTest.keyClick(typed, Qt.Key.Key_Return)
    leak.qtbot.waitUntil(lambda: leak.panel.judged is not None, timeout=WAIT_MS)
    assert leak.panel.judged is not None
    assert leak.panel.judged.verdict.facts.evidence.request.window == "2h30m"


def test_a_longer_window_is_offered_where_samples_lack(qtbot: QtBot, theme: ThemeKeeper, tmp_path: Path) -> None:
    board = BoardRecording()
    for at in range(0, 21_600, 900):
        board.local_stats(at, 118_000 - at // 90)
    for made in desk(qtbot, theme, board.write(tmp_path / "bench")):
        judged = made.judged(LeakhuntRequest(port=PORT, span="30 m"))
        assert judged.verdict.headline is Headline.INSUFFICIENT_DATA
        wider = next(b for b in made.panel.findChildren(QPushButton) if b.text().startswith("Judge"))
        QTest.mouseClick(wider, Qt.MouseButton.LeftButton)
        made.wait_for_another(judged)
        assert made.panel.judged is not None
        assert made.panel.judged.verdict.headline is not Headline.INSUFFICIENT_DATA


def test_a_recording_that_is_gone_is_told_with_the_reason(leak: LeakhuntDesk) -> None:
    assert leak.bench.folder is not None
    shutil.rmtree(leak.bench.folder)
    leak.panel.ask(LeakhuntRequest(port=PORT, span="6 h"))
    leak.qtbot.waitUntil(lambda: bool(leak.panel.findChildren(AlertBox)), timeout=WAIT_MS)
    alert = leak.panel.findChildren(AlertBox)[0]
    assert alert.accessibleName().startswith("Leakhunt could not judge this window.")
    assert leak.bench.folder.name in alert.accessibleName()
    assert not button(leak, "Save report").isEnabled()


def test_a_report_that_cannot_be_saved_is_told_and_can_be_saved_again(leak: LeakhuntDesk) -> None:
    leak.judged()
    leak.shelf.folder.write_text("a file where the folder should be")
    with leak.qtbot.waitSignal(leak.panel.notice_requested, timeout=WAIT_MS) as told:
        leak.panel.keeping.save()
    assert told.args is not None
    notice = told.args[0]
    assert isinstance(notice, Notice)
    assert notice.tone == "danger"
    assert notice.text.startswith("The report was not saved.")
    assert button(leak, "Save report").isEnabled()


def test_warnings_stand_beside_the_headline(qtbot: QtBot, theme: ThemeKeeper, tmp_path: Path) -> None:
    for made in desk(qtbot, theme, boards.oom_imminent().write(tmp_path / "bench")):
        judged = made.judged()
        loud = [told.text for told in judged.verdict.qualifiers if told.tone != "note"]
        shown = " ".join(banner.accessibleName() for banner in made.result.findChildren(BesideBanner))
        assert loud
        assert all(text.replace("-", "−") in shown or text in shown for text in loud)


def test_without_room_for_two_columns_there_is_one(leak: LeakhuntDesk) -> None:
    leak.judged()
    leak.qtbot.waitUntil(lambda: bool(leak.panel.findChildren(NextStepsCard)), timeout=WAIT_MS)
    leak.panel.setFixedWidth(440)  # as it is when docked
    leak.qtbot.waitUntil(lambda: 0 < leak.result.width() < 440, timeout=WAIT_MS)
    leak.qtbot.waitUntil(lambda: leak.panel.findChildren(NextStepsCard)[-1].width() < 440, timeout=WAIT_MS)
    assert leak.result.report.isVisibleTo(leak.panel)
    assert leak.result.report.width() < 440


def test_both_themes_show_the_verdict(each_theme: ThemeKeeper, qtbot: QtBot, tmp_path: Path) -> None:
    for made in desk(qtbot, each_theme, boards.slow_leak().write(tmp_path / "bench")):
        made.judged()
        ground = made.panel.grab().toImage().pixelColor(4, 400)
        assert (ground.lightness() < 128) is each_theme.is_dark


def test_another_recording_takes_the_verdict_away(leak: LeakhuntDesk) -> None:
    leak.judged()
    leak.bench.recording_switched.emit()
    assert leak.panel.judged is None
    assert not button(leak, "Copy text").isEnabled()
