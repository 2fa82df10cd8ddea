# SPDX-License-Identifier: GPL-3.0-only
"""Copies the rows of a span, all streams, as stored, into a new folder that the user chooses a place for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from mtleak_gui.core.notice import Notice
from mtleak_gui.core.wording import count
from mtleak_gui.engine.answering import Answering
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.query_jobs import ExportJob
from mtleak_gui.engine.query_runner import QueryRunner

_KEY = "log_export"


class Copied(Protocol):
    """What ``ExportJob`` answers, as far as it is looked at here."""

    @property
    def folder(self) -> Path: ...
    @property
    def counts(self) -> tuple[tuple[str, int], ...]: ...
    @property
    def scrubbed(self) -> int: ...


class SliceExport(QWidget):
    """Never shown: the parent of its dialog. ``span_now`` returns two epoch times, infinite for no limit."""

    def __init__(
        self,
        bench: Bench,
        queries: QueryRunner,
        span_now: Callable[[], tuple[float, float]],
        *,
        tell: Callable[[Notice], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setVisible(False)
        self._bench, self._queries, self._span_now, self._tell = bench, queries, span_now, tell
        self._asked: Answering | None = None

    @Slot()
    def ask_where(self) -> None:
        """Ask for a folder and copy the rows of the span into it."""
        if self._bench.folder is None:
            self._tell(Notice(_KEY, "warn", self.tr("No recording is open: there are no rows to export.")))
            return
        place = QFileDialog.getExistingDirectory(self.window(), self.tr("Choose where the rows are copied to"))
        if place:
            self.copy_into(Path(place))

    def copy_into(self, place: Path) -> None:
        """Copy the rows into a new folder in ``place``."""
        start, end = self._span_now()
        folder = self._bench.folder
        if folder is None:
            return
        now = self._bench.now()
        name = f"mtleak-export-{datetime.fromtimestamp(now):%Y%m%d-%H%M%S}"  # noqa: DTZ006 - the time of this computer
        last = max(0.0, min(end, now))
        job = ExportJob(folder, min(max(0.0, start), last), last, place / name)
        self._asked = self._queries.ask(job, self)
        self._asked.done.connect(self._done)
        self._asked.failed.connect(self._failed)
        self._tell(Notice(_KEY, "info", self.tr("Copying rows…")))

    @Slot(object)
    def _done(self, copied: Copied) -> None:
        rows = count(sum(many for _, many in copied.counts), "row")
        words = self.tr("Copied %1 to %2.").replace("%1", rows).replace("%2", str(copied.folder))
        scrubbed = None
        if copied.scrubbed:
            rows = count(copied.scrubbed, "row")
            scrubbed = self.tr("Positions and keys were removed from %1 of the copy.").replace("%1", rows)
        self._tell(Notice(_KEY, "ok", words, scrubbed))

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        words = self.tr("The rows were not copied. Choose another folder, or look whether the disk has room.")
        self._tell(Notice(_KEY, "danger", words, sentence, sticky=True))
