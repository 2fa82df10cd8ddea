# SPDX-License-Identifier: GPL-3.0-only
"""Which of many lines hold one of many words: a sieve of four-byte pieces over all text at once.

Looking for forty words in 100,000 lines one by one takes 0.2 s, and a regular expression of forty alternatives the
same; most lines hold none. A word can only stand where any four bytes of it stand, and those are looked up for all
places at once in a table of 65,536 hashes. What passes the sieve is then searched properly.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

_PIECE = 4
_SPAN_BYTES = 1 << 18
_SAMPLE_BYTES = 1 << 16
_FACTOR = np.uint32(2_654_435_761)
"""Knuth's multiplicative hash."""
_SHIFT = np.uint32(16)


class LineSieve:
    """Finds the lines that hold one of ``words``, in any letter case. Words are ASCII and in small letters."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = tuple(dict.fromkeys(words))
        self._long = [word.encode("ascii") for word in self._words if len(word) >= _PIECE]
        self._short = [word.encode("ascii") for word in self._words if len(word) < _PIECE]
        self._table: npt.NDArray[np.bool_] | None = None

    def hits(self, lines: Sequence[str]) -> list[int]:
        """Return the indexes of the lines that hold a word, ascending."""
        if not lines:
            return []
        # One byte per character keeps offsets simple; what is not Latin-1 cannot be part of a word.
        text = "\n".join(lines).encode("latin-1", "replace").lower()
        ends = np.cumsum(np.fromiter(map(len, lines), np.intp, len(lines)) + 1)
        candidates = np.unique(np.searchsorted(ends, self._places(text), side="right"))
        return [index for index in candidates.tolist() if self._holds(lines[index].lower())]

    def _holds(self, lowered: str) -> bool:
        return any(word in lowered for word in self._words)

    def _places(self, text: bytes) -> npt.NDArray[np.intp]:
        if self._table is None:
            self._table = self._sieve_for(text)
        table = self._table
        found = [np.array(_places_of(word, text), np.intp) for word in self._short]
        for start in range(0, len(text), _SPAN_BYTES):
            span = text[start : start + _SPAN_BYTES + _PIECE - 1]
            for shift in range(min(_PIECE, len(span) - _PIECE + 1)):
                pieces = np.frombuffer(span, "<u4", count=(len(span) - shift) // _PIECE, offset=shift)
                found.append(np.flatnonzero(table[_hashed(pieces)]) * _PIECE + (shift + start))
        return np.concatenate(found) if found else np.empty(0, np.intp)

    def _sieve_for(self, text: bytes) -> npt.NDArray[np.bool_]:
        """Return the table of the pieces to look for: of each word the one that such text holds least often."""
        sample = text[:_SAMPLE_BYTES]
        chosen = []
        for word in self._long:
            pieces = [word[at : at + _PIECE] for at in range(len(word) - _PIECE + 1)]
            chosen.append(int.from_bytes(min(pieces, key=sample.count), "little"))
        table = np.zeros(1 << 16, np.bool_)
        table[_hashed(np.array(chosen, np.uint32))] = True
        return table


def _hashed(pieces: npt.NDArray[np.uint32]) -> npt.NDArray[np.uint32]:
    hashes: npt.NDArray[np.uint32] = pieces * _FACTOR >> _SHIFT
    return hashes


def _places_of(word: bytes, text: bytes) -> list[int]:
    places = []
    at = text.find(word)
    while at >= 0:
        places.append(at)
        at = text.find(word, at + 1)
    return places
