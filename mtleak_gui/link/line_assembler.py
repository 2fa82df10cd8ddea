# SPDX-License-Identifier: GPL-3.0-only
"""Bytes in any chunks to text lines, keeping every byte that a board sent readable."""

from __future__ import annotations

import re

LINE_LIMIT_BYTES = 100_000
"""A line longer than this is cut into pieces: a board that never ends its line must not fill the memory."""


_UNREADABLE = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f\x7f]")
"""Control characters, without those that terminals know."""


class LineAssembler:
    """Collects bytes until a line ends. Used by one thread.

    ``\\n`` ends a line and ``\\r`` before it is dropped. Bytes that are not UTF-8 come out as ``\\xNN``.
    """

    def __init__(self, limit: int = LINE_LIMIT_BYTES) -> None:
        self._limit = limit
        self._pending = bytearray()
        self._pieces_cut = 0

    @property
    def pieces_cut(self) -> int:
        """How many pieces were cut off from lines that were too long."""
        return self._pieces_cut

    @property
    def has_partial(self) -> bool:
        """Whether a line has begun and not ended."""
        return bool(self._pending)

    @property
    def has_unreadable_partial(self) -> bool:
        """Whether what has begun holds bytes that no text has."""
        return _UNREADABLE.search(self._pending) is not None

    def feed(self, data: bytes) -> list[str]:
        """Take the next bytes and return the lines that they complete."""
        self._pending += data
        if b"\n" not in data and len(self._pending) <= self._limit:
            return []
        *ended, begun = bytes(self._pending).split(b"\n")
        lines: list[str] = []
        for line in ended:
            lines += [_text(piece) for piece in self._pieces(line)]
        *full, begun = self._pieces(begun)
        self._pending = bytearray(begun)
        return lines + [_text(piece) for piece in full]

    def flush(self) -> str | None:
        """Return the line that has begun and not ended, or ``None``; the next bytes begin a new one."""
        partial, self._pending = bytes(self._pending), bytearray()
        return _text(partial) if partial else None

    def _pieces(self, line: bytes) -> list[bytes]:
        pieces = []
        while len(line) > self._limit:
            cut = _character_start(line, self._limit)
            pieces.append(line[:cut])
            line = line[cut:]
            self._pieces_cut += 1
        return [*pieces, line]


def _character_start(line: bytes, cut: int) -> int:
    """Return the nearest position at or before ``cut`` that does not split a UTF-8 character."""
    for position in range(cut, max(cut - 4, 0), -1):
        if line[position] & 0xC0 != 0x80:
            return position
    return cut


def _text(line: bytes) -> str:
    return line.rstrip(b"\r").decode("utf-8", errors="backslashreplace")
