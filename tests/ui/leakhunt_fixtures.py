# SPDX-License-Identifier: GPL-3.0-only
"""A Leakhunt panel over a recording on disk, with the real query process, the real disk worker and a real shelf."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from pytestqt.qtbot import QtBot

from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.engine.query_jobs import Judged
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.storage.report_shelf import ReportShelf
from mtleak_gui.ui.leakhunt.leakhunt_panel import LeakhuntPanel
from mtleak_gui.ui.leakhunt.result_view import ResultView
from mtleak_gui.ui.requests import LeakhuntRequest
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.storage.board_recording import PORT
from tests.ui.leakhunt_stage import StagedBench

WAIT_MS = 30_000
SIX_HOURS = LeakhuntRequest(port=PORT, span="6 h")


class LeakhuntDesk:
    """The panel, and what a test does with it."""

    def __init__(self, qtbot: QtBot, theme: ThemeKeeper, folder: Path) -> None:
        self.qtbot, self.theme = qtbot, theme
        self.queries, self.disk = QueryRunner(), DiskWorker()
        self.bench = StagedBench(self.queries, folder, (PORT,))
        self.shelf = ReportShelf(folder.parent / "reports", time.time)
        self.panel = LeakhuntPanel(self.bench, theme, self.queries, self.disk, self.shelf)
        qtbot.addWidget(self.panel)
        self.panel.resize(1104, 706)
        self.panel.show()

    def close(self) -> None:
        self.queries.stop()
        self.disk.stop()

    def judged(self, request: LeakhuntRequest = SIX_HOURS) -> Judged:
        """Ask, and return what is shown then."""
        before = self.panel.judged
        self.panel.ask(request)
        return self.wait_for_another(before)

    def wait_for_another(self, before: Judged | None) -> Judged:
        """Return what is shown when that is no longer ``before``."""
        self.qtbot.waitUntil(lambda: self.panel.judged not in (before, None), timeout=WAIT_MS)
        assert self.panel.judged is not None
        return self.panel.judged

    @property
    def result(self) -> ResultView:
        """What is shown of the verdict."""
        found = self.panel.findChildren(ResultView)
        return found[-1]


def desk(qtbot: QtBot, theme: ThemeKeeper, folder: Path) -> Iterator[LeakhuntDesk]:
    """Yield a desk, and end its processes and threads."""
    made = LeakhuntDesk(qtbot, theme, folder)
    yield made
    made.close()
