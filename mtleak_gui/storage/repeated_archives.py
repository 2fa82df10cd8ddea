# SPDX-License-Identifier: GPL-3.0-only
"""Archives whose rows stand in the next file once more: a recorder killed while it compressed leaves such a pair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mtleak_gui.storage.gzip_members import MemberReader
from mtleak_gui.storage.member_index import MemberIndex
from mtleak_gui.storage.plain_file import PlainFile


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """An archive and its index."""

    path: Path
    index: MemberIndex

    def raw_pieces(self) -> Iterator[bytes]:
        """Yield its raw bytes from the beginning, as far as it is whole. Raises ``OSError``."""
        with MemberReader(self.path) as reader:
            for _ in reader.members():
                yield from reader.blocks()


class RepeatedArchives:
    """Compares an archive with the file after it, once for each pair."""

    def __init__(self) -> None:
        self._known: dict[tuple[Path, int, object], bool] = {}

    def is_repeated(self, older: ArchiveFile, newer: ArchiveFile | PlainFile) -> bool:
        """Return whether ``newer`` begins with all that ``older`` holds, byte for byte."""
        # A live file that becomes a part keeps its identity; what it begins with never changes.
        other = newer.identity if isinstance(newer, PlainFile) else (newer.path, newer.index.archive_bytes)
        key = (older.path, older.index.archive_bytes, other)
        if key not in self._known:
            try:
                self._known[key] = _begins_with(newer, older)
            except OSError:
                return False
        return self._known[key]


def _begins_with(newer: ArchiveFile | PlainFile, older: ArchiveFile) -> bool:
    pieces = newer.raw_pieces() if isinstance(newer, ArchiveFile) else _plain_pieces(newer)
    held = b""
    compared = 0
    for piece in older.raw_pieces():
        while len(held) < len(piece) and (more := next(pieces, b"")):
            held += more
        if not held.startswith(piece):
            return False
        held = held[len(piece) :]
        compared += len(piece)
    return compared > 0


def _plain_pieces(file: PlainFile) -> Iterator[bytes]:
    for _, block in file.blocks(0, file.size):
        yield block
