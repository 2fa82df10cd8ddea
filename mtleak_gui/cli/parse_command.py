# SPDX-License-Identifier: GPL-3.0-only
"""``mtleak-gui parse FILE|-``: a saved console log taken apart, one JSON object on stdout for each line of input."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from typing import BinaryIO

import orjson

from mtleak_gui.cli.errors import BadInputError
from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.records import HeapReading, LogLine
from mtleak_gui.core.routing_errors import routing_error_in
from mtleak_gui.core.rows import Row, mem_audit_value

_BLOCK_BYTES = 1 << 18
_NO_HEAP = HeapReading()


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of ``parse``."""
    parser.add_argument("file", metavar="FILE", help="a saved console log, or - for standard input")


def run(arguments: argparse.Namespace) -> int:
    """Print one JSON object per line of the file. Raises ``BadInputError`` when it cannot be read."""
    path: str = arguments.file
    if path == "-":
        _print_lines(sys.stdin.fileno(), "standard input")
        return 0
    descriptor = _opened(path)
    try:
        _print_lines(descriptor, path)
    finally:
        os.close(descriptor)
    return 0


def line_as_json(raw: bytes) -> bytes:
    """Return one line of a log as an ASCII-safe JSON object with a newline at its end."""
    row = _row(parse(raw))
    encoded = orjson.dumps(row)
    if not encoded.isascii():
        encoded = json.dumps(row, separators=(",", ":")).encode("ascii")
    return encoded + b"\n"


def _opened(path: str) -> int:
    try:
        return os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as trouble:
        raise BadInputError(_why(path, trouble)) from trouble


def _why(path: str, trouble: OSError | ValueError) -> str:
    reason = (trouble.strerror if isinstance(trouble, OSError) else None) or str(trouble)
    return f"cannot read {path!r}: {reason}. Give the path of a saved console log, or - to read standard input."


def _print_lines(descriptor: int, name: str) -> None:
    output: BinaryIO = sys.stdout.buffer
    for lines in _blocks_of_lines(descriptor, name):
        output.write(b"".join(map(line_as_json, lines)))
        output.flush()


def _blocks_of_lines(descriptor: int, name: str) -> Iterator[list[bytes]]:
    """Yield the lines of a file or pipe as they arrive, without their newlines; a lone carriage return ends no line."""
    begun: list[bytes] = []
    while block := _read(descriptor, name):
        *lines, rest = block.split(b"\n")
        if lines:
            begun.append(lines[0])
            lines[0] = b"".join(begun)
            begun.clear()
            yield lines
        begun.append(rest)
    last = b"".join(begun)
    if last:
        yield [last]


def _read(descriptor: int, name: str) -> bytes:
    try:
        return os.read(descriptor, _BLOCK_BYTES)
    except OSError as trouble:
        raise BadInputError(_why(name, trouble)) from trouble


def _row(line: LogLine) -> Row:
    heap = line.heap or _NO_HEAP
    return {
        "level": line.level,
        "clock": line.clock,
        "thread": line.thread,
        "uptime_s": line.uptime_s,
        "heap_free": heap.free,
        "heap_total": heap.total,
        "heap_delta": heap.delta,
        "min_free": heap.min_free,
        "largest_block": heap.largest_block,
        "heap_event": None if line.heap_event is None else line.heap_event._asdict(),
        "alloc_site": None if line.alloc_site is None else line.alloc_site._asdict(),
        "mem_audit": None if line.mem_audit is None else mem_audit_value(line.mem_audit),
        "boot": None if line.boot is None else line.boot._asdict(),
        "reset_reason": line.reset_reason,
        "signature": line.signature,
        "routing_error": routing_error_in(line.message) if line.signature == "routing_nak" else None,
        "message": line.message,
    }
