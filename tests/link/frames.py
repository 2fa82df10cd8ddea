# SPDX-License-Identifier: GPL-3.0-only
"""A slow and plain reading of recorded byte streams, written apart from the application's, to compare with."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from meshtastic.protobuf import mesh_pb2


class Stream(NamedTuple):
    """What a recorded stream holds: messages and text lines, each in their order."""

    messages: list[mesh_pb2.FromRadio]
    lines: list[str]

    def of_kind(self, kind: str) -> list[mesh_pb2.FromRadio]:
        """Return the messages of one kind."""
        return [message for message in self.messages if message.WhichOneof("payload_variant") == kind]


def frame(message: mesh_pb2.FromRadio | mesh_pb2.ToRadio) -> bytes:
    """Return a message as it goes over the wire."""
    payload: bytes = message.SerializeToString()
    return b"\x94\xc3" + len(payload).to_bytes(2, "big") + payload


def split(data: bytes) -> list[bytes]:
    """Return whole frames (with header) and single bytes of text, in order."""
    parts = []
    at = 0
    while at < len(data):
        size = 1
        if data[at : at + 2] == b"\x94\xc3":
            length = int.from_bytes(data[at + 2 : at + 4], "big")
            if length <= 512:
                size = 4 + length
        parts.append(data[at : at + size])
        at += size
    return parts


def is_frame(part: bytes) -> bool:
    """Return whether a part that ``split`` returned is a frame."""
    return len(part) >= 4


def read_stream(path: Path) -> Stream:
    """Read a recorded ``.rx.bin``."""
    messages = []
    text = bytearray()
    for part in split(path.read_bytes()):
        if is_frame(part):
            messages.append(mesh_pb2.FromRadio.FromString(part[4:]))
        else:
            text += part
    lines = [line.removesuffix("\r") for line in text.decode().split("\n")]
    return Stream(messages, lines if lines[-1] else lines[:-1])


def with_config_id(data: bytes, config_id: int) -> bytes:
    """Return a stream in which each handshake ends with the id that the client of now asked with."""
    return b"".join(_answering(part, config_id) for part in split(data))


def asked_config_ids(sent: bytes) -> list[int]:
    """Return the ids of the ``want_config`` questions in what a client sent."""
    messages = [mesh_pb2.ToRadio.FromString(part[4:]) for part in split(sent) if is_frame(part)]
    return [message.want_config_id for message in messages if message.WhichOneof("payload_variant") == "want_config_id"]


def _answering(part: bytes, config_id: int) -> bytes:
    if is_frame(part):
        message = mesh_pb2.FromRadio.FromString(part[4:])
        if message.WhichOneof("payload_variant") == "config_complete_id":
            message.config_complete_id = config_id
            return frame(message)
    return part
