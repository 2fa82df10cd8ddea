# SPDX-License-Identifier: GPL-3.0-only
"""Whether somebody writes a recording at this moment, asked without getting in the way of a writer that starts."""

from __future__ import annotations

from pathlib import Path

from mtleak_gui.storage.recording_lock import is_locked


def is_being_written(folder: Path) -> bool:
    """Return whether a writer holds the recording. A recorder without our lock file, the peer's, is never seen."""
    # The file of a writer that was killed stays behind, so only the lock itself can tell.
    try:
        return is_locked(folder)
    except OSError:
        return False
