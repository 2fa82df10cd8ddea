# SPDX-License-Identifier: GPL-3.0-only
"""One judgement at a time: a new question, or a cancel, drops the one before and whatever it would still answer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from mtleak_gui.core.leakhunt.question import Question
from mtleak_gui.engine.answering import Answering
from mtleak_gui.engine.query_jobs import Judged, JudgeJob
from mtleak_gui.engine.query_runner import QueryRunner


class Judging(QObject):
    """``judged`` brings a ``Judged``, ``failed`` a sentence; ``progressed`` the share done and what is being done."""

    began = Signal()
    judged = Signal(Judged)
    failed = Signal(str)
    progressed = Signal(float, str)

    def __init__(self, queries: QueryRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queries = queries
        self._answering: Answering | None = None

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._answering is not None

    def begin(self, folder: Path, question: Question) -> None:
        """Judge; what was asked before is not wanted any more."""
        self.cancel()
        self._answering = self._queries.ask(JudgeJob(folder, question), self)
        self._answering.done.connect(self._take)
        self._answering.failed.connect(self._fail)
        self._answering.progressed.connect(self.progressed)
        self.began.emit()

    def cancel(self) -> None:
        """Do not want an answer any more."""
        answering, self._answering = self._answering, None
        if answering is not None:
            answering.cancel()

    @Slot(object)
    def _take(self, judged: Judged) -> None:
        self._answering = None
        self.judged.emit(judged)

    @Slot(str)
    def _fail(self, sentence: str) -> None:
        self._answering = None
        self.failed.emit(sentence)
