# SPDX-License-Identifier: GPL-3.0-only
"""What a recording needs besides rows: sync, retries, its folder in place, room on the disk. Runs in: upkeep thread."""

from __future__ import annotations

import logging
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from mtleak_gui.core.contracts import Clock
from mtleak_gui.storage.archive_format import is_ours
from mtleak_gui.storage.atomic_file import make_folder, sync_folder
from mtleak_gui.storage.durable_streams import DurableStreams
from mtleak_gui.storage.faults import FaultBoard, advice
from mtleak_gui.storage.folder_adoption import write_marker
from mtleak_gui.storage.recording_lock import RecordingLock, RecordingLockedError
from mtleak_gui.storage.rotation_limits import RotationLimits
from mtleak_gui.storage.row_writer import RowWriter

_log = logging.getLogger(__name__)


def disk_free_bytes(folder: Path) -> int:
    """Return the free bytes of the disk that holds ``folder``. Raises ``OSError``."""
    return shutil.disk_usage(folder).free


class RecordingCare:
    """Looks after the files of a recording. ``lock`` is the recording's own; ``sync`` waits for the disk without it.

    ``halt(sentence)`` is called under the lock when the recording has to stop by itself.
    """

    def __init__(
        self,
        folder: Path,
        lock: threading.Lock,
        *,
        folder_lock: RecordingLock,
        streams: DurableStreams,
        writer: RowWriter,
        faults: FaultBoard,
        limits: RotationLimits,
        clock: Clock,
        demo: bool,
        free_bytes: Callable[[Path], int],
        halt: Callable[[str], None],
    ) -> None:
        self._folder, self._lock, self._folder_lock = folder, lock, folder_lock
        self._streams, self._writer, self._faults = streams, writer, faults
        self._limits, self._clock, self._demo = limits, clock, demo
        self._free_bytes, self._halt = free_bytes, halt
        self._next_sync = self._next_space_check = 0.0
        self.free: int | None = None
        """Free bytes of the disk when last looked, or ``None``."""

    def tend(self, *, recording: bool) -> None:
        """Do what is due; ``recording`` says whether rows may come. Takes the lock for short moments."""
        with self._lock:
            if recording:
                self._look_after_folder()
            self._streams.retry()
            self._writer.write_notices()
        now = time.monotonic()
        # The next look comes a little later than it should, and would be too late then.
        if now + self._limits.upkeep_every_s >= self._next_sync:
            self._next_sync = now + self._limits.sync_every_s
            self.sync()
        if recording and now >= self._next_space_check:
            self._next_space_check = now + self._limits.space_check_every_s
            self._check_space()
        self._faults.deliver()

    def sync(self, *, all_files: bool = False) -> None:
        """Bring what was written to the disk; with ``all_files`` even if another thread is at it already."""
        with self._lock:
            descriptors = self._streams.descriptors_to_sync(all_files=all_files)
            parts = self._streams.parts_to_sync()
            folders = [self._folder] if self._streams.take_new_names() or all_files else []
        trouble = _synced(descriptors, parts, folders)
        with self._lock:
            if trouble is None:
                self._faults.clear("sync")
            else:
                sentence = f"Rows in {self._folder} may not have reached the disk. {advice(trouble)}."
                self._faults.raise_fault("sync", sentence)
                self._streams.sync_again(parts)
        self._faults.deliver()

    def keep_folder(self) -> None:
        """Bring back the folder and our lock in it, when somebody deleted, moved or replaced it. Called under the lock.

        Raises ``RecordingLockedError`` when another writer has the folder that is there now. A folder that cannot be
        brought back is left to the writes, which fail and wait then.
        """
        if self._folder_lock.is_in_place():
            return
        try:
            make_folder(self._folder, 0o700)
            self._folder_lock.renew()
            if not is_ours(self._folder):
                write_marker(self._folder, self._clock.wall(), demo=self._demo)
        except OSError as trouble:
            _log.info("%s cannot be brought back yet: %s", self._folder, trouble)

    def _look_after_folder(self) -> None:
        try:
            self.keep_folder()
        except RecordingLockedError as taken:
            self._halt(str(taken))
            self._streams.abandon()
        else:
            self._streams.look_after_files()

    def _check_space(self) -> None:
        try:
            self.free = self._free_bytes(self._folder)
        except OSError as trouble:
            _log.info("the free space of %s is not known: %s", self._folder, trouble)
            return
        reserve = self._limits.reserve_bytes
        if self.free >= reserve:
            return
        sentence = (
            f"Recording stopped by itself: only {self.free / 1e6:,.0f} MB are free on the disk of {self._folder}, "
            f"less than the reserve of {reserve / 1e6:,.0f} MB. Make space, then start it again."
        )
        with self._lock:
            self._halt(sentence)
        self.sync(all_files=True)


def _synced(descriptors: Iterable[int], parts: Iterable[Path], folders: Iterable[Path]) -> OSError | None:
    """Bring files, and then names, to the disk and close the descriptors; return the last trouble, or ``None``."""
    trouble: OSError | None = None
    opened = list(descriptors)
    for part in parts:
        try:
            opened.append(os.open(part, os.O_RDWR))
        except FileNotFoundError:
            continue  # archived meanwhile, and on the disk as an archive
        except OSError as failure:
            trouble = failure
    for descriptor in opened:
        try:
            os.fsync(descriptor)
        except OSError as failure:
            trouble = failure
        finally:
            os.close(descriptor)
    for folder in folders:
        try:
            sync_folder(folder)
        except FileNotFoundError:
            continue  # the writes notice that it is gone
        except OSError as failure:
            trouble = failure
    return trouble
