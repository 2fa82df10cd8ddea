# SPDX-License-Identifier: GPL-3.0-only
"""The query process: does one job after the other, apart from the window, and loads no Qt.

Two threads: one listens, so that a job can be cancelled while another works and the process ends when the program does,
the main one works.
"""

from __future__ import annotations

import gc
import os
import queue
import signal
import threading
import traceback
from functools import partial
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from mtleak_gui.engine.low_priority import yield_to_the_window
from mtleak_gui.engine.query_messages import (
    Ask,
    Cancel,
    Done,
    Dropped,
    Failed,
    JobCancelled,
    JobFailed,
    Progress,
    Ready,
    Tell,
    packed,
    receive,
    send,
)

if TYPE_CHECKING:
    from mtleak_gui.engine.recording_readers import RecordingReaders

_IDLE_S = 1.0
_OBJECTS_BETWEEN_COLLECTIONS = 100_000


def serve(connection: Connection) -> None:
    """Answer until the other side hangs up. Runs in: main thread of the query process."""
    # Ctrl-C in a terminal reaches this process too; it ends when the program does.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Before numpy is loaded: on threads, its small products take a thousand times longer.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    waiting = _Waiting()
    threading.Thread(target=_listen, args=(connection, waiting), name="query listener", daemon=True).start()
    # Loaded only now, because they load numpy.
    from mtleak_gui.core.leakhunt import analyse, judge  # noqa: PLC0415 - a job will want them
    from mtleak_gui.engine import query_jobs  # noqa: F401, PLC0415 - its jobs come next
    from mtleak_gui.engine.recording_readers import RecordingReaders  # noqa: PLC0415

    readers = RecordingReaders()
    _reply(connection, Ready())
    # Only now: whoever opens a recording or a demo at the start of the program waits for this process to get here.
    yield_to_the_window()
    if not waiting.have_one_within(_IDLE_S):
        # A verdict is to be there at once, a demo within a second, and the meshtastic package takes a while to load.
        from mtleak_gui.core.leakhunt import analyse, judge  # noqa: F401, PLC0415 - see above
        from mtleak_gui.engine import demo_recording  # noqa: F401, PLC0415 - see above
    while True:
        _work(connection, waiting, readers, waiting.next())


def _collect_garbage_seldom() -> None:
    """Rows are made by the ten thousand and hold no cycles: to look for those took a third of the time of a demo."""
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)


class _Waiting:
    """Jobs that were asked for, in order, and the numbers of those that nobody wants any more."""

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Ask] = queue.SimpleQueue()
        self._arrived = threading.Event()
        self._cancelled: set[int] = set()

    def add(self, ask: Ask) -> None:
        self._jobs.put(ask)
        self._arrived.set()

    def cancel(self, number: int) -> None:
        self._cancelled.add(number)

    def have_one_within(self, seconds: float) -> bool:
        """Return whether there is a job, after waiting for one; it stays where it is."""
        return self._arrived.wait(seconds)

    def next(self) -> Ask:
        return self._jobs.get()

    def is_cancelled(self, number: int) -> bool:
        return number in self._cancelled

    def forget(self, number: int) -> None:
        self._cancelled.discard(number)


def _listen(connection: Connection, waiting: _Waiting) -> None:
    exit_code = 1
    try:
        while True:
            message = receive(connection)
            if isinstance(message, Ask):
                waiting.add(message)
            elif isinstance(message, Cancel):
                waiting.cancel(message.number)
    except (EOFError, OSError):
        # The program is gone or has hung up: nobody is left to tell, whatever is being worked on.
        exit_code = 0
    finally:
        os._exit(exit_code)


def _work(connection: Connection, waiting: _Waiting, readers: RecordingReaders, ask: Ask) -> None:
    tell = partial(_tell, connection, waiting, ask.number)
    reply = Dropped(ask.number) if waiting.is_cancelled(ask.number) else _answered(ask, readers, tell)
    if waiting.is_cancelled(ask.number):
        waiting.forget(ask.number)
        reply = Dropped(ask.number)
    try:
        _reply(connection, reply)
    except Exception as fault:  # noqa: BLE001 - an answer that cannot be pickled is told like any other fault
        _reply(connection, _fault(ask.number, fault))


def _reply(connection: Connection, message: object) -> None:
    whole = packed(message)
    try:
        send(connection, whole)
    except OSError:
        os._exit(0)


def _tell(connection: Connection, waiting: _Waiting, number: int, share: float, words: str) -> None:
    if waiting.is_cancelled(number):
        raise JobCancelled
    _reply(connection, Progress(number, share, words))


def _answered(ask: Ask, readers: RecordingReaders, tell: Tell) -> Done | Failed | Dropped:
    try:
        return Done(ask.number, ask.job.run(readers, tell))
    except JobCancelled:
        return Dropped(ask.number)
    except JobFailed as trouble:
        return Failed(ask.number, str(trouble))
    except Exception as fault:  # noqa: BLE001 - whatever happens in a job, the asker is told
        return _fault(ask.number, fault)


def _fault(number: int, fault: Exception) -> Failed:
    return Failed(number, f"a fault in this program: {fault!r}", traceback.format_exc())
