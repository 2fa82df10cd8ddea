# SPDX-License-Identifier: GPL-3.0-only
"""Reads a recording folder, ours or the peer's, into what a window begins with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from mtleak_gui.core.log_columns import LogColumns
from mtleak_gui.core.past import Past
from mtleak_gui.storage.recording_pieces import RecordingPieces

Tell = Callable[[float, str], None]


class OlderLogs(NamedTuple):
    """Log rows, and how many stand before them."""

    columns: LogColumns
    older: int


class PastReader:
    """Raises ``QueryError`` for a folder that holds no recording."""

    def __init__(self, folder: Path) -> None:
        self._pieces = RecordingPieces(folder)

    def read(self, log_rows: int, tell: Tell) -> Past:
        """Return the recording with its newest ``log_rows`` log rows."""
        raise NotImplementedError

    def logs_before(self, before_ts: float, rows: int, tell: Tell) -> OlderLogs:
        """Return the newest ``rows`` log rows that are older than ``before_ts``, oldest first."""
        raise NotImplementedError
