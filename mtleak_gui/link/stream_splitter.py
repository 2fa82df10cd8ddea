# SPDX-License-Identifier: GPL-3.0-only
"""A board's byte stream to the frames in it and the text between them, with no byte lost.

The package's own reader takes text apart byte by byte and swallows each 0x94 with the byte behind it, which is part of
ordinary UTF-8 characters such as the dash; a frame that a reset cut off makes it swallow the boot text. This one does
neither: whatever is not a frame is text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

MAX_PAYLOAD_BYTES = 512
_START = 0x94
_SECOND = 0xC3
_HEADER_BYTES = 4

Message = TypeVar("Message")


class StreamSplitter(Generic[Message]):
    """Splits bytes that come in any chunks; ``decode`` returns the message of a payload, ``None`` when it is none."""

    def __init__(self, decode: Callable[[bytes], Message | None]) -> None:
        self._decode = decode
        self._pending = b""

    @property
    def has_partial(self) -> bool:
        """Whether a frame seems to have begun and has not ended."""
        return bool(self._pending)

    def feed(self, data: bytes) -> list[bytes | Message]:
        """Take the next bytes; return pieces of text (bytes) and messages in the order of the stream."""
        stream = self._pending + data
        found: list[bytes | Message] = []
        text_from = position = 0
        while (position := stream.find(_START, position)) >= 0:
            end = _frame_end(stream, position)
            if end is None:
                break
            message = self._decode(stream[position + _HEADER_BYTES : end]) if end > position else None
            if message is None:
                position += 1
                continue
            if position > text_from:
                found.append(stream[text_from:position])
            found.append(message)
            text_from = position = end
        if position < 0:
            position = len(stream)
        if position > text_from:
            found.append(stream[text_from:position])
        self._pending = stream[position:]
        return found

    def give_up_partial(self) -> list[bytes | Message]:
        """Take what looked like the beginning of a frame as text, because nothing more comes."""
        pending, self._pending = self._pending, b""
        return [pending[:1], *self.feed(pending[1:])] if pending else []


def _frame_end(stream: bytes, start: int) -> int | None:
    """Return where the frame at ``start`` ends, ``start`` when none is there, ``None`` when more bytes are needed."""
    header = stream[start : start + _HEADER_BYTES]
    if len(header) >= 2 and header[1] != _SECOND:
        return start
    if len(header) < _HEADER_BYTES:
        return None
    size = (header[2] << 8) | header[3]
    if size > MAX_PAYLOAD_BYTES:
        return start
    end = start + _HEADER_BYTES + size
    return end if end <= len(stream) else None
