# SPDX-License-Identifier: GPL-3.0-only
"""Whether a folder is a recording, ours or the peer's."""

from __future__ import annotations

from pathlib import Path

from mtleak_gui.core.records import STREAMS, StreamName
from mtleak_gui.storage.archive_format import is_ours, stream_files
from mtleak_gui.storage.query_answers import QueryError


def require_recording(folder: Path) -> None:
    """Raise ``QueryError``, a sentence that names the folder, when it is none or holds no stream of a recording."""
    if not folder.is_dir():
        raise QueryError(f"there is no folder {str(folder)!r}: give the folder of a recording")
    if not is_ours(folder) and not any(has_files(folder, stream) for stream in STREAMS):
        names = ", ".join(f"{stream}.jsonl" for stream in STREAMS)
        raise QueryError(f"the folder {str(folder)!r} holds no recording: it has none of {names} and no archives")


def has_files(folder: Path, stream: StreamName) -> bool:
    """Return whether the folder holds any file of ``stream``."""
    files = stream_files(folder, stream)
    return bool(files.finished) or files.live.exists()
