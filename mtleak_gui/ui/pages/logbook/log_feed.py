# SPDX-License-Identifier: GPL-3.0-only
"""Brings log rows to the sifter: those that are heard, those of the recording, older ones on demand. GUI thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from mtleak_gui.core.log_columns import LogColumns
from mtleak_gui.core.past import Past
from mtleak_gui.core.records import Batch
from mtleak_gui.engine.answering import Answering
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.query_jobs import OlderLogsJob
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.ui.pages.logbook.log_sifter import LogSifter

OLDER_ROWS = 50_000
_FIRST_ROWS = 200_000


class LogFeed(QObject):
    """``changed`` comes when what can be said of older rows is another."""

    changed = Signal()
    forgot = Signal()
    """Another recording is shown."""

    def __init__(self, bench: Bench, queries: QueryRunner, sifter: LogSifter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bench, self._queries, self._sifter = bench, queries, sifter
        self._asked: Answering | None = None
        self._older: int | None = None
        """Rows on the disk before those that are held; ``None`` when nobody counted them."""
        self._trouble = ""
        self._withheld = 0
        bench.batch_taken.connect(self.take_lines)
        bench.past_loaded.connect(self.take_past)
        bench.recording_switched.connect(self.forget)
        if bench.folder is not None:
            # The page may be made after the recording was loaded: then nobody will bring these rows again.
            self._ask(bench.now(), _FIRST_ROWS)

    @property
    def words(self) -> str:
        """What there is to say of older rows."""
        if self._trouble:
            return self._trouble
        if self._withheld:
            lines = f"{self._withheld:,}"
            return self.tr("%1 lines came too fast to be shown, they are in the recording").replace("%1", lines)
        if self._asked is not None:
            return self.tr("loading older rows…")
        if self._older and self._sifter.store.is_full:
            return self.tr("older rows stay on the disk: use since and until")
        if self._older:
            return self.tr("%1 older rows on the disk, scroll up").replace("%1", f"{self._older:,}")
        return ""

    @Slot(Batch)
    def take_lines(self, batch: Batch) -> None:
        """Take what was heard."""
        self._withheld += batch.withheld
        self._sifter.take_lines(batch)

    @Slot(Past)
    def take_past(self, past: Past) -> None:
        """Take the rows of the recording."""
        # Rows that were heard meanwhile are on the disk too.
        self._older = max(0, past.older_logs - len(self._sifter.store))
        self._sifter.take_past(past.logs)
        self.changed.emit()

    @Slot()
    def forget(self) -> None:
        """Forget everything: another recording is shown."""
        if self._asked is not None:
            self._asked.cancel()
        self._asked, self._older, self._trouble, self._withheld = None, None, "", 0
        self._sifter.forget()
        self.forgot.emit()
        self.changed.emit()

    @property
    def has_older(self) -> bool:
        """Whether there may be rows on the disk that can still be taken."""
        store = self._sifter.store
        return self._older != 0 and bool(len(store)) and not store.is_full and self._bench.folder is not None

    @Slot()
    def ask_older(self) -> None:
        """Ask for rows before the oldest, unless they are on their way, or there are none, or there is no room."""
        if self._asked is None and self.has_older:
            self._ask(float(self._sifter.store.blocks[0].ts[0]), OLDER_ROWS)

    def _ask(self, before: float, rows: int) -> None:
        folder = self._bench.folder
        if folder is None:
            return
        self._trouble = ""
        self._asked = self._queries.ask(OlderLogsJob(folder, before, rows), self)
        self._asked.done.connect(self._take_older)
        self._asked.failed.connect(self._failed)
        self.changed.emit()

    @Slot(object)
    def _take_older(self, columns: LogColumns) -> None:
        self._asked = None
        if not self._sifter.is_taking:  # else the same rows came with the recording itself
            taken = self._sifter.take_past(columns)
            if self._older is not None:
                self._older = max(0, self._older - taken)
            if not taken:
                self._older = 0
        self.changed.emit()

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self._asked = None
        self._trouble = self.tr("older rows could not be read: %1").replace("%1", sentence)
        self.changed.emit()
