# SPDX-License-Identifier: GPL-3.0-only
"""One life of the query process: started, passed jobs, heard, ended. No Qt.

``send`` and ``end`` on the thread that made it; a daemon thread of its own starts the process and hears it, because
both take longer than a window may wait.
"""

from __future__ import annotations

import logging
import multiprocessing
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import NamedTuple

from mtleak_gui.engine.query_child import serve
from mtleak_gui.engine.query_messages import Packed, packed, receive, send

_JOIN_S = 2.0

log = logging.getLogger(__name__)


class Ended(NamedTuple):
    """The process is gone; ``how`` says by what."""

    how: str


class QueryProcess:
    """``hear`` gets what the process says and at last ``Ended``, on the thread of this object; it must not block."""

    def __init__(self, hear: Callable[[QueryProcess, object], None]) -> None:
        self._hear = hear
        self._lock = threading.Lock()
        self._before_start: list[Packed] = []
        self._connection: Connection | None = None
        self._process: SpawnProcess | None = None
        self._ending = False
        self._thread = threading.Thread(target=self._run, name="query process", daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int | None:
        """The process's id, once it was started."""
        return None if self._process is None else self._process.pid

    def send(self, message: object) -> None:
        """Pass a message in. One that comes too late is lost: ``Ended`` will tell. Raises what pickling raises."""
        whole = packed(message)
        with self._lock:
            if self._connection is None:
                self._before_start.append(whole)
            else:
                self._pass_in(self._connection, whole)

    def end(self) -> bool:
        """End the process whatever it does; return whether that was done in time."""
        with self._lock:
            self._ending = True
            if self._process is not None:
                self._process.terminate()
        self._thread.join(_JOIN_S)
        if self._thread.is_alive():
            log.error("The query process did not end within %.0f s", _JOIN_S)
        return not self._thread.is_alive()

    def _run(self) -> None:
        try:
            how = self._live()
        except Exception as fault:
            log.exception("The query process failed")
            how = f"a fault in this program: {fault!r}"
        self._hear(self, Ended(how))

    def _live(self) -> str:
        context = multiprocessing.get_context("spawn")
        connection, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs,), name="mtleak-gui queries", daemon=True)
        with connection:
            with theirs:
                try:
                    process.start()
                except OSError as trouble:
                    return f"it could not be started: {trouble.strerror or trouble}"
            self._started(process, connection)
            self._listen(connection)
            with self._lock:
                self._connection = None
        process.join(_JOIN_S)
        if process.exitcode is None:
            process.kill()
            process.join(_JOIN_S)
        return _how(process.exitcode)

    def _started(self, process: SpawnProcess, connection: Connection) -> None:
        with self._lock:
            self._process, self._connection = process, connection
            for message in self._before_start:
                self._pass_in(connection, message)
            self._before_start.clear()
            if self._ending:
                process.terminate()

    def _listen(self, connection: Connection) -> None:
        try:
            while True:
                self._hear(self, receive(connection))
        except (EOFError, OSError):
            log.debug("The query process has hung up")

    def _pass_in(self, connection: Connection, message: Packed) -> None:
        try:
            send(connection, message)
        except OSError as trouble:
            log.debug("The query process hears no more: %s", trouble)


def _how(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return f"it was ended by signal {-exit_code}"
    return f"it ended with code {exit_code}"
