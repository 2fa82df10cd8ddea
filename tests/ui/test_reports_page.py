# SPDX-License-Identifier: GPL-3.0-only
"""The page of saved reports over a real shelf: list, search, preview, rename, export, delete and bring back, re-run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QListView, QPushButton
from pytestqt.qtbot import QtBot

from mtleak_gui.core.leakhunt.judge import judge
from mtleak_gui.core.leakhunt.saved_report import SavedReport
from mtleak_gui.core.notice import Notice
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.storage.report_shelf import ReportShelf
from mtleak_gui.ui.leakhunt.report_text_view import ReportTextView
from mtleak_gui.ui.leakhunt.verdict_banner import VerdictBanner
from mtleak_gui.ui.pages.reports.report_exports import FORMS
from mtleak_gui.ui.pages.reports.reports_page import ReportsPage
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.alert_box import AlertBox
from tests.core.leakhunt import verdicts_by_hand
from tests.ui.leakhunt_stage import StagedBench

WAIT_MS = 10_000
_CASES = ("insufficient_data", "steady", "reboot", "slow_leak")
"""Saved in this order, so the last one is listed first."""


class ReportsDesk:
    """The page, and what a test does with it."""

    def __init__(self, qtbot: QtBot, theme: ThemeKeeper, folder: Path, cases: tuple[str, ...] = _CASES) -> None:
        self.qtbot = qtbot
        self.recording = folder / "bench"
        self.recording.mkdir()
        self.now = time.time() - 3_600
        self.shelf = ReportShelf(folder / "reports", lambda: self.now)
        for case in cases:
            self.save(case)
        self.queries, self.disk = QueryRunner(), DiskWorker()
        self.bench = StagedBench(self.queries, self.recording, ())
        self.page = ReportsPage(self.bench, theme, self.disk, self.shelf)
        self.notices: list[Notice] = []
        self.page.notice_requested.connect(self.notices.append)
        qtbot.addWidget(self.page)
        self.page.resize(1080, 716)
        self.page.show()
        self.settle()

    def save(self, case: str) -> SavedReport:
        self.now += 60
        return self.shelf.save(verdicts_by_hand.verdict(case), self.recording)

    def close(self) -> None:
        self.queries.stop()
        self.disk.stop()

    def settle(self) -> None:
        """Wait until the disk worker has nothing left to do and the page has taken it."""
        for _ in range(3):
            with self.qtbot.waitSignal(self.disk.run(lambda: None, self.page).done, timeout=WAIT_MS):
                pass

    def rows(self) -> list[str]:
        """Return what the list says, row by row."""
        model = self.view.model()
        return [str(model.data(model.index(row, 0))) for row in range(model.rowCount())]

    @property
    def view(self) -> QListView:
        return next(iter(self.page.findChildren(QListView)))

    def button(self, words: str) -> QPushButton:
        """Return a button by its name or its words."""
        found = self.page.findChildren(QPushButton)
        return next(b for b in found if words in (b.accessibleName(), b.text()) and not b.isHidden())

    def click(self, words: str) -> None:
        QTest.mouseClick(self.button(words), Qt.MouseButton.LeftButton)
        self.settle()

    def shown_text(self) -> str:
        return self.page.preview.findChildren(ReportTextView)[-1].toPlainText()


@pytest.fixture
def desk(qtbot: QtBot, theme: ThemeKeeper, tmp_path: Path) -> Iterator[ReportsDesk]:
    made = ReportsDesk(qtbot, theme, tmp_path)
    yield made
    made.close()


def test_reports_are_listed_newest_first_with_verdict_figure_and_size(desk: ReportsDesk) -> None:
    rows = desk.rows()
    assert len(rows) == len(_CASES)
    assert "bench-a · 6 h, SLOW LEAK, −82 B/min, burst-start" in rows[0]
    assert "INSUFFICIENT DATA, 3 of 5 samples" in rows[3]
    assert any(label.text().startswith("4 reports, ") for label in desk.page.findChildren(QLabel))


def test_the_newest_is_previewed_as_it_was_saved(desk: ReportsDesk) -> None:
    newest = desk.shelf.reports()[0]
    assert desk.shown_text().encode() == (newest.folder / "report.txt").read_bytes()
    banner = desk.page.preview.findChildren(VerdictBanner)[-1]
    assert banner.accessibleName().startswith("SLOW LEAK")
    assert not desk.page.grab().isNull()


def test_chips_and_search_leave_what_fits(desk: ReportsDesk) -> None:
    desk.click("Steady  1")
    assert [("STEADY" in row) for row in desk.rows()] == [True]
    desk.click("All  4")
    desk.page.list.search.setText("slow BENCH-a")
    assert [("SLOW LEAK" in row) for row in desk.rows()] == [True]
    desk.page.list.search.setText("no such thing")
    desk.settle()
    assert desk.rows() == []
    assert not desk.button("Export").isEnabled()
    assert any("4 hidden" in label.text() for label in desk.page.findChildren(QLabel))


def test_a_report_is_named_in_its_place(desk: ReportsDesk) -> None:
    desk.click("Rename")
    field = next(f for f in desk.page.preview.findChildren(QLineEdit) if f.accessibleName() == "Title of the report")
    field.setText("with the antenna on")
    QTest.keyClick(field, Qt.Key.Key_Return)
    desk.settle()
    assert "with the antenna on" in desk.rows()[0]
    label = desk.shelf.reports()[0].label
    assert label is not None
    assert label.title == "with the antenna on"


def test_a_deleted_report_comes_back_by_undo(desk: ReportsDesk) -> None:
    gone = desk.shelf.reports()[0]
    QTest.keyClick(desk.view, Qt.Key.Key_Delete)
    desk.settle()
    assert len(desk.rows()) == 3
    assert "REBOOT" in desk.page.preview.findChildren(VerdictBanner)[-1].accessibleName()
    notice = desk.notices[-1]
    assert (notice.text, notice.action) == ("Report deleted", "undo_delete_report")
    desk.page.undo_delete(notice.key)
    desk.settle()
    assert desk.shelf.reports()[0] == gone
    assert desk.page.list.report == gone


@pytest.mark.parametrize("form", [form for form in FORMS if form.form is not None], ids=lambda form: form.word)
def test_a_report_is_exported_as_it_is_on_the_shelf(form: object, desk: ReportsDesk, tmp_path: Path) -> None:
    chosen = next(found for found in FORMS if found is form)
    report = desk.shelf.reports()[0]
    target = tmp_path / f"exported.{chosen.ending}"
    desk.page.exports.export(report, chosen, target)
    desk.settle()
    assert target.read_bytes() == (report.folder / f"report.{chosen.ending}").read_bytes()
    assert desk.notices[-1].text == f"Exported as {target.name}"


def test_a_report_is_exported_for_paper(desk: ReportsDesk, tmp_path: Path) -> None:
    target = tmp_path / "report.pdf"
    desk.page.exports.export(desk.shelf.reports()[0], FORMS[2], target)
    desk.settle()
    assert target.read_bytes().startswith(b"%PDF-")
    assert target.stat().st_size > 5_000


@pytest.mark.parametrize("form", [FORMS[0], FORMS[2]], ids=lambda form: form.word)
def test_an_export_that_cannot_be_written_is_told(form: object, desk: ReportsDesk, tmp_path: Path) -> None:
    chosen = next(found for found in FORMS if found is form)
    desk.page.exports.export(desk.shelf.reports()[0], chosen, tmp_path / "no such folder" / "report")
    desk.settle()
    assert desk.notices[-1].tone == "danger"
    assert desk.notices[-1].text.startswith("The report was not exported.")
    assert desk.notices[-1].detail


def test_a_damaged_report_is_shown_as_such_and_the_others_stay(desk: ReportsDesk) -> None:
    damaged = desk.shelf.reports()[0]
    (damaged.folder / "saved.json").write_text("{")
    desk.page.refresh()
    desk.settle()
    assert "Damaged report" in desk.rows()[0]
    assert len(desk.rows()) == 4
    alert = desk.page.preview.findChildren(AlertBox)[-1]
    assert alert.accessibleName().startswith("This report is damaged. saved.json cannot be read")
    assert not desk.button("Export").isEnabled()


def test_the_same_window_of_the_same_recording_is_judged_again(desk: ReportsDesk) -> None:
    label = desk.shelf.reports()[0].label
    assert label is not None
    with desk.qtbot.waitSignal(desk.page.leakhunt_requested) as asked:
        desk.click("Re-run on same window")
    assert asked.args is not None
    request = asked.args[0]
    assert (request.port, request.start, request.end) == (label.port, label.start, label.end)
    assert request.recording == str(desk.recording)


def test_without_its_recording_a_report_cannot_be_judged_again(desk: ReportsDesk) -> None:
    desk.recording.rmdir()
    QTest.keyClick(desk.view, Qt.Key.Key_Down)
    desk.settle()
    assert not desk.button("Re-run on same window").isEnabled()
    assert desk.button("Export").isEnabled()


def test_a_link_of_a_report_leads_into_the_log_of_the_shown_recording(desk: ReportsDesk) -> None:
    with desk.qtbot.waitSignal(desk.page.log_row_requested) as asked:
        desk.page.preview.moment_chosen.emit(1_795_000_100.0)
    assert asked.args == [1_795_000_100.0, "/dev/ttyUSB0"]
    desk.bench.shown = None
    desk.page.preview.moment_chosen.emit(1_795_000_100.0)
    assert "another recording" in desk.notices[-1].text


def test_a_next_step_is_copied_and_never_run(desk: ReportsDesk) -> None:
    desk.click("Copy")
    assert QGuiApplication.clipboard().text() == "grep -rnE 'OSThread\\(\"Router\"' src/"


def test_without_reports_the_page_says_how_to_get_one(qtbot: QtBot, theme: ThemeKeeper, tmp_path: Path) -> None:
    made = ReportsDesk(qtbot, theme, tmp_path, ())
    try:
        shown = [label.text() for label in made.page.findChildren(QLabel) if label.isVisibleTo(made.page)]
        assert "No reports yet. Run Leakhunt (Ctrl+L)." in shown
        with qtbot.waitSignal(made.page.leakhunt_requested):
            made.click("Run Leakhunt")
        made.save("steady")
        made.page.refresh()
        made.settle()
        assert len(made.rows()) == 1
    finally:
        made.close()


def test_text_from_the_air_stays_text(qtbot: QtBot, each_theme: ThemeKeeper, tmp_path: Path) -> None:
    made = ReportsDesk(qtbot, each_theme, tmp_path, ())
    try:
        facts = verdicts_by_hand.steady()
        device = replace(facts.evidence.device, name="<img src=x><b>bench</b>\x1b[31m")
        made.shelf.save(judge(replace(facts, evidence=replace(facts.evidence, device=device))))
        made.page.refresh()
        made.settle()
        assert "<img src=x><b>bench</b> [31m" in made.rows()[0]
        titles = [label for label in made.page.preview.findChildren(QLabel) if "<img" in label.text()]
        assert titles
        assert all(title.textFormat() == Qt.TextFormat.PlainText for title in titles)
        assert not made.page.grab().isNull()
    finally:
        made.close()


def test_the_page_comes_back_as_it_was_left(desk: ReportsDesk) -> None:
    desk.click("Reboot  1")
    state = desk.page.view_state()
    desk.click("All  4")
    desk.page.restore_view(state)
    desk.settle()
    assert desk.page.list.report is not None
    assert desk.page.list.report.name == state["report"]
    desk.page.restore_view({"search": 3, "kind": "no such kind", "report": None})
    assert len(desk.rows()) == 4
