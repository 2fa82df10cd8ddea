# SPDX-License-Identifier: GPL-3.0-only
"""Folders of other programs: opened to be recorded into, they keep each byte that was in them."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from mtleak_gui.cli.parse_command import lines_as_json
from mtleak_gui.storage.folder_adoption import UnknownFormatError
from mtleak_gui.storage.gzip_members import MemberReader
from mtleak_gui.storage.recording import Recording
from mtleak_gui.storage.rotation_limits import RotationLimits
from tests.fuzz.folders import empty_folder

_LIMITS = RotationLimits(reserve_bytes=0)
_ROW = {"ts": 1_790_000_000.0, "line": "ours"}


def one_input(data: bytes) -> None:
    """Take the first piece up to a NUL as recording.json, the rest as the log of another recorder; record one row."""
    marker, _, log = data.partition(b"\0")
    assert lines_as_json(log.split(b"\n")).count(b"\n") == log.count(b"\n") + 1
    with empty_folder() as folder:
        if marker:
            (folder / "recording.json").write_bytes(marker)
        (folder / "logs.jsonl").write_bytes(log)
        try:
            recording = Recording.open(folder, limits=_LIMITS)
        except UnknownFormatError:
            assert (folder / "logs.jsonl").read_bytes() == log
            return
        with closing(recording):
            recording.start()
            recording.append([("logs", dict(_ROW))])
            assert recording.wait_for_archives(20)
        # What a power cut leaves empty is told and cut out.
        kept = _everything_in(folder).replace(b"\0", b"")
        for line in log.split(b"\n"):
            assert line.replace(b"\0", b"") in kept
        assert b'"line":"ours"' in kept


def _everything_in(folder: Path) -> bytes:
    found = b""
    for file in sorted(folder.iterdir()):
        if file.suffix == ".gz":
            with MemberReader(file) as reader:
                for _ in reader.members():
                    found += b"".join(reader.blocks())
        else:
            found += file.read_bytes()
    return found
