# SPDX-License-Identifier: GPL-3.0-only
"""Copies a window of streams into plain files of another folder, row by row, never over a file.

Rows stay as they stand but for what is not to be given away: keys and passwords, which recordings of others may hold,
and, unless they are asked for, positions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from mtleak_gui.core import positions
from mtleak_gui.core.records import StreamName
from mtleak_gui.core.rows import SECRET_PORTNUMS
from mtleak_gui.core.secret_words import SIGNS, without_secrets
from mtleak_gui.core.time_words import TimeWindow
from mtleak_gui.storage.archive_format import live_path
from mtleak_gui.storage.query_answers import QueryError
from mtleak_gui.storage.row_blocks import RowBlock, readable_pieces
from mtleak_gui.storage.row_times import row_time

_SECRET_SIGNS = tuple(sign.encode() for sign in SIGNS)
_NOT_LOOKED_THROUGH = "they cannot be looked through for positions and keys."
_KEPT_BACK = SECRET_PORTNUMS | positions.PORTNUMS


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


class Copied(NamedTuple):
    """How many rows were written, in how many of them something was left out, and what could not be read."""

    rows: int
    changed: int
    troubles: list[str]


def copy_rows(blocks: Iterable[RowBlock], window: TimeWindow, target: Path, *, keep_positions: bool = False) -> Copied:
    """Write the rows of the window to ``target``, a new file. Raises ``QueryError`` when it cannot be written."""
    count = changed = 0
    troubles: list[str] = []
    try:
        with target.open("xb") as file:
            for block in blocks:
                for _, piece in readable_pieces(block, troubles):
                    lines = _lines_inside(piece, block, window)
                    given = [_given(line, keep_positions=keep_positions) for line in lines]
                    whole = [line for line in given if line is not None]
                    file.writelines(whole)
                    count += len(whole)
                    changed += sum(line is not shared for line, shared in zip(lines, given, strict=True))
                    if len(whole) < len(given):
                        troubles.append(f"{len(given) - len(whole)} rows were left out: {_NOT_LOOKED_THROUGH}")
    except OSError as trouble:
        message = f"{target} cannot be written ({trouble.strerror}): choose a folder with room that can be written to"
        raise QueryError(message) from trouble
    return Copied(count, changed, troubles)


def _lines_inside(piece: bytes, block: RowBlock, window: TimeWindow) -> list[bytes]:
    lines = [line + b"\n" for line in piece.split(b"\n") if line.strip()]
    if block.lies_within(window) and not block.member.bad_rows:
        return lines
    timed = ((line, row_time(line)) for line in lines)
    return [line for line, ts in timed if ts is not None and window.start <= ts <= window.end]


def _given(line: bytes, *, keep_positions: bool) -> bytes | None:
    """Return a row as it is given away: the very same object when nothing had to be left out.

    ``None`` for one that cannot be looked through.
    """
    is_packet = b'"payload_hex_prefix":' in line
    if not is_packet and not _is_suspect(line, keep_positions=keep_positions):
        return line
    try:
        row = json.loads(line)  # not orjson: rows of others may hold NaN and integers of any size
        shared = _scrubbed(row, keep_positions=keep_positions)
    except (ValueError, RecursionError):
        return None
    if is_packet and shared.get("portnum") in (SECRET_PORTNUMS if keep_positions else _KEPT_BACK):
        shared["payload_hex_prefix"] = None
    return line if shared == row else json.dumps(shared, separators=(",", ":")).encode() + b"\n"


def _is_suspect(line: bytes, *, keep_positions: bool) -> bool:
    lowered = line.lower()
    return any(sign in lowered for sign in _SECRET_SIGNS) or (
        not keep_positions and positions.may_hold_position(lowered)
    )


def _scrubbed(value: Any, *, keep_positions: bool) -> Any:
    """Return a value of JSON without what is not to be given away."""
    if isinstance(value, str):
        return without_secrets(value if keep_positions else positions.without_positions(value))
    if isinstance(value, list):
        return [_scrubbed(one, keep_positions=keep_positions) for one in value]
    if isinstance(value, dict):
        return {
            name: None
            if isinstance(one, int | float) and not keep_positions and positions.names_coordinate(name)
            else _scrubbed(one, keep_positions=keep_positions)
            for name, one in value.items()
        }
    return value
