# SPDX-License-Identifier: GPL-3.0-only
"""A board's byte stream to the frames in it and the text between them, with no byte lost.

The package's own reader takes text apart byte by byte and swallows each 0x94 with the byte behind it, which is part of
ordinary UTF-8 characters such as the dash; a frame that a reset cut off makes it swallow the boot text. This one does
neither: whatever is not a frame is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import Enum
from typing import Generic, TypeVar

MAX_PAYLOAD_BYTES = 512
START = b"\x94\xc3"
_HEADER_BYTES = 4
_TEXT_LINE = re.compile(rb"[\t\x1b\x20-\x7e]{4,}\r?\n")

Message = TypeVar("Message")


class _Until(Enum):
    """How long what may be the beginning of a frame is kept back."""

    MORE_COMES = "more comes"
    SILENCE = "a silence, in which something else is seen to have begun"
    END = "nothing more comes"


class StreamSplitter(Generic[Message]):
    """Splits bytes that come in any chunks; ``decode`` returns the message of a payload, ``None`` when it is none.

    It keeps at most two frames back.
    """

    def __init__(self, decode: Callable[[bytes], Message | None]) -> None:
        self._decode = decode
        self._pending = b""

    @property
    def has_partial(self) -> bool:
        """Whether a frame seems to have begun and has not ended."""
        return bool(self._pending)

    def feed(self, data: bytes) -> list[bytes | Message]:
        """Take the next bytes; return pieces of text (bytes) and messages in the order of the stream."""
        return self._split(self._pending + data, _Until.MORE_COMES)

    def after_silence(self) -> list[bytes | Message]:
        """Return what a frame that was cut off keeps back, text or a whole frame; one that is late is kept."""
        return self._split(self._pending, _Until.SILENCE) if self._pending else []

    def give_up_partial(self) -> list[bytes | Message]:
        """Return everything, frames that were not completed as text, because nothing more comes."""
        return self._split(self._pending, _Until.END) if self._pending else []

    def _split(self, stream: bytes, until: _Until) -> list[bytes | Message]:
        found: list[bytes | Message] = []
        text_from = position = 0
        while (position := stream.find(START[:1], position)) >= 0:
            end = self._end_of_message(stream, position, until)
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

    def _end_of_message(self, stream: bytes, position: int, until: _Until) -> int | None:
        """Return where a frame ends that may be one, ``position`` when none is there, ``None`` to wait for more."""
        end = _frame_end(stream, position)
        if end is None:
            return None if self._waits_at(stream, position, until) else position
        begin = position + _HEADER_BYTES
        if end == position or stream.find(START[:1], begin, end) < 0:
            return end
        if self._decode(stream[begin:end]) is None:
            return position
        was_cut = self._was_cut(stream, begin, end)
        if was_cut is None and until is _Until.MORE_COMES:
            return None
        return position if was_cut else end

    def _waits_at(self, stream: bytes, position: int, until: _Until) -> bool:
        """Return whether the bytes of a frame that are missing may still come."""
        if until is not _Until.SILENCE:
            return until is _Until.MORE_COMES
        begun = position + _HEADER_BYTES
        return _TEXT_LINE.search(stream, begun) is None and not self._has_frame(stream, begun)

    def _has_frame(self, stream: bytes, position: int) -> bool:
        while (position := stream.find(START, position)) >= 0:
            end = _frame_end(stream, position)
            if end is not None and end > position and self._decode(stream[position + _HEADER_BYTES : end]) is not None:
                return True
            position += 1
        return False

    def _was_cut(self, stream: bytes, begin: int, end: int) -> bool | None:
        """Return whether a payload is one that a reset cut off, and that took in the frames behind it.

        Bytes fields and unknown ones take anything in: one cut frame in fifty would become a message that nobody sent,
        and cost the whole frame behind it. ``None``: the next bytes will tell.
        """
        position = begin
        while (position := stream.find(START[:1], position, end)) >= 0:
            was_cut = self._frames_pass(stream, position, end)
            if was_cut is not False:
                return was_cut
            position += 1
        return False

    def _frames_pass(self, stream: bytes, position: int, end: int) -> bool | None:
        """Return whether whole frames follow each other from ``position`` to ``end`` or beyond it."""
        while position < end:
            frame_end = _frame_end(stream, position)
            if frame_end is None:
                # Another frame right behind the end bears out that the end is one.
                return False if stream.startswith(START, end) else None
            if frame_end == position or self._decode(stream[position + _HEADER_BYTES : frame_end]) is None:
                return False
            position = frame_end
        return position == end or not stream.startswith(START, end)


def _frame_end(stream: bytes, start: int) -> int | None:
    """Return where the frame at ``start`` ends, ``start`` when none is there, ``None`` when more bytes are needed."""
    header = stream[start : start + _HEADER_BYTES]
    if len(header) >= 2 and header[:2] != START:
        return start
    if len(header) >= 3 and header[2] > MAX_PAYLOAD_BYTES >> 8:
        return start
    if len(header) < _HEADER_BYTES:
        return None
    size = (header[2] << 8) | header[3]
    if size > MAX_PAYLOAD_BYTES:
        return start
    end = start + _HEADER_BYTES + size
    return end if end <= len(stream) else None
