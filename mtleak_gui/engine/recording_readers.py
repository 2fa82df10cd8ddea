# SPDX-License-Identifier: GPL-3.0-only
"""The readers of the recordings that were asked last: they keep what they have learned of their files.

Runs in: query process.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from mtleak_gui.storage.evidence_reader import EvidenceReader
from mtleak_gui.storage.past_reader import PastReader
from mtleak_gui.storage.recording_reader import RecordingReader

_KEPT = 4

_Reader = TypeVar("_Reader")


class RecordingReaders:
    """One of each kind for a folder. All raise ``QueryError`` when the folder holds no recording."""

    def __init__(self) -> None:
        self._evidence = _Kept(EvidenceReader)
        self._rows = _Kept(RecordingReader)
        self._past = _Kept(PastReader)

    def evidence(self, folder: Path) -> EvidenceReader:
        """Return the reader for verdicts."""
        return self._evidence.of(folder)

    def rows(self, folder: Path) -> RecordingReader:
        """Return the reader for rows, exports and totals."""
        return self._rows.of(folder)

    def past(self, folder: Path) -> PastReader:
        """Return the reader for what a window begins with."""
        return self._past.of(folder)


class _Kept(Generic[_Reader]):
    def __init__(self, make: Callable[[Path], _Reader]) -> None:
        self._make = make
        self._readers: dict[Path, _Reader] = {}

    def of(self, folder: Path) -> _Reader:
        reader = self._readers.pop(folder, None)
        self._readers[folder] = self._make(folder) if reader is None else reader
        while len(self._readers) > _KEPT:
            self._readers.pop(next(iter(self._readers)))
        return self._readers[folder]
