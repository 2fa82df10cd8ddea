# SPDX-License-Identifier: GPL-3.0-only
"""Rows that a crash or a power cut spoiled in a plain file: found, cut out, and kept in a file of their own.

A killed writer leaves half a row at the end. A power cut also leaves pages of zeros or of garbage in what was not yet
synced, in the midst of the last rows and with whole ones behind them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from mtleak_gui.core.records import StreamName
from mtleak_gui.storage.archive_format import next_stamp
from mtleak_gui.storage.atomic_file import write_atomically
from mtleak_gui.storage.file_tail import torn_end
from mtleak_gui.storage.plain_file import PlainFile
from mtleak_gui.storage.row_times import block_times, row_time

_Stretch = tuple[int, int]
"""Offsets of the first byte and of the one after the last."""


class Repair(NamedTuple):
    """Something that was mended: ``label`` for programs, ``sentence`` for people, ``data`` for the event."""

    label: str
    sentence: str
    data: dict[str, object]


def mend_end(path: Path, stream: StreamName, now: float) -> list[Repair]:
    """Complete a last row that lacks only its newline; cut off a torn one and keep its bytes. Raises ``OSError``."""
    if not path.is_file():
        return []
    whole, torn = torn_end(path)
    if not torn:
        return []
    data: dict[str, object] = {"stream": stream, "bytes": len(torn)}
    if row_time(torn) is not None:
        with path.open("ab") as file:
            file.write(b"\n")
            _sync(file)
        return [Repair("unended_row", f"The last row of {path.name} lacked its end; it was completed.", data)]
    where = _kept(path.parent, stream, now, torn.strip(b"\0"), data)
    _cut_off(path, whole)
    sentence = f"The last line of {path.name} was torn ({len(torn):,} bytes, {where}); it was cut off."
    return [Repair("torn_row", sentence, data)]


def mend_rows(path: Path, stream: StreamName, now: float, look_back: int) -> list[Repair]:
    """Cut the lines that are no rows out of the last ``look_back`` bytes and keep them. Raises ``OSError``.

    To be called when the end of the file is whole (``mend_end``).
    """
    if not path.is_file():
        return []
    with PlainFile(path) as file:
        damaged = _damaged_stretches(file, file.row_start(max(0, file.size - look_back)))
        if not damaged:
            return []
        size, spoiled = file.size, sum(end - start for start, end in damaged)
        data: dict[str, object] = {"stream": stream, "bytes": spoiled, "places": len(damaged)}
        torn = b"\n".join(file.read(start, end - start).strip(b"\0\n") for start, end in damaged)
        where = _kept(path.parent, stream, now, torn.strip(b"\n"), data)
        if len(damaged) > 1 or damaged[0][1] < size:
            write_atomically(path, _all_but(file, damaged))
        else:
            _cut_off(path, damaged[0][0])
    places = "1 place" if len(damaged) == 1 else f"{len(damaged)} places"
    sentence = (
        f"{path.name} was damaged in {places} ({spoiled:,} bytes, {where}), as a power cut does; "
        "what is no row was cut out."
    )
    return [Repair("damaged_rows", sentence, data)]


def torn_files(folder: Path) -> list[tuple[str, Path]]:
    """Return the files that hold cut off bytes, oldest first, each with its stamp."""
    found = folder.glob("torn-*-????????-??????-??????-?????.txt")
    return sorted((path.stem.split("-", 2)[2], path) for path in found)


def _kept(folder: Path, stream: StreamName, now: float, torn: bytes, data: dict[str, object]) -> str:
    """Keep cut off bytes in a file of their own, note it in ``data``, and return where they are, in words."""
    if not torn:
        return "which were empty"
    before = [(stamp, path) for stamp, path in torn_files(folder) if path.name.startswith(f"torn-{stream}-")]
    # A repair that was killed before it had cut them off has kept them already.
    keep = next((path for _, path in before if path.stat().st_size == len(torn) and path.read_bytes() == torn), None)
    if keep is None:
        newest = before[-1][0] if before else None
        keep = folder / f"torn-{stream}-{next_stamp(now, newest)}.txt"
        write_atomically(keep, [torn])
    data["file"] = keep.name
    return f"kept in {keep.name}"


def _cut_off(path: Path, size: int) -> None:
    """Shorten a file for good: an archive made of it must not meet a longer one after the next power cut."""
    with path.open("r+b") as file:
        os.ftruncate(file.fileno(), size)
        _sync(file)


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _damaged_stretches(file: PlainFile, start: int) -> list[_Stretch]:
    """Return where lines stand that are no rows, from offset ``start`` on, neighbours as one stretch."""
    found: list[_Stretch] = []
    for low, block in file.blocks(start, file.rows_end):
        times = block_times(block)
        if times.rows == block.count(b"\n"):
            continue
        for line_start, line in _lines(low, block):
            if row_time(line) is None:
                since = found.pop()[0] if found and found[-1][1] == line_start else line_start
                found.append((since, line_start + len(line)))
    return found


def _lines(offset: int, block: bytes) -> Iterator[tuple[int, bytes]]:
    for line in block.split(b"\n")[:-1]:
        yield offset, line + b"\n"
        offset += len(line) + 1


def _all_but(file: PlainFile, damaged: list[_Stretch]) -> Iterator[bytes]:
    """Yield the file without the damaged stretches."""
    low = 0
    for start, end in [*damaged, (file.size, file.size)]:
        yield from (block for _, block in file.blocks(low, start))
        low = end
