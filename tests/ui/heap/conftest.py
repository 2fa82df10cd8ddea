# SPDX-License-Identifier: GPL-3.0-only
"""A shown Heap page of a board with a past."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import pyqtgraph as pg
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from mtleak_gui.core.markers import Marker
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.pages.heap.heap_page import HeapPage
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from tests.ui.heap.heap_bench import PlottedBench
from tests.ui.heap.heap_board import MARKS, leaking_board


class Stage(NamedTuple):
    """A page and what it hangs on."""

    page: HeapPage
    bench: PlottedBench
    worker: DiskWorker
    qtbot: QtBot

    def drawn(self) -> None:
        """Wait until the plot shows what is there."""
        self.qtbot.waitUntil(lambda: self.page.card.plot.picture is not None)


MakeStage = Callable[..., Stage]


@pytest.fixture(autouse=True)
def every_move_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let pyqtgraph see each move of the mouse: it drops those that come faster than a hand makes them."""
    monkeypatch.setitem(pg.CONFIG_OPTIONS, "mouseRateLimit", 0)


@pytest.fixture
def make_stage(qtbot: QtBot, theme: ThemeKeeper) -> Iterator[MakeStage]:
    """Return a maker of shown pages; the theme is the light one unless the test changes it."""
    worker = DiskWorker()
    pages: list[HeapPage] = []

    def make(*sessions: Session, markers: tuple[Marker, ...] = MARKS, size: tuple[int, int] = (1080, 716)) -> Stage:
        bench = PlottedBench(*sessions, markers=markers)
        page = HeapPage(bench.as_bench(), theme, worker)
        pages.append(page)
        page.resize(*size)
        page.show()
        qtbot.waitExposed(page)
        return Stage(page, bench, worker, qtbot)

    yield make
    # Deleted here and now: left to the garbage collector, a plot may go in the middle of the painting of another.
    for page in pages:
        page.close()
        page.deleteLater()
        QCoreApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete)
    assert worker.stop()


@pytest.fixture
def stage(make_stage: MakeStage) -> Stage:
    """Return the page of a leaking board, drawn."""
    made = make_stage(leaking_board())
    made.drawn()
    return made
