# SPDX-License-Identifier: GPL-3.0-only
"""The recorded sessions of a real node: its messages, and the client's bytes with the times at which they came."""

from __future__ import annotations

import json
from bisect import bisect_left
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from meshtastic.protobuf import mesh_pb2

from mtleak_gui.demo.stream_codec import Frame, FrameDecoder


class Chunk(NamedTuple):
    """Bytes that were read at once, ``at`` seconds after the recording began."""

    at: float
    data: bytes


class Message(NamedTuple):
    """A message of the node and when it came."""

    at: float
    message: mesh_pb2.FromRadio


def chunks(path: Path) -> list[Chunk]:
    """Return a ``.bin`` in the pieces that its ``.jsonl`` tells."""
    rows = [json.loads(line) for line in path.with_suffix(".jsonl").read_text().splitlines()]
    data = path.read_bytes()
    ends = list(accumulate(row["len"] for row in rows))
    return [Chunk(row["t"], data[end - row["len"] : end]) for row, end in zip(rows, ends, strict=True)]


def messages(path: Path, *, log_records: bool = False) -> list[Message]:
    """Return what the node sent, without its LogRecords unless they are wanted."""
    decoder, found = FrameDecoder(), []
    for chunk in chunks(path):
        for part in decoder.feed(chunk.data):
            if isinstance(part, Frame):
                message = mesh_pb2.FromRadio.FromString(part.payload)
                if log_records or message.WhichOneof("payload_variant") != "log_record":
                    found.append(Message(chunk.at, message))
    return found


def chunks_as_the_node_read_them(rx: Path, tx: Path) -> list[Chunk]:
    """Return the client's bytes in the pieces, and at the moments, in which the node took them.

    It looks at its line ten times a second; its next sign of life is taken for that moment, which counts where a
    request comes 10 s after the last one.
    """
    signs = [chunk.at for chunk in chunks(rx)]
    read: list[Chunk] = []
    for chunk in chunks(tx):
        following = bisect_left(signs, chunk.at)
        at = signs[following] if following < len(signs) and signs[following] - chunk.at < 0.3 else chunk.at
        if read and read[-1].at == at:
            read[-1] = Chunk(at, read[-1].data + chunk.data)
        else:
            read.append(Chunk(at, chunk.data))
    return read
