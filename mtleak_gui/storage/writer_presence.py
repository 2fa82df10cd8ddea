# SPDX-License-Identifier: GPL-3.0-only
"""Whether somebody writes a recording at this moment, asked without getting in the way of a writer that starts."""

from __future__ import annotations

from pathlib import Path

from mtleak_gui.storage.archive_format import LOCK_NAME
from mtleak_gui.storage.recording_lock import RecordingLock, RecordingLockedError


def is_being_written(folder: Path) -> bool:
    """Return whether a writer holds the recording. A recorder without our lock file, the peer's, is never seen."""
    if not (folder / LOCK_NAME).is_file():
        return False
    # The file of a writer that was killed stays behind, so only the lock itself can tell.
    try:
        RecordingLock(folder).release()
    except RecordingLockedError:
        return True
    except OSError:
        return False
    return False
