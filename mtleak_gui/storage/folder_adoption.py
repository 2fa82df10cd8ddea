# SPDX-License-Identifier: GPL-3.0-only
"""Makes a folder ours: a new one, or one that another recorder wrote and that is recorded into from now on.

To be called by the holder of the writer's lock only.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import orjson

from mtleak_gui.core.records import STREAMS, StreamName
from mtleak_gui.storage.archive_format import FORMAT, MARKER_NAME, family, is_ours, live_path, stream_files
from mtleak_gui.storage.atomic_file import write_atomically
from mtleak_gui.storage.damaged_rows import Repair, mend_end
from mtleak_gui.storage.gzip_members import MemberReader
from mtleak_gui.storage.recording_repair import mend_folder, roll_over_live
from mtleak_gui.version import application_version

_APPLICATION = "mtleak-gui"


class UnknownFormatError(Exception):
    """The recording was made by a later version of the application, in a format that this one does not know."""


class _Marker(msgspec.Struct):
    format: int
    demo: bool = False


def prepare_folder(folder: Path, now: float, *, demo: bool) -> tuple[Repair, ...]:
    """Mend a folder of ours; mark another one as ours and set aside what is there. Return what was done.

    ``now`` is epoch seconds. Raises ``OSError``, ``UnknownFormatError``.
    """
    if is_ours(folder):
        _check_format(folder)
        return mend_folder(folder, now)
    repairs: list[Repair] = []
    for stream in STREAMS:
        repairs += _set_aside(folder, stream, now)
    write_marker(folder, now, demo=demo)
    return tuple(repairs)


def write_marker(folder: Path, now: float, *, demo: bool) -> None:
    """Mark the folder as ours since the epoch time ``now``. Raises ``OSError``."""
    marker = {
        "format": FORMAT,
        "app": _APPLICATION,
        "version": application_version(),
        "created": now,
        "demo": demo,
    }
    write_atomically(folder / MARKER_NAME, [orjson.dumps(marker, option=orjson.OPT_APPEND_NEWLINE)])


def _check_format(folder: Path) -> None:
    try:
        marker = msgspec.json.decode((folder / MARKER_NAME).read_bytes(), type=_Marker)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return  # a damaged marker still says whose folder it is
    if marker.format > FORMAT:
        message = (
            f"The recording {folder} has format {marker.format}; this version writes format {FORMAT}. "
            "Update the application, or choose another folder."
        )
        raise UnknownFormatError(message)


def _set_aside(folder: Path, stream: StreamName, now: float) -> list[Repair]:
    """Roll over a live file whose rows may go back in time, so that those of ours never do."""
    repairs = mend_end(live_path(folder, stream), stream, now)
    repairs += _drop_copy(folder, stream)
    part = roll_over_live(folder, stream, now)
    if part is not None:
        sentence = f"{live_path(folder, stream).name} of another recorder was set aside as {part.name}."
        repairs.append(Repair("adopted", sentence, {"stream": stream, "file": part.name}))
    return repairs


def _drop_copy(folder: Path, stream: StreamName) -> list[Repair]:
    """Remove an archive that is a copy of the beginning of the live file.

    The peer leaves one when it is killed while it compresses: the archive is torn and the live file still whole.
    """
    files = stream_files(folder, stream)
    if not files.archives or not files.live.is_file():
        return []
    archive = files.archives[-1]
    if not _is_beginning_of(archive, files.live):
        return []
    for path in family(archive):
        path.unlink(missing_ok=True)
    sentence = f"{archive.name} held nothing but a copy of the beginning of {files.live.name}; it was removed."
    return [Repair("copied_rows", sentence, {"stream": stream, "file": archive.name})]


def _is_beginning_of(archive: Path, live: Path) -> bool:
    with MemberReader(archive) as reader, live.open("rb") as file:
        for _ in reader.members():
            for block in reader.blocks():
                if file.read(len(block)) != block:
                    return False
        return True
