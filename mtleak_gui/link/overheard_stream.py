# SPDX-License-Identifier: GPL-3.0-only
"""The first that comes over a stream, kept aside: it tells what is on a port where no board answers."""

from __future__ import annotations

from mtleak_gui.core.first_talk import Talk, judge_talk
from mtleak_gui.link.byte_stream import ByteStream
from mtleak_gui.link.inbound_stream import InboundStream

KEPT_BYTES = 16_384


class OverheardStream:
    """A ``ByteStream`` around another one. Read by one thread; ``talk`` may be asked by another."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self._first = b""
        self._listens = True

    def read(self) -> bytes:
        """See ``ByteStream``."""
        data = self._stream.read()
        if self._listens and data:
            self._first += data
            self._listens = len(self._first) < KEPT_BYTES
        return data

    def write(self, data: bytes) -> None:
        """See ``ByteStream``."""
        self._stream.write(data)

    def close(self) -> None:
        """See ``ByteStream``."""
        self._stream.close()

    def forget(self) -> None:
        """Keep nothing any more: the board has answered."""
        self._listens = False
        self._first = b""

    def talk(self) -> Talk:
        """Return what was heard, judged."""
        inbound = InboundStream()
        heard = [*inbound.feed(self._first), *inbound.end()]
        lines = [item for item in heard if isinstance(item, str)]
        # A device that echoes what it is sent echoes our question, which is a message without any content.
        frames = sum(not isinstance(item, str) and item.WhichOneof("payload_variant") is not None for item in heard)
        return judge_talk(lines, frames)
