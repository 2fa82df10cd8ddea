# SPDX-License-Identifier: GPL-3.0-only
"""The threads with what is said when there are none; figures are worked out beside the frames."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QStackedLayout, QWidget

from mtleak_gui.core.leakhunt.evidence import ThreadDelta
from mtleak_gui.core.thread_figures import ThreadFigures, thread_figures
from mtleak_gui.engine.answering import Answering
from mtleak_gui.engine.disk_worker import DiskWorker
from mtleak_gui.engine.session import Session
from mtleak_gui.ui.pages.heap.thread_table import ThreadTable
from mtleak_gui.ui.theme.theme_keeper import ThemeKeeper
from mtleak_gui.ui.widgets.labels import label

_EVERY_S = 2.0
_ROLLS_S = 60.0
"""A window that rolls on is counted anew each minute, even if no line came."""


class ThreadView(QWidget):
    """``counted`` tells how many threads there are."""

    counted = Signal(int)

    def __init__(self, theme: ThemeKeeper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = ThreadTable(theme, self)
        self._empty = label("", "secondary", wrap=True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(16)
        self.setContentsMargins(7, 0, 7, 0)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._empty)
        self.show_figures((), "NOT SEEN")

    def show_figures(self, figures: tuple[ThreadFigures, ...], debug_heap: str) -> None:
        """Show figures, or why there are none; ``debug_heap`` as the session tells it."""
        self.table.rows_model.show_rows(figures)
        self._pages.setCurrentIndex(0 if figures else 1)
        self._empty.setText(
            self.tr("No thread has taken or given back memory in this window.")
            if debug_heap == "ON"
            else self.tr("Threads are named by firmware built with DEBUG_HEAP only. Leakhunt says how to build it.")
        )
        self.counted.emit(len(figures))


class ThreadCount(QObject):
    """Works out the figures of a session at most each two seconds, on the disk worker's thread."""

    figured = Signal(object, str)
    """The figures, and the session's DEBUG_HEAP state."""

    def __init__(self, worker: DiskWorker, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._asked: Answering | None = None
        self._state: tuple[object, ...] = ()
        self._asked_at = float("-inf")
        self._debug_heap = ""

    def ask(self, session: Session, since: float, decline: float | None, now: float) -> None:
        """Have the figures from ``since`` on worked out, unless nothing changed or that was done just now."""
        deltas = session.thread_deltas
        newest: ThreadDelta | None = deltas[-1] if deltas else None
        state = (session.port, len(deltas), newest, session.debug_heap, since // _ROLLS_S, decline is None)
        same_board = self._state[:1] == state[:1]
        busy = self._asked is not None and not self._asked.is_over
        if state == self._state or (same_board and (busy or now - self._asked_at < _EVERY_S)):
            return
        self._state, self._asked_at, self._debug_heap = state, now, session.debug_heap
        if self._asked is not None:
            self._asked.cancel()
        self._asked = self._worker.run(partial(thread_figures, tuple(deltas), since, decline), self)
        self._asked.done.connect(self._tell)

    @Slot(object)
    def _tell(self, figures: tuple[ThreadFigures, ...]) -> None:
        self.figured.emit(figures, self._debug_heap)
