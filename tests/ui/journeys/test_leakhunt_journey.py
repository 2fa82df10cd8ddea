# SPDX-License-Identifier: GPL-3.0-only
"""Somebody asks whether it leaks: verdict, suspect, the same report everywhere, kept, judged again, deleted, undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from mtleak_gui.core.leakhunt.verdict import Headline
from mtleak_gui.ui.leakhunt.report_text_view import ReportTextView
from tests.ui.hands import press, the, words
from tests.ui.journeys.conftest import StartProgram
from tests.ui.journeys.driven_program import CTRL, Program

# The offscreen platform says so when the verdict's window is raised.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def _listed(program: Program) -> int:
    return len(program.engine.shelf.reports())


def test_a_leak_is_found_told_kept_judged_again_and_deleted(start: StartProgram) -> None:
    program = start(demo="leak-threads")
    program.demo_runs()
    program.show("heap")
    program.key(Qt.Key.Key_L, CTRL)
    program.until(lambda: program.parts.leakhunt.panel is not None and program.panel.judged is not None)
    panel = program.panel
    assert panel.judged is not None
    assert panel.judged.verdict.headline is Headline.SLOW_LEAK
    # The cards of a verdict are added in turns of their own.
    program.until(lambda: any("SLOW LEAK" in word for word in words(panel)))
    program.until(lambda: any("Router" in word for word in words(panel)))
    program.until(lambda: "SLOW LEAK" in the(ReportTextView, panel).toPlainText())
    text = the(ReportTextView, panel).toPlainText()
    assert "SLOW LEAK" in text
    press(panel, "Copy text")
    assert QGuiApplication.clipboard().text().rstrip("\n") == text.rstrip("\n")
    panel.activateWindow()
    panel.setFocus()
    program.key(Qt.Key.Key_S, CTRL)
    program.until(lambda: _listed(program) == 1)
    [saved] = program.engine.shelf.reports()
    assert program.engine.shelf.text(saved.name).rstrip("\n") == text.rstrip("\n")
    program.parts.leakhunt.hide()
    program.show("reports")
    program.until(lambda: program.reports.list.report == saved)
    program.until(lambda: bool(words(program.reports)) and any("SLOW LEAK" in word for word in words(program.reports)))
    _again(program)
    _deleted_and_back(program)


def _again(program: Program) -> None:
    """Judge the same window of the saved report anew, and see the same verdict."""
    before = program.panel.judged
    assert before is not None
    press(program.reports, "Re-run on same window")
    program.until(lambda: program.panel.judged not in (before, None))
    after = program.panel.judged
    assert after is not None
    assert after.verdict.headline is before.verdict.headline
    assert after.verdict.facts.evidence.request.start == before.verdict.facts.evidence.request.start
    program.parts.leakhunt.hide()


def _deleted_and_back(program: Program) -> None:
    program.window.activateWindow()
    program.reports.delete()
    program.until(lambda: _listed(program) == 0)
    program.until(lambda: "Undo" in words(program.window.toasts))
    press(program.window.toasts, "Undo")
    program.until(lambda: _listed(program) == 1)
    program.until(lambda: program.reports.list.report is not None)
