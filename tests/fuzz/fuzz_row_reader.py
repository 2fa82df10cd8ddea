# SPDX-License-Identifier: GPL-3.0-only
"""Live files with whatever in them: every query answers, and Leakhunt judges."""

from __future__ import annotations

from mtleak_gui.core.records import STREAMS
from tests.fuzz.folders import empty_folder
from tests.fuzz.recording_questions import ask_everything

_OURS = b'{"format":1,"app":"mtleak-gui","version":"0.1.0","created":1790000000.0,"demo":false}\n'


def one_input(data: bytes) -> None:
    """Read ``data`` behind its first byte as the files that this byte chooses; its bit 4 makes the folder ours."""
    if not data:
        return
    with empty_folder() as folder:
        if data[0] & 16:
            (folder / "recording.json").write_bytes(_OURS)
        for bit, stream in enumerate(STREAMS):
            if data[0] & 1 << bit:
                (folder / f"{stream}.jsonl").write_bytes(data[1:])
        ask_everything(folder)
