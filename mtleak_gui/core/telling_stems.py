# SPDX-License-Identifier: GPL-3.0-only
"""Which messages may hold a reading or a signature: those with one of a few stems. Most messages hold none.

One message is asked stem by stem: a loop over ``in`` takes a third of the time of one regular expression. Many are
asked at once: four look-up tables show where in all of them the beginning of a stem may be, and only there one looks.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

STEMS = (
    "heap",
    "alloc",
    "mem",
    "bytes free",
    "boot",
    "reset",
    "s:b:",
    "hwvendor",
    "watchdog",
    "brownout",
    "panic",
    "guru",
    "abort",
    "assert",
    "backtrace",
    "stack ",
    "fault",
    "corrupt",
)
STEMS_WITHOUT_HEADER = (*STEMS, "terminate", "(): ", "rst:", "esp-rom", "ets ", "e s h t")
"""Every reading and signature contains one of these, in small letters (held by a test); the last are printed by the
boot ROM and the C library, never behind a header."""

_PRINTED_FOR_EACH_PACKET = "allocated static pool item"

_REACH = 4
_BITS = 8


def may_tell(message: str, stems: tuple[str, ...]) -> bool:
    """Return whether a message may hold a reading or a signature."""
    lowered = message.lower()
    for stem in stems:
        if stem in lowered:
            return not lowered.startswith(_PRINTED_FOR_EACH_PACKET)
    return False


def _tables() -> tuple[bytes, ...]:
    """Return, for each of the first places in a stem, byte -> bits of the groups of stems with that letter there."""
    tables = [bytearray(256) for _ in range(_REACH)]
    for number, stem in enumerate(STEMS):
        group = 1 << number % _BITS
        for place, table in enumerate(tables):
            letters = (stem[place] + stem[place].upper()).encode() if place < len(stem) else range(256)
            for byte in set(letters):
                table[byte] |= group
    return tuple(map(bytes, tables))


_TABLES = _tables()
_BEGINNINGS = tuple(stem[:_REACH].encode() for stem in STEMS)


def numbers_of_those_that_may_tell(messages: Sequence[str]) -> list[int]:
    """Return the numbers, rising, of the messages behind headers for which ``may_tell`` is true.

    No message may hold a newline.
    """
    joined = "\n".join(messages)
    text = (joined if joined.isascii() else joined.lower()).encode("utf-8", "surrogatepass") + b"\n" * _REACH
    bits = np.frombuffer(text.translate(_TABLES[0]), np.uint8)[: 1 - _REACH]
    for place in range(1, _REACH):
        bits = bits & np.frombuffer(text.translate(_TABLES[place]), np.uint8)[place : len(bits) + place]
    numbers: list[int] = []
    number = seen_to = 0
    for at in bits.nonzero()[0].tolist():
        if text[at : at + _REACH].lower().startswith(_BEGINNINGS):
            number += text.count(b"\n", seen_to, at)
            seen_to = at
            if (not numbers or numbers[-1] != number) and may_tell(messages[number], STEMS):
                numbers.append(number)
    return numbers
