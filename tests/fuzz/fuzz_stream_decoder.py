# SPDX-License-Identifier: GPL-3.0-only
"""The stream of a board: how it is cut makes no difference, and each packet in it becomes rows."""

from __future__ import annotations

import json

from mtleak_gui.core.records import RawLine, RawPacket
from mtleak_gui.engine.row_maker import RowMaker
from mtleak_gui.link.inbound_stream import Heard, InboundStream
from mtleak_gui.link.packet_fields import packet_fields
from mtleak_gui.storage.row_encoding import encoded_rows


def one_input(data: bytes) -> None:
    """Hear ``data`` behind its first byte, whole and in pieces as long as that byte says; record what was heard."""
    if not data:
        return
    length, stream = data[0] + 1, data[1:]
    heard = _heard([stream])
    assert _heard([stream[at : at + length] for at in range(0, len(stream), length)]) == heard
    items: list[RawLine | RawPacket] = []
    for item in heard:
        if isinstance(item, str):
            items.append(RawLine(1_790_000_000.0, "port", "serial", item))
        elif item.HasField("packet"):
            fields = packet_fields(item.packet, _node_name)
            items.append(RawPacket(1_790_000_000.0, "port", "serial", fields))
    maker = RowMaker()
    made = maker.make(items)
    assert maker.failures == 0
    for line in encoded_rows([row for _, row in made.rows]).splitlines():
        json.loads(line)


def _node_name(num: int, isDest: bool = True) -> str:  # noqa: N803 - the package's own spelling
    return f"!{num:08x}"


def _heard(chunks: list[bytes]) -> list[Heard]:
    stream = InboundStream()
    return [*(item for chunk in chunks for item in stream.feed(chunk)), *stream.end()]
