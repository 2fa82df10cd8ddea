# SPDX-License-Identifier: GPL-3.0-only
"""Whether the program may write where it keeps its files, and whether there is room. Makes no folder of its own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mtleak_gui.cli.self_test.finding import Finding
from mtleak_gui.core.recording_options import RecordingOptions
from mtleak_gui.storage.places import Places

_MB = 1_000_000


def check_folders(places: Places) -> Iterator[Finding]:
    """Try each folder, or the nearest one above it that exists, with a temporary file."""
    for subject, folder in (
        ("recordings", places.recordings),
        ("reports", places.reports),
        ("settings", places.settings),
        ("program log", places.logs),
    ):
        above = _nearest(folder)
        try:
            with tempfile.TemporaryFile(dir=above) as file:
                file.write(b"x")
        except OSError as trouble:
            yield Finding(
                "missing",
                subject,
                f"{folder} cannot be written: {trouble.strerror or trouble}",
                f"See that this user has a home folder and may write in {above}"
                + (", or set MTLEAK_RECORDINGS to another folder" if subject == "recordings" else ""),
            )
        else:
            yield Finding("ok", subject, str(folder) if above == folder else f"{folder} (will be made)")


def check_room(places: Places) -> Iterator[Finding]:
    """Compare what is free where recordings lie with the reserve at which recording stops by itself."""
    reserve = RecordingOptions().reserve_bytes
    folder = _nearest(places.recordings)
    try:
        free = shutil.disk_usage(folder).free
    except OSError as trouble:
        yield Finding("missing", "room", f"{folder} cannot be asked: {trouble.strerror or trouble}")
        return
    words = f"{free // _MB:,} MB free; recording stops by itself at {reserve // _MB:,} MB"
    if free > reserve:
        yield Finding("ok", "room", words)
    else:
        yield Finding("missing", "room", words, f"Make room on the disk of {folder}")


def _nearest(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    for candidate in (folder, *folder.parents):
        try:
            if candidate.is_dir():
                return candidate
        except OSError:
            continue
    return folder
