# SPDX-License-Identifier: GPL-3.0-only
"""One writer per recording: an operating-system lock on ``writer.lock``, which also tells the writer's process id.

The lock ends with its process, however that ends, so a file that a killed writer left behind locks nobody out.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from mtleak_gui.storage.archive_format import LOCK_NAME
from mtleak_gui.storage.atomic_file import private_opener
from mtleak_gui.storage.file_lock import lock_now, pid_in, write_pid

_TRIES, _BETWEEN_S = 5, 0.02
"""Who only looks whether somebody writes holds the lock for some microseconds: that must keep no writer out."""


class RecordingLockedError(Exception):
    """Another process, or this one already, writes to the recording. ``pid`` is ``None`` when it cannot be told."""

    def __init__(self, folder: Path, pid: int | None) -> None:
        who = "another process" if pid is None else "this process" if pid == os.getpid() else f"the process {pid}"
        super().__init__(
            f"The recording {folder} is being written by {who}. "
            "Stop that one first, open the recording for reading only, or choose another folder."
        )
        self.pid = pid


class RecordingLock:
    """The lock of one recording folder, held from the construction until ``release``.

    Raises ``RecordingLockedError`` when it is held already, ``OSError`` when the lock file cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / LOCK_NAME
        self._descriptor = self._acquire()

    def is_in_place(self) -> bool:
        """Return whether the lock file that we hold is the one in the folder."""
        try:
            return os.path.samestat(os.fstat(self._descriptor), self._path.stat())
        except OSError:
            return False

    def renew(self) -> None:
        """Lock again, in a folder that was replaced. Raises like the constructor; the old lock is held until then."""
        descriptor = self._acquire()
        os.close(self._descriptor)
        self._descriptor = descriptor

    def release(self) -> None:
        """Let the next writer in. A file that cannot be removed, as on a disk gone read-only, locks nobody out."""
        if os.name != "nt" and self.is_in_place():
            with contextlib.suppress(OSError):
                self._path.unlink()
        os.close(self._descriptor)
        if os.name == "nt":
            # Windows removes no file that somebody has open: then that one is the next writer, and it stays.
            with contextlib.suppress(OSError):
                self._path.unlink()

    def _acquire(self) -> int:
        while True:
            descriptor = private_opener(str(self._path), os.O_RDWR | os.O_CREAT)
            try:
                claimed = self._claim(descriptor)
            except BaseException:
                os.close(descriptor)
                raise
            if claimed:
                return descriptor
            os.close(descriptor)

    def _claim(self, descriptor: int) -> bool:
        """Lock the open file and write our pid; return ``False`` when the writer before us removed it meanwhile."""
        if not _lock_in_time(descriptor):
            raise RecordingLockedError(self._folder, pid_in(descriptor))
        try:
            if not os.path.samestat(os.fstat(descriptor), self._path.stat()):
                return False
        except FileNotFoundError:
            return False
        write_pid(descriptor)
        return True


def is_locked(folder: Path) -> bool:
    """Return whether a writer holds the recording, without a trace in the folder. Raises ``OSError``."""
    try:
        # For writing too: some network file systems lock nothing else.
        descriptor = os.open(folder / LOCK_NAME, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not lock_now(descriptor)
    finally:
        os.close(descriptor)


def _lock_in_time(descriptor: int) -> bool:
    for _ in range(_TRIES - 1):
        if lock_now(descriptor):
            return True
        time.sleep(_BETWEEN_S)
    return lock_now(descriptor)
