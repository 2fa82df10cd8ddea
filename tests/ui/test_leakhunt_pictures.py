# SPDX-License-Identifier: GPL-3.0-only
"""Leakhunt and the reports as pictures under ``build/pictures``, for eyes; each must at least show something."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mtleak_gui.core.leakhunt.judge import judge
from mtleak_gui.core.leakhunt.verdict import Verdict
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.engine.query_jobs import Judged
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.storage.report_shelf import ReportShelf
from mtleak_gui.ui.leakhunt.leakhunt_panel import LeakhuntPanel
from mtleak_gui.ui.leakhunt.next_steps_card import NextStepsCard
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.core.leakhunt import verdicts_by_hand
from tests.storage.board_recording import PORT
from tests.ui.leakhunt_stage import StagedBench
from tests.ui.test_reports_page import ReportsDesk

PICTURES = Path(__file__).parents[2] / "build" / "pictures"
SIZES = {"usual": (1104, 706), "small": (936, 560), "docked": (440, 716)}


@pytest.mark.parametrize("case", [*verdicts_by_hand.CASES, "demo"])
def test_each_verdict(case: str, each_theme: ThemeKeeper, qtbot: QtBot, tmp_path: Path) -> None:
    panel = shown_panel(
        each_theme, qtbot, tmp_path, demo_verdict() if case == "demo" else verdicts_by_hand.verdict(case)
    )
    keep(panel, f"leakhunt-{case}", each_theme)


@pytest.mark.parametrize("size", SIZES)
def test_each_size(size: str, theme: ThemeKeeper, qtbot: QtBot, tmp_path: Path) -> None:
    panel = shown_panel(theme, qtbot, tmp_path, verdicts_by_hand.verdict("reboot"), SIZES[size])
    assert (panel.width(), panel.height()) == SIZES[size]
    keep(panel, f"leakhunt-{size}", theme)


@pytest.mark.parametrize("size", [(1080, 716), (904, 516)])
def test_the_reports(size: tuple[int, int], each_theme: ThemeKeeper, qtbot: QtBot, tmp_path: Path) -> None:
    desk = ReportsDesk(qtbot, each_theme, tmp_path, tuple(verdicts_by_hand.CASES))
    desk.page.resize(*size)
    desk.settle()
    keep(desk.page, f"reports-{size[0]}", each_theme)
    desk.close()


def shown_panel(
    theme: ThemeKeeper, qtbot: QtBot, folder: Path, verdict: Verdict, size: tuple[int, int] = SIZES["usual"]
) -> LeakhuntPanel:
    """Return a panel that shows a verdict."""
    queries = QueryRunner()
    bench = StagedBench(queries, folder, (PORT,))
    panel = LeakhuntPanel(bench, theme, queries, DiskWorker(), ReportShelf(folder, time.time))
    qtbot.addWidget(panel)
    panel.resize(*size)
    panel.show()
    panel._judging.judged.emit(Judged(verdict, 0.084))
    qtbot.waitUntil(lambda: bool(panel.findChildren(NextStepsCard)))
    # What came last is put in its place in the next turns.
    for _ in range(3):
        QApplication.processEvents()
    return panel


def demo_verdict() -> Verdict:
    facts = verdicts_by_hand.slow_leak()
    recorder = replace(facts.evidence.recorder, demo=True)
    return judge(replace(facts, evidence=replace(facts.evidence, recorder=recorder)))


def keep(widget: QWidget, name: str, theme: ThemeKeeper) -> None:
    """Save the picture, which must not be of one colour."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    picture = widget.grab()
    assert picture.save(str(PICTURES / f"{name}-{'dark' if theme.is_dark else 'light'}.png"))
    image = picture.toImage()
    # A single row may lie between two cards.
    seen = {image.pixel(x, y) for y in range(0, image.height(), 7) for x in range(0, image.width(), 7)}
    assert len(seen) > 4
