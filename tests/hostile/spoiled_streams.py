# SPDX-License-Identifier: GPL-3.0-only
"""Real and made streams of boards, taken to pieces in every way that hypothesis finds."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hypothesis import strategies as st
from meshtastic.protobuf import mesh_pb2

from mtleak_gui.demo.stream_codec import START
from mtleak_gui.link.inbound_stream import Heard, InboundStream
from tests.conftest import DATA
from tests.link.frames import is_frame, split

NAMES = ("heap-serial", "stock-serial-reboot", "stock-tcp", "heap2-leak-tcp")
PART_BYTES = 20_000
"""Of the long streams only so much is taken at a time: an example must not take seconds."""

harmless_bytes = st.binary(max_size=60).map(lambda data: data.replace(b"\x94", b"\x93"))
"""Garbage in which no frame can seem to begin."""


def parts_of(name: str) -> list[bytes]:
    """Return the whole frames and the whole lines of a recorded stream, in order."""
    parts: list[bytes] = []
    text = b""
    for part in split(Path(DATA, f"{name}.rx.bin").read_bytes()):
        if is_frame(part):
            parts.append(part)
            continue
        text += part
        if part == b"\n":
            parts.append(text)
            text = b""
    assert text == b""
    return parts


def is_whole_frame(part: bytes) -> bool:
    """Return whether one of ``parts_of`` is a frame and no line."""
    return part.startswith(START)


def some_parts(name: str) -> st.SearchStrategy[list[bytes]]:
    """Choose a run of a recorded stream."""
    parts = parts_of(name)
    return st.integers(0, max(0, len(parts) - 150)).map(lambda start: parts[start : start + 150])


def chopped(data: bytes, cuts: list[int]) -> list[bytes]:
    """Return the pieces of data between the cuts, which may be any numbers."""
    borders = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[start:end] for start, end in pairwise(borders)]


def heard_in(chunks: list[bytes]) -> list[Heard]:
    """Return what the chunks say."""
    stream = InboundStream()
    return [item for chunk in chunks for item in stream.feed(chunk)] + stream.end()


def messages_in(heard: list[Heard]) -> list[mesh_pb2.FromRadio]:
    """Return the messages alone, those that say nothing left out."""
    return [item for item in heard if not isinstance(item, str) and item.ByteSize()]


def meant(parts: list[bytes]) -> list[Heard]:
    """Return what whole frames and lines say, each read by itself."""
    return [mesh_pb2.FromRadio.FromString(part[4:]) if is_whole_frame(part) else _line(part) for part in parts]


def _line(part: bytes) -> str:
    return part.rstrip(b"\n").rstrip(b"\r").decode()
