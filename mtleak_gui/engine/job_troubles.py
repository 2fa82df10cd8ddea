# SPDX-License-Identifier: GPL-3.0-only
"""Which troubles of a question are no fault of the program. Runs in: query process; loads no Qt and no numpy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from mtleak_gui.core.time_words import TimeWordsError
from mtleak_gui.engine.query_messages import JobFailed
from mtleak_gui.storage.folder_adoption import UnknownFormatError
from mtleak_gui.storage.query_answers import QueryError
from mtleak_gui.storage.recording_lock import RecordingLockedError


@contextmanager
def plain_troubles() -> Iterator[None]:
    """Turn what is no fault of the program into ``JobFailed`` with its sentence."""
    try:
        yield
    except (QueryError, TimeWordsError, RecordingLockedError, UnknownFormatError) as trouble:
        raise JobFailed(str(trouble)) from trouble
    except OSError as trouble:
        raise JobFailed(f"the files cannot be used: {trouble}") from trouble
