# SPDX-License-Identifier: GPL-3.0-only
"""A table with the newest rows of the packets or events stream, read from the recording by the query process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QModelIndex, QSignalBlocker, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetrics, QHideEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QHeaderView, QTableView, QVBoxLayout, QWidget

from mtleak_gui.core.records import StreamName
from mtleak_gui.core.rows import Row
from mtleak_gui.core.shown_text import shown
from mtleak_gui.core.wording import count
from mtleak_gui.engine.answering import Answering
from mtleak_gui.engine.bench import Bench
from mtleak_gui.engine.query_jobs import RowsJob
from mtleak_gui.engine.query_runner import QueryRunner
from mtleak_gui.ui.pages.logbook.empty_note import EmptyNote
from mtleak_gui.ui.pages.logbook.rows_model import EVENT_COLUMNS, PACKET_COLUMNS, RowsModel
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.labelled_combo import LabelledCombo
from mtleak_gui.ui.widgets.labels import ElidedLabel, label
from mtleak_gui.ui.widgets.lines import line

LIMIT = 1_000
_RENEW_MS = 2_000
_ROW_HEIGHT = 22
_DAY = 86_400
_KIND_KEYS = {"packets": "portnum", "events": "kind"}


class Found(Protocol):
    """What ``RowsJob`` answers, as far as it is looked at here."""

    @property
    def rows(self) -> Sequence[Row]: ...
    @property
    def total_matched(self) -> int: ...


class RowsTab(QFrame):
    """Reads when it is shown, when span or kind change, and every two seconds while the stream grows."""

    time_chosen = Signal(float, str)
    """A row was double-clicked: its time and port."""

    def __init__(
        self,
        stream: StreamName,
        bench: Bench,
        queries: QueryRunner,
        theme: ThemeKeeper,
        *,
        span_now: Callable[[], tuple[float, float]],
        parent: QWidget | None = None,
    ) -> None:
        """``span_now`` returns the first and last time that is wanted, epoch seconds, infinite for no limit."""
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._stream, self._bench, self._queries, self._theme = stream, bench, queries, theme
        self._span_now = span_now
        self._span: tuple[float, float] | None = None
        self._asked: Answering | None = None
        self._seen_rows = -1
        self.model = RowsModel(PACKET_COLUMNS if stream == "packets" else EVENT_COLUMNS, self)
        self.kind = LabelledCombo(theme, self.tr("Port") if stream == "packets" else self.tr("Kind"), parent=self)
        self.kind.addItem(self.tr("any"), None)
        self.kind.setMaximumWidth(260)
        self._count = label("", "small-strong", parent=self)
        self._words = ElidedLabel("", "secondary", parent=self)
        self.table = QTableView(self)
        self.note = EmptyNote(self.table)
        self._timer = QTimer(self, interval=_RENEW_MS)
        self._timer.timeout.connect(self._renew)
        self.kind.activated.connect(self.ask)
        self.table.doubleClicked.connect(self._double_clicked)
        theme.changed.connect(self._restyle)
        self._lay_out()

    @Slot()
    def look_at_span(self) -> None:
        """Show rows of another time when it is another."""
        if self._span_now() != self._span and self.isVisible():
            self.ask()

    def forget(self) -> None:
        """Forget all rows: another recording is shown."""
        self._seen_rows = -1
        self.model.set_rows([])
        self._words.setText("")
        self._count.setText("")
        if self.isVisible():
            self.ask()

    @Slot()
    def ask(self) -> None:
        """Ask for the newest rows."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        folder = self._bench.folder
        if folder is None:
            self._say(self.tr("No recording is open"))
            return
        self._seen_rows = self._rows_on_disk()
        kind = self.kind.currentData()
        filters = {} if kind is None else {_KIND_KEYS[self._stream]: kind}
        self._span = self._span_now()
        start = max(0.0, self._span[0])
        end = max(start, min(self._bench.now() + _DAY, self._span[1]))
        self._asked = self._queries.ask(RowsJob(folder, self._stream, start, end, filters, LIMIT), self)
        self._asked.done.connect(self._take)
        self._asked.failed.connect(self._failed)

    @Slot(object)
    def _take(self, found: Found) -> None:
        self._asked = None
        bar = self.table.verticalScrollBar()
        at_end = bar.value() >= bar.maximum()
        self.model.set_rows(found.rows)
        self._offer_kinds(found.rows)
        if at_end:
            self.table.scrollToBottom()
        total, rows = found.total_matched, len(found.rows)
        if total > rows:
            told = self.tr("showing %1 of %2").replace("%1", f"{rows:,}").replace("%2", f"{total:,}")
        else:
            told = count(rows, "row")
        self._count.setText(told)
        self._words.setText(
            self.tr("  ·  the newest of the span; older ones by since and until") if total > rows else ""
        )
        self._say(
            "" if rows else self.tr("No packets in this span") if self._is_packets else self.tr("No activity found.")
        )

    @property
    def _is_packets(self) -> bool:
        return self._stream == "packets"

    @Slot(str)
    def _failed(self, sentence: str) -> None:
        self._asked = None
        self._words.setText(f"  ·  {sentence}")

    @Slot()
    def _renew(self) -> None:
        if self._asked is None and self._rows_on_disk() != self._seen_rows:
            self.ask()

    def _rows_on_disk(self) -> int:
        state = self._bench.recorder.streams.get(self._stream)
        return 0 if state is None else state.rows_on_disk + state.rows_this_session

    def _offer_kinds(self, rows: Sequence[Row]) -> None:
        key = _KIND_KEYS[self._stream]
        known = {self.kind.itemData(index) for index in range(1, self.kind.count())}
        fresh = {value for row in rows if isinstance(value := row.get(key), str)} - known
        if not fresh:
            return
        chosen = self.kind.currentData()
        blocker = QSignalBlocker(self.kind)
        self.kind.clear()
        self.kind.addItem(self.tr("any"), None)
        for name in sorted(known | fresh):
            self.kind.addItem(shown(name)[:40], name)
        self.kind.setCurrentIndex(max(0, self.kind.findData(chosen)))
        del blocker

    def _say(self, title: str) -> None:
        self.note.setGeometry(self.table.rect())
        self.note.setVisible(bool(title))
        if title:
            self.note.say(title)

    @Slot(QModelIndex)
    def _double_clicked(self, index: QModelIndex) -> None:
        row = self.model.rows[index.row()]
        ts, port = row.get("ts"), row.get("port")
        if isinstance(ts, int | float):
            self.time_chosen.emit(float(ts), port if isinstance(port, str) else "")

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 7)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 6, 8, 6)
        head.setSpacing(0)
        head.addWidget(self._count)
        head.addWidget(self._words, 1)
        head.addWidget(self.kind)
        column.addLayout(head)
        column.addWidget(line(self))
        column.addWidget(self.table, 1)
        self.table.setModel(self.model)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.verticalHeader().setVisible(False)
        self.table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setAccessibleName(self._stream)
        self.table.setStyleSheet("QTableView::item { padding: 0 8px; }")
        self._restyle()

    @Slot()
    def _restyle(self) -> None:
        font = self._theme.mono(12)
        self.table.setFont(font)
        letter = QFontMetrics(font).horizontalAdvance("0")
        for section, told in enumerate(self.model.columns):
            self.table.setColumnWidth(section, told.letters * letter + 24)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read what came while it was hidden."""
        super().showEvent(event)
        self._timer.start()
        self.ask()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Rest."""
        super().hideEvent(event)
        self._timer.stop()
