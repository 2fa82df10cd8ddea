# SPDX-License-Identifier: GPL-3.0-only
"""A demo from the wish to a board with a past, in a recording that is removed in the end. Lives on the GUI thread."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from mtleak_gui.core.addresses import DemoAddress
from mtleak_gui.core.notice import Notice
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.scenario import Scenario
from mtleak_gui.engine.answering import Answering
from mtleak_gui.engine.board_links import DEMO_ROLE
from mtleak_gui.engine.demo_folders import new_demo_folder
from mtleak_gui.engine.demo_jobs import ContinueDemoJob, DemoMade, MakeDemoJob
from mtleak_gui.engine.query_runner import QueryRunner

SEED = 1
LIKELIEST = DemoAddress("leak-threads")
HOURS = 6.0
"""The demo that the window offers before anything else, and how much past it has."""

OLDEST_S = 1_800.0
"""A past that was made longer ago than this is made anew: what is missing would take long enough."""

LEAST_GAP_S = 3.0
"""What a past may lack of the present: a board that is being connected is not heard for some seconds either."""

log = logging.getLogger(__name__)


class Demo(NamedTuple):
    """A demo whose past lies in ``folder``; its board, switched on at ``born`` (epoch s), goes on by ``clock``."""

    address: DemoAddress
    scenario: Scenario
    folder: Path
    clock: BoardClock
    born: float
    seed: int


class _Wish(NamedTuple):
    address: DemoAddress
    scenario: Scenario
    hours: float
    clock: BoardClock


class DemoStart(QObject):
    """Makes the past of one demo at a time, also ahead of the wish for it."""

    made = Signal(object)
    """A ``Demo``."""
    told = Signal(Notice)
    left_behind = Signal(object)
    """The ``Path`` of a folder that is not needed any more and may hold something."""

    def __init__(self, queries: QueryRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queries = queries
        self._wish: _Wish | None = None
        self._job: MakeDemoJob | None = None
        """What is being made or was made; its folder is ours until a ``Demo`` takes it."""
        self._past: DemoMade | None = None
        """What came of it."""
        self._asked: Answering | None = None

    def prepare(self, address: DemoAddress, hours: float) -> None:
        """Make a past ahead of the wish for it, unless there is one; everything else that is asked goes first."""
        if self._job is None:
            self._ask(address, hours, time.time(), gives_way=True)

    def make(self, address: DemoAddress, scenario: Scenario, hours: float) -> None:
        """Make a demo, of the past that was made ahead if it fits; another one that is being made is given up."""
        wish = _Wish(address, scenario, hours, BoardClock(address.speed or 1.0))
        if not self._fits(wish):
            self.cancel()
        self._wish = wish
        if self._job is None:
            self._ask(address, hours, wish.clock.wall(), gives_way=False)
        elif self._past is not None:
            self._go_on(wish, self._job, self._past)

    def cancel(self) -> None:
        """Give up what is being made or was made."""
        self._wish = None
        self._drop()

    def drop_prepared(self) -> None:
        """Give up what nobody has wished for."""
        if self._wish is None:
            self._drop()

    def _ask(self, address: DemoAddress, hours: float, until: float, *, gives_way: bool) -> None:
        folder = new_demo_folder()
        self._job = MakeDemoJob(folder, address.scenario, hours, SEED, until, port=address.port, role=DEMO_ROLE)
        self._asked = self._queries.ask(self._job, self, gives_way=gives_way)
        self._asked.done.connect(self._made)
        self._asked.failed.connect(self._not_made if not gives_way else self._not_prepared)

    def _fits(self, wish: _Wish) -> bool:
        """Return whether what is being made or was made can become what is wished for, and nothing is done to it."""
        job = self._job
        if job is None or job.until is None or (self._past is not None and self._asked is not None):
            return False
        age = wish.clock.wall() - job.until
        return (job.scenario, job.hours, job.port) == (
            wish.address.scenario,
            wish.hours,
            wish.address.port,
        ) and 0 <= age <= OLDEST_S

    def _go_on(self, wish: _Wish, job: MakeDemoJob, past: DemoMade) -> None:
        """Bring a past up to the present."""
        now = wish.clock.wall()
        if now - past.until < LEAST_GAP_S:
            self._finish(past)
            return
        self._asked = self._queries.ask(ContinueDemoJob(past, job.scenario, now, job.port, job.role), self)
        self._asked.done.connect(self._finish)
        self._asked.failed.connect(self._not_prepared)

    def _drop(self) -> None:
        asked, self._asked = self._asked, None
        job, self._job = self._job, None
        self._past = None
        if asked is not None:
            asked.cancel()
        if job is not None:
            self.left_behind.emit(job.folder)

    @Slot(object)
    def _made(self, past: DemoMade) -> None:
        self._past, self._asked = past, None
        if self._wish is not None and self._job is not None:
            self._go_on(self._wish, self._job, past)

    @Slot(object)
    def _finish(self, past: DemoMade) -> None:
        wish, self._wish = self._wish, None
        self._job = self._past = self._asked = None
        if wish is not None:
            self.made.emit(Demo(wish.address, wish.scenario, past.folder, wish.clock, past.born, past.seed))

    @Slot(str)
    def _not_prepared(self, sentence: str) -> None:
        log.info("No past was made ahead: %s", sentence)
        self._asked = None
        self._drop()
        if (wish := self._wish) is not None:
            self.make(wish.address, wish.scenario, wish.hours)

    @Slot(str)
    def _not_made(self, sentence: str) -> None:
        self._asked = None
        self.cancel()
        text = "The demo could not be started. Look whether the disk for temporary files has room."
        self.told.emit(Notice("demo", "danger", text, sentence, sticky=True))
