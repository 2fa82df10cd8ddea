# SPDX-License-Identifier: GPL-3.0-only
"""Copies a window of streams into plain files of another folder, row by row as they stand, never over a file."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mtleak_gui.core.records import StreamName
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.archive_format import live_path
from mtleak_gui.storage.query_answers import QueryError
from mtleak_gui.storage.row_blocks import RowBlock, readable_pieces
from mtleak_gui.storage.row_times import row_time


def prepare_folder(folder: Path, streams: Iterable[StreamName]) -> None:
    """Make the folder and make sure that no file would be written over. Raises ``QueryError``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as trouble:
        message = f"the folder {folder} cannot be made ({trouble.strerror}): choose one that can be written to"
        raise QueryError(message) from trouble
    present = [live_path(folder, stream).name for stream in streams if live_path(folder, stream).exists()]
    if present:
        raise QueryError(
            f"the folder {folder} holds {', '.join(present)} already: choose an empty folder, nothing is written over"
        )


def copy_rows(blocks: Iterable[RowBlock], window: TimeWindow, target: Path) -> tuple[int, list[str]]:
    """Write the rows of the window to ``target``, a new file; return how many, and sentences about unreadable blocks.

    Raises ``QueryError`` when the file cannot be written.
    """
    count = 0
    troubles: list[str] = []
    try:
        with target.open("xb") as file:
            for block in blocks:
                for _, piece in readable_pieces(block, troubles):
                    lines = _lines_inside(piece, block, window)
                    file.writelines(lines)
                    count += len(lines)
    except OSError as trouble:
        message = f"{target} cannot be written ({trouble.strerror}): choose a folder with room that can be written to"
        raise QueryError(message) from trouble
    return count, troubles


def _lines_inside(piece: bytes, block: RowBlock, window: TimeWindow) -> list[bytes]:
    lines = [line + b"\n" for line in piece.split(b"\n") if line.strip()]
    if block.lies_within(window) and not block.member.bad_rows:
        return lines
    timed = ((line, row_time(line)) for line in lines)
    return [line for line, ts in timed if ts is not None and window.start <= ts <= window.end]
