# SPDX-License-Identifier: GPL-3.0-only
"""Gzip members of an archive: making one, and reading them one after the other in blocks of whole rows.

Reads any gzip file, also one of a single big member or one that a crash tore, in bounded memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path
from types import TracebackType
from typing import Self

from isal import isal_zlib

from mtleak_gui.storage.archive_format import LONGEST_ROW_BYTES, MEMBER_BYTES
from mtleak_gui.storage.plain_file import open_regular

_GZIP = 31
"""``wbits`` of zlib for a gzip header and trailer."""
_LEVEL = 1
_READ_BYTES = 1 << 17
_PIECE_BYTES = 2 * MEMBER_BYTES
_DAMAGED: type[Exception] = isal_zlib.error  # type: ignore[assignment]  # its stub says instance where it is a class


def compressed_member(raw: bytes | memoryview) -> bytes:
    """Return ``raw`` as one complete gzip member. The interpreter lock is free meanwhile."""
    return isal_zlib.compress(raw, _LEVEL, _GZIP)


def read_member(archive: Path, offset: int, size: int, raw_bytes: int = _PIECE_BYTES) -> bytes:
    """Return the raw bytes of the whole member of ``size`` bytes at ``offset``.

    ``raw_bytes`` says how many they will be at most, as the index does. Raises ``OSError``, also for a member that
    cannot be inflated, is cut short, or holds more.
    """
    with BufferedReader(open_regular(archive)) as file:
        file.seek(offset)
        packed = file.read(size)
    # Never more than was announced: an archive from elsewhere may unpack to a thousand times its size.
    inflater = isal_zlib.decompressobj(_GZIP)
    try:
        raw: bytes = inflater.decompress(packed, raw_bytes + 1)
    except _DAMAGED as trouble:
        message = f"the archive {archive.name} is damaged at byte {offset:,}: {trouble}"
        raise OSError(message) from trouble
    if not inflater.eof:
        why = "it unpacks to more than its index says" if len(raw) > raw_bytes else "it is cut short"
        raise OSError(f"the archive {archive.name} is damaged at byte {offset:,}: {why}")
    return raw


class MemberReader:
    """Walks through an archive: ``for offset in reader.members(): for block in reader.blocks(): ...``.

    Both iterators end where the file is broken, after what could be read; ``torn`` then says how.
    """

    def __init__(self, archive: Path) -> None:
        self._file = BufferedReader(open_regular(archive))
        self.archive_bytes = archive.stat().st_size
        self.torn: str | None = None
        self._pending = b""
        self._inflated: Iterator[bytes] = iter(())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    @property
    def position(self) -> int:
        """Bytes of the archive that have been used up: after ``blocks`` has ended, where the member ends."""
        return self._file.tell() - len(self._pending)

    def members(self) -> Iterator[int]:
        """Yield the offset of each member; a member whose blocks were not all taken is skipped over."""
        while self._skip_padding():
            self._inflated = self._inflate(self.position)
            yield self.position
            while self.torn is None and next(self._inflated, None) is not None:
                pass

    def blocks(self) -> Iterator[bytes]:
        """Yield the rows of the current member in blocks of at most 2 MiB, cut at row ends.

        The last block of a member may lack its final newline; a single row that is longer comes whole, up to
        ``LONGEST_ROW_BYTES``, where the reading ends.
        """
        held: list[bytes] = []
        held_bytes = 0
        for piece in self._inflated:
            cut = piece.rfind(b"\n") + 1
            if not cut:
                held.append(piece)
                held_bytes += len(piece)
                if held_bytes > LONGEST_ROW_BYTES:
                    self.torn = f"the archive holds a row of more than {LONGEST_ROW_BYTES >> 20} MiB, which is none"
                    return
                continue
            yield b"".join((*held, piece[:cut]))
            held, held_bytes = [piece[cut:]], len(piece) - cut
        rest = b"".join(held)
        if rest:
            yield rest

    def _skip_padding(self) -> bool:
        """Go to the next member; zeros after a member are padding, as gzip itself takes them."""
        while self.torn is None:
            self._pending = self._pending.lstrip(b"\0")
            if self._pending:
                return True
            self._pending = self._file.read(_READ_BYTES)
            if not self._pending:
                return False
        return False

    def _inflate(self, offset: int) -> Iterator[bytes]:
        inflater = isal_zlib.decompressobj(_GZIP)
        while True:
            packed = self._pending or self._file.read(_READ_BYTES)
            try:
                piece = inflater.decompress(packed, _PIECE_BYTES)
            except _DAMAGED as trouble:
                self._pending = b""
                self.torn = f"the archive is damaged in the member that starts at byte {offset:,}: {trouble}"
                return
            ended = inflater.eof
            self._pending = inflater.unused_data if ended else inflater.unconsumed_tail
            if piece:
                yield piece
            if ended:
                return
            if not packed and not piece:
                self.torn = f"the archive ends inside the member that starts at byte {offset:,}"
                return
