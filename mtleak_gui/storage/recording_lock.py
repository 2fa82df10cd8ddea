# SPDX-License-Identifier: GPL-3.0-only
"""One writer per recording: an operating-system lock on ``writer.lock``, which also tells the writer's process id.

The lock ends with its process, however that ends, so a file that a killed writer left behind locks nobody out.
"""

from __future__ import annotations

import errno
import logging
import os
import sys
from pathlib import Path

from mtleak_gui.storage.archive_format import LOCK_NAME
from mtleak_gui.storage.atomic_file import private_opener

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_BUSY = (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK)
_WINDOWS_LOCK_AT = 1 << 20
"""Windows refuses reads of locked bytes: lock one far behind the process id, so that others can read that."""

_log = logging.getLogger(__name__)


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
        """Let the next writer in."""
        if os.name != "nt" and self.is_in_place():
            self._path.unlink(missing_ok=True)
        os.close(self._descriptor)
        if os.name == "nt":
            self._path.unlink(missing_ok=True)

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
        if not _lock(descriptor):
            raise RecordingLockedError(self._folder, _pid_in(descriptor))
        try:
            if not os.path.samestat(os.fstat(descriptor), self._path.stat()):
                return False
        except FileNotFoundError:
            return False
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{os.getpid()}\n".encode())
        return True


def _lock(descriptor: int) -> bool:
    """Lock without waiting; return whether the lock is ours now."""
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _WINDOWS_LOCK_AT, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as trouble:
        if trouble.errno in _BUSY:
            return False
        # Some network file systems know no locks: recording without one is better than not recording.
        _log.warning("The file system cannot lock writer.lock (%s); nothing keeps a second writer out.", trouble)
    return True


def _pid_in(descriptor: int) -> int | None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    text = os.read(descriptor, 20).decode("ascii", "replace").strip()
    return int(text) if text.isdecimal() else None
