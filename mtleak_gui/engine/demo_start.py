# SPDX-License-Identifier: GPL-3.0-only
"""A demo from the wish to a board with a past, in a recording that is removed in the end. Lives on the GUI thread."""

from __future__ import annotations

import shutil
import tempfile
import uuid
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from mtleak_gui.core.addresses import DemoAddress
from mtleak_gui.core.notice import Notice
from mtleak_gui.demo.board_clock import BoardClock
from mtleak_gui.demo.scenario import Scenario
from mtleak_gui.engine.answering import Answering
from mtleak_gui.engine.board_links import DEMO_ROLE
from mtleak_gui.engine.query_jobs import DemoMade, MakeDemoJob
from mtleak_gui.engine.query_runner import QueryRunner

SEED = 1


class Demo(NamedTuple):
    """A demo whose past lies in ``folder``; its board, switched on at ``born`` (epoch s), goes on by ``clock``."""

    address: DemoAddress
    scenario: Scenario
    folder: Path
    clock: BoardClock
    born: float
    seed: int


class DemoStart(QObject):
    """Makes the past of one demo at a time."""

    made = Signal(object)
    """A ``Demo``."""
    told = Signal(Notice)

    def __init__(self, queries: QueryRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queries = queries
        self._making: Answering | None = None
        self._address: DemoAddress
        self._scenario: Scenario
        self._clock: BoardClock
        self._folder: Path | None = None

    def make(self, address: DemoAddress, scenario: Scenario, hours: float) -> None:
        """Make the past of a demo; another one that is being made is given up."""
        self.cancel()
        self._address, self._scenario = address, scenario
        self._clock = BoardClock(address.speed or 1.0)
        self._folder = Path(tempfile.gettempdir()) / f"mtleak-demo-{uuid.uuid4().hex[:12]}"
        job = MakeDemoJob(
            self._folder, address.scenario, hours, SEED, self._clock.wall(), port=address.port, role=DEMO_ROLE
        )
        self._making = self._queries.ask(job, self)
        self._making.done.connect(self._done)
        self._making.failed.connect(self._failed)

    def cancel(self) -> Path | None:
        """Give up; return the folder that may be left and is to be removed."""
        making, self._making = self._making, None
        folder, self._folder = self._folder, None
        if making is None:
            return None
        making.cancel()
        return folder

    @Slot(object)
    def _done(self, made: DemoMade) -> None:
        self._making = self._folder = None
        self.made.emit(Demo(self._address, self._scenario, made.folder, self._clock, made.born, made.seed))

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self._making = None
        text = "The demo could not be started. Look whether the disk for temporary files has room."
        self.told.emit(Notice("demo", "danger", text, sentence, sticky=True))


def remove_folder(folder: Path) -> None:
    """Remove what is left of a demo."""
    shutil.rmtree(folder, ignore_errors=True)
