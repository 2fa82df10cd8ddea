# SPDX-License-Identifier: GPL-3.0-only
"""Jobs for the query process that do what real ones do only by bad luck."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mtleak_gui.engine.query_messages import JobFailed, Tell
from mtleak_gui.engine.recording_readers import RecordingReaders


@dataclass(frozen=True, slots=True)
class Echo:
    """Answers what it was given."""

    what: object

    def run(self, _readers: RecordingReaders, tell: Tell) -> object:
        """Answer at once."""
        tell(0.5, "half of it")
        return self.what


@dataclass(frozen=True, slots=True)
class Loaded:
    """Which modules the process has loaded, on how many threads its algebra works, and its id."""

    def run(self, _readers: RecordingReaders, _tell: Tell) -> tuple[frozenset[str], str, int]:
        """Look around."""
        return frozenset(sys.modules), os.environ["OPENBLAS_NUM_THREADS"], os.getpid()


@dataclass(frozen=True, slots=True)
class Priority:
    """How nice the process is."""

    def run(self, _readers: RecordingReaders, _tell: Tell) -> int:
        """Look."""
        return os.nice(0)


@dataclass(frozen=True, slots=True)
class Ramp:
    """An array of the numbers up to ``count``."""

    count: int

    def run(self, _readers: RecordingReaders, _tell: Tell) -> npt.NDArray[np.float64]:
        """Make it."""
        return np.arange(self.count, dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Endless:
    """Works for ever; ``deaf`` to being cancelled."""

    deaf: bool = False

    def run(self, _readers: RecordingReaders, tell: Tell) -> None:
        """Never return."""
        tell(0.0, "begun")
        while True:
            time.sleep(0.01)
            if not self.deaf:
                tell(0.1, "still at it")


@dataclass(frozen=True, slots=True)
class Die:
    """Ends the process as a crash in a library would."""

    def run(self, _readers: RecordingReaders, _tell: Tell) -> None:
        """Die."""
        os.abort()


@dataclass(frozen=True, slots=True)
class Refuse:
    """Has no answer."""

    def run(self, _readers: RecordingReaders, _tell: Tell) -> None:
        """Say why."""
        raise JobFailed("the recording is not there: give another folder")


@dataclass(frozen=True, slots=True)
class Stumble:
    """Has a fault."""

    def run(self, _readers: RecordingReaders, _tell: Tell) -> object:
        """Divide by zero, or answer what cannot be sent."""
        return 1 // 0


@dataclass(frozen=True, slots=True)
class Unsendable:
    """Answers something that cannot be pickled."""

    def run(self, _readers: RecordingReaders, _tell: Tell) -> object:
        """Answer with a function that has no name."""
        return lambda: None
