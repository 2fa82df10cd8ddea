# SPDX-License-Identifier: GPL-3.0-only
"""What a board sends, as text lines and protocol messages in the order of the stream."""

from __future__ import annotations

from typing import TypeAlias

from google.protobuf.message import DecodeError
from meshtastic.protobuf import mesh_pb2

from mtleak_gui.link.line_assembler import LineAssembler
from mtleak_gui.link.stream_splitter import StreamSplitter

Heard: TypeAlias = str | mesh_pb2.FromRadio


class InboundStream:
    """Turns received bytes into lines and messages. Used by one thread."""

    def __init__(self) -> None:
        self._splitter = StreamSplitter(_from_radio)
        self._lines = LineAssembler()

    @property
    def pieces_cut(self) -> int:
        """How many pieces were cut off from lines that were too long."""
        return self._lines.pieces_cut

    @property
    def has_partial_message(self) -> bool:
        """Whether a message seems to have begun that is not complete yet."""
        return self._splitter.has_partial

    def feed(self, data: bytes) -> list[Heard]:
        """Take the next bytes; return what they complete."""
        return self._heard(self._splitter.feed(data))

    def after_silence(self) -> list[Heard]:
        """Return the line that has begun, and what a frame that was cut off keeps back. A frame may still be late."""
        return self._with_partial_line(self._splitter.after_silence())

    def end(self) -> list[Heard]:
        """Return what has begun and will not be completed, as text."""
        return self._with_partial_line(self._splitter.give_up_partial())

    def _with_partial_line(self, pieces: list[bytes | mesh_pb2.FromRadio]) -> list[Heard]:
        heard = self._heard(pieces)
        if (partial := self._lines.flush()) is not None:
            heard.append(partial)
        return heard

    def _heard(self, pieces: list[bytes | mesh_pb2.FromRadio]) -> list[Heard]:
        heard: list[Heard] = []
        for piece in pieces:
            if isinstance(piece, bytes):
                heard += self._lines.feed(piece)
                continue
            # What is left of a broken frame would else stand before the next line of text, and spoil it.
            if self._lines.has_unreadable_partial and (rest := self._lines.flush()) is not None:
                heard.append(rest)
            heard.append(piece)
        return heard


def _from_radio(payload: bytes) -> mesh_pb2.FromRadio | None:
    try:
        return mesh_pb2.FromRadio.FromString(payload)
    except DecodeError:
        return None
