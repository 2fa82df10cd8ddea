# SPDX-License-Identifier: GPL-3.0-only
"""The lines of the recorded logs and byte streams, for the tests that go through all of them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from meshtastic.protobuf import mesh_pb2

DATA = Path(__file__).parent.parent / "data"
CONSOLES = ("heap-stdout.log", "stock-plain-nocolour.log")
STREAMS = ("heap-serial.rx.bin", "stock-serial-reboot.rx.bin")


class Stream(NamedTuple):
    """What a serial stream holds: the lines of text between its frames, and the log records inside them."""

    lines: list[bytes]
    records: list[mesh_pb2.LogRecord]


def console_lines(name: str) -> list[bytes]:
    """Return the lines of a recorded text console, without their newlines."""
    return (DATA / name).read_bytes().removesuffix(b"\n").split(b"\n")


@cache
def stream(name: str) -> Stream:
    """Take a recorded serial stream apart (frames: 0x94 0xC3, length, FromRadio)."""
    data = (DATA / name).read_bytes()
    text = bytearray()
    records = []
    at = 0
    while at < len(data):
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at : at + 2] != b"\x94\xc3" or length > 512:
            text.append(data[at])
            at += 1
            continue
        message = mesh_pb2.FromRadio.FromString(data[at + 4 : at + 4 + length])
        if message.HasField("log_record"):
            records.append(message.log_record)
        at += 4 + length
    return Stream(bytes(text).split(b"\n"), records)


@cache
def all_lines() -> list[bytes]:
    """Return every line and every log record of the recordings."""
    lines = [line for name in CONSOLES for line in console_lines(name)]
    for name in STREAMS:
        lines += stream(name).lines
        lines += [record.message.encode() for record in stream(name).records]
    return lines
