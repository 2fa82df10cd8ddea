# SPDX-License-Identifier: GPL-3.0-only
"""The temporary folders that demos are recorded into: named, removed, and swept up after a program that crashed."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import uuid
from pathlib import Path

from mtleak_gui.storage.recording_lock import RecordingLock, RecordingLockedError

_PREFIX = "mtleak-demo-"
_SURELY_LEFT_S = 3_600.0
"""A past that was made ahead is locked by nobody, and of use for half an hour."""


def new_demo_folder() -> Path:
    """Return where the next demo goes: a private folder that is not there yet."""
    return Path(tempfile.gettempdir()) / f"{_PREFIX}{uuid.uuid4().hex[:12]}"


def remove_folder(folder: Path) -> None:
    """Remove what is left of a demo."""
    shutil.rmtree(folder, ignore_errors=True)


def remove_leftovers(now: float) -> None:
    """Remove what programs left behind that did not come to their end; ``now`` is epoch s. Not in the GUI thread."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        # Those of other users, and those that somebody is writing, stay.
        with contextlib.suppress(OSError, RecordingLockedError):
            if folder.is_dir() and folder.stat().st_mtime < now - _SURELY_LEFT_S:
                RecordingLock(folder).release()
                remove_folder(folder)
