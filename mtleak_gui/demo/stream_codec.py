# SPDX-License-Identifier: GPL-3.0-only
"""The frames of the stream protocol: ``0x94 0xC3``, a 16-bit big-endian length of at most 512, a protobuf message.

Source: ``src/mesh/StreamAPI.cpp``. Both directions use the same frames; text may stand between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

START = b"\x94\xc3"
HEADER_BYTES = 4
LONGEST_PAYLOAD = 512


class Frame(NamedTuple):
    """One whole frame; ``payload`` is the protobuf message."""

    payload: bytes


class Text(NamedTuple):
    """Bytes that stood outside frames."""

    data: bytes


def encode_frame(payload: bytes) -> bytes:
    """Return the frame around a protobuf message. Raises ``ValueError`` above 512 bytes, which no peer accepts."""
    if len(payload) > LONGEST_PAYLOAD:
        raise ValueError(f"a frame holds at most {LONGEST_PAYLOAD} bytes, not {len(payload)}")
    return START + len(payload).to_bytes(2, "big") + payload


class FrameDecoder:
    """Cuts a byte stream into frames and the text between them, whatever the chunks. Used by one thread.

    Never raises: a header whose length is over 512 is text, and the search goes on right behind its start bytes.
    """

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> Iterator[Frame | Text]:
        """Take bytes in and yield what they complete, in order; text is yielded as soon as it is surely text."""
        held = self._held
        held += data
        while held:
            start = _frame_start(held)
            if start:
                yield Text(bytes(held[:start]))
                del held[:start]
                continue
            if len(held) < HEADER_BYTES:
                return
            end = HEADER_BYTES + int.from_bytes(held[2:4], "big")
            if end > HEADER_BYTES + LONGEST_PAYLOAD:
                yield Text(bytes(held[: len(START)]))
                del held[: len(START)]
                continue
            if len(held) < end:
                return
            yield Frame(bytes(held[HEADER_BYTES:end]))
            del held[:end]

    def reset(self) -> None:
        """Forget a frame that was begun, as a restart of the board does."""
        self._held.clear()


def _frame_start(held: bytearray) -> int:
    """Return where a frame begins or may begin with bytes that are still to come; the length when nowhere."""
    start = held.find(START)
    if start >= 0:
        return start
    return len(held) - 1 if held[-1] == START[0] else len(held)
