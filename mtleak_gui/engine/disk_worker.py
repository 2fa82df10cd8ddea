# SPDX-License-Identifier: GPL-3.0-only
"""One thread for small work on files (reports, settings, pictures), so that the window never waits for a disk.

``run`` and ``stop`` on the GUI thread; the work runs in: disk worker thread, piece by piece in the order given.
"""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from mtleak_gui.engine.answering import Answering

log = logging.getLogger(__name__)


class _Piece(NamedTuple):
    work: Callable[[], object]
    answering: Answering
    given_up: threading.Event


class _Result(NamedTuple):
    answering: Answering
    value: object
    trouble: str | None


class DiskWorker(QObject):
    """Its thread begins with the first work and ends with ``stop``."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pieces: queue.SimpleQueue[_Piece | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._stopped = False
        self._finished.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def run(self, work: Callable[[], object], parent: QObject) -> Answering:
        """Have ``work`` done; ``done`` of the answering, a child of ``parent``, brings what it returns.

        ``OSError`` and ``ValueError`` come as ``failed`` with their text. Work cancelled before its turn is left
        out; work that nobody waits for any more because ``parent`` is gone is done all the same.
        """
        given_up = threading.Event()
        answering = Answering(parent, given_up.set, goes_with_asker=False)
        if self._stopped:
            QTimer.singleShot(0, answering, partial(answering.tell_failed, "The program is being closed."))
            return answering
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="disk worker", daemon=True)
            self._thread.start()
        self._pieces.put(_Piece(work, answering, given_up))
        return answering

    def stop(self, wait_s: float = 5.0) -> bool:
        """Do what is left, then end; return whether that was done in time. Its answers are not told any more."""
        self._stopped = True
        if self._thread is None:
            return True
        self._pieces.put(None)
        self._thread.join(wait_s)
        if self._thread.is_alive():
            log.error("Work on files did not end within %.0f s", wait_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (piece := self._pieces.get()) is not None:
            if not piece.given_up.is_set():
                self._finished.emit(_done(piece))

    @Slot(object)
    def _tell(self, result: _Result) -> None:
        if result.trouble is None:
            result.answering.tell_done(result.value)
        else:
            result.answering.tell_failed(result.trouble)


def _done(piece: _Piece) -> _Result:
    try:
        return _Result(piece.answering, piece.work(), None)
    except (OSError, ValueError) as trouble:
        return _Result(piece.answering, None, str(trouble))
    except Exception as fault:
        log.exception("Work on files failed")
        return _Result(piece.answering, None, f"a fault in this program: {fault!r}")
