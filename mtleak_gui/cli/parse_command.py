# SPDX-License-Identifier: GPL-3.0-only
"""``mtleak-gui parse FILE|-``: a saved console log taken apart, one JSON object on stdout for each line of input."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from mtleak_gui.cli.errors import BadInputError
from mtleak_gui.core.line_batch import parse_all
from mtleak_gui.core.records import HeapReading, LogLine
from mtleak_gui.core.routing_errors import routing_error_in
from mtleak_gui.core.rows import Row, mem_audit_value
from mtleak_gui.storage.row_encoding import encoded_rows

_BLOCK_BYTES = 1 << 14
"""Some hundred lines: few enough for what is made of them to stay in the processor's cache."""
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


def lines_as_json(raws: Sequence[bytes]) -> bytes:
    """Return each line of a log, without its newline, as an ASCII-safe JSON object with a newline at its end."""
    texts = b"\n".join(raws).decode("utf-8", "replace").split("\n")
    return encoded_rows([_row(line) for line in parse_all(texts)])


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
        output.write(lines_as_json(lines))
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
    # Taken apart at once: reading attributes one by one costs half as much again.
    _, level, clock, uptime_s, thread, message, heap, heap_event, alloc_site, mem_audit, boot, reset, signature = line
    free, total, delta, min_free, largest_block, _ = heap or _NO_HEAP
    return {
        "level": level,
        "clock": clock,
        "thread": thread,
        "uptime_s": uptime_s,
        "heap_free": free,
        "heap_total": total,
        "heap_delta": delta,
        "min_free": min_free,
        "largest_block": largest_block,
        "heap_event": None if heap_event is None else heap_event._asdict(),
        "alloc_site": None if alloc_site is None else alloc_site._asdict(),
        "mem_audit": None if mem_audit is None else mem_audit_value(mem_audit),
        "boot": None if boot is None else boot._asdict(),
        "reset_reason": reset,
        "signature": signature,
        "routing_error": routing_error_in(message) if signature == "routing_nak" else None,
        "message": message,
    }
