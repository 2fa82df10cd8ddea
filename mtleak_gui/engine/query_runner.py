# SPDX-License-Identifier: GPL-3.0-only
"""Questions over files, answered by one long-lived process, so that no frame of the window waits. Runs in: GUI thread.

Jobs are done one after the other. Who asks anew cancels what it asked before; a job that is cancelled and does not end
by itself while another waits is ended with its process.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from mtleak_gui.engine.answering import Answering
from mtleak_gui.engine.query_messages import Ask, Cancel, Done, Dropped, Failed, Job, Progress, Ready
from mtleak_gui.engine.query_process import Ended, QueryProcess

PATIENCE_MS = 700
"""How long a cancelled job may go on while another waits."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Asked:
    job: Job[object]
    answering: Answering
    gives_way: bool = False
    wanted: bool = True


class QueryRunner(QObject):
    """Starts its process with the first question, or ahead with ``start``; after a death with the next question."""

    _heard = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QueryProcess | None = None
        self._is_ready = self._stopped = False
        self._number = 0
        self._asked: dict[int, _Asked] = {}
        """What the process has not ended yet, in the order in which it does it."""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._lose_patience)
        self._heard.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def process_id(self) -> int | None:
        """The id of the query process while there is one."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Start the process, so that the first answer does not wait for it. Returns at once."""
        if self._process is None and not self._stopped:
            self._is_ready = False
            self._process = QueryProcess(self._heard.emit)

    def ask(self, job: Job[object], parent: QObject, *, gives_way: bool = False) -> Answering:
        """Have a job done; ``done`` of the answering, a child of ``parent``, brings what the job returns.

        One that ``gives_way`` fails as soon as anything else is asked: nobody waits for it.
        """
        self._make_way()
        self._number += 1
        answering = Answering(parent, partial(self._give_up, self._number), goes_with_asker=True)
        if self._stopped:
            QTimer.singleShot(0, answering, partial(answering.tell_failed, "The program is being closed."))
            return answering
        self._asked[self._number] = _Asked(job, answering, gives_way)
        self.start()
        self._pass_in(self._number)
        self._watch_patience()
        return answering

    def stop(self) -> bool:
        """End; nothing that was asked is answered any more. Return whether the process was gone in time."""
        self._stopped = True
        self._patience.stop()
        self._asked.clear()
        process, self._process = self._process, None
        return process is None or process.end()

    def _pass_in(self, number: int) -> None:
        if self._process is not None:
            self._process.send(Ask(number, self._asked[number].job))

    def _make_way(self) -> None:
        for number, asked in list(self._asked.items()):
            if asked.gives_way and asked.wanted:
                self._give_up(number)
                asked.answering.tell_failed("Something else was asked, which goes first.")

    def _give_up(self, number: int) -> None:
        asked = self._asked.get(number)
        if asked is None or not asked.wanted:
            return
        asked.wanted = False
        if self._process is not None:
            self._process.send(Cancel(number))
        self._watch_patience()

    def _watch_patience(self) -> None:
        if self._blocking() is not None and not self._patience.isActive():
            self._patience.start()

    def _blocking(self) -> int | None:
        """Return the job that is being done although nobody wants it, while another waits."""
        first = next(iter(self._asked.items()), None)
        if first is None or first[1].wanted or not any(asked.wanted for asked in self._asked.values()):
            return None
        return first[0]

    @Slot()
    def _lose_patience(self) -> None:
        if self._blocking() is None or self._process is None:
            return
        if not self._is_ready:
            self._patience.start()
            return
        log.info("A cancelled job went on for too long; its process is ended")
        self._process.end()
        self._begin_anew()

    @Slot(object, object)
    def _take(self, process: QueryProcess, message: object) -> None:
        if process is not self._process:
            return
        match message:
            case Ready():
                self._is_ready = True
            case Progress(number, share, words):
                if number in self._asked:
                    self._asked[number].answering.tell_progress(share, words)
            case Ended(how):
                self._has_ended(how)
            case Done(number, answer):
                if (asked := self._asked.pop(number, None)) is not None:
                    asked.answering.tell_done(answer)
            case Failed(number, sentence, trace):
                self._failed(number, sentence, trace)
            case Dropped(number):
                self._asked.pop(number, None)
        self._watch_patience()

    def _failed(self, number: int, sentence: str, trace: str | None) -> None:
        if trace is not None:
            log.error("A query failed:\n%s", trace)
        if (asked := self._asked.pop(number, None)) is not None:
            asked.answering.tell_failed(sentence)

    def _has_ended(self, how: str) -> None:
        """The process died by itself: with the job that it was doing, or, when it never got ready, with all of them."""
        # Idle, it may have been ended together with the program, by whoever shuts the computer down.
        log.log(logging.ERROR if self._asked else logging.INFO, "The process that reads recordings is gone: %s", how)
        lost = list(self._asked)[:1] if self._is_ready else list(self._asked)
        sentence = (
            f"The process that reads recordings is gone: {how}. Nothing that was recorded is lost. "
            "Try again: it will be started anew."
        )
        self._process = None
        told = [self._asked.pop(number) for number in lost]
        if self._asked:
            self._begin_anew()
        for asked in told:
            asked.answering.tell_failed(sentence)

    def _begin_anew(self) -> None:
        """Start another process with the jobs that are still wanted."""
        self._process = None
        self._asked = {number: asked for number, asked in self._asked.items() if asked.wanted}
        self.start()
        for number in self._asked:
            self._pass_in(number)
