# SPDX-License-Identifier: GPL-3.0-only
"""``mtleak-gui parse`` as a user runs it: a process, a file or a pipe, JSON lines out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

KEYS = [
    "level",
    "clock",
    "thread",
    "uptime_s",
    "heap_free",
    "heap_total",
    "heap_delta",
    "min_free",
    "largest_block",
    "heap_event",
    "alloc_site",
    "mem_audit",
    "boot",
    "reset_reason",
    "signature",
    "routing_error",
    "message",
]


def _parse(file: str, given: bytes | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "mtleak_gui", "parse", file]
    return subprocess.run(command, input=given, capture_output=True, timeout=60, check=False)


def _rows(given: bytes) -> list[dict[str, Any]]:
    done = _parse("-", given)
    assert done.stderr == b""
    assert done.returncode == 0
    assert done.stdout.isascii()
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_saved_log_gives_one_object_a_line_with_the_documented_keys(data: Path) -> None:
    done = _parse(str(data / "heap-stdout.log"))
    assert done.returncode == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(rows) == (data / "heap-stdout.log").read_bytes().count(b"\n")
    assert all(list(row) == KEYS for row in rows)
    assert {row["level"] for row in rows} == {None, "DEBUG", "INFO", "WARN", "ERROR", "HEAP"}
    assert next(row["boot"] for row in rows if row["boot"]) == {
        "hardware": "37",
        "version": "2.8.0.7754068",
        "environment": "native",
        "repository": "meshtastic/firmware",
    }


def test_readings_are_objects() -> None:
    thread, site, audit, nak = _rows(
        b"HEAP | 12:34:56 5 [Router] [heap 53484] ------ Thread Router leaked heap 53612 -> 53484 (-128) ------\n"
        b"HEAP | 12:34:56 5 [Router] Alloc in Router::send pointer 0x3fce1234, size: 412, free: 118020\n"
        b"INFO  | ??:??:?? 5 MemAudit[boot]: warm=4000 total=4000\n"
        b"WARN  | 12:34:56 5 [Router] Alloc an err=5,to=0x1,idFrom=0x2,id=0x3\n"
    )
    assert thread["heap_free"] == 53484
    assert thread["heap_event"] == {
        "kind": "leaked",
        "thread": "Router",
        "before": 53612,
        "after": 53484,
        "delta": -128,
    }
    assert site["alloc_site"] == {"site": "Router::send", "pointer": "0x3fce1234", "size": 412, "free": 118020}
    assert site["heap_free"] is None
    assert audit["mem_audit"] == {"phase": "boot", "subsystems": {"warm": 4000}, "total": 4000}
    assert (nak["signature"], nak["routing_error"]) == ("routing_nak", "MAX_RETRANSMIT")


@pytest.mark.parametrize(
    ("given", "messages"),
    [
        (b"", []),
        (b"\n", [""]),
        (b"a\n\nb", ["a", "", "b"]),
        (b"a\r\nb\r\n", ["a", "b"]),
        (b"a\rb\n", ["a\rb"]),
        (b"caf\xe9 \xff \xf0\x9f\x98\x80\n", ["caf\ufffd \ufffd \U0001f600"]),
        (b"\xed\xa0\x80\n", ["\ufffd\ufffd\ufffd"]),
        (b"x" * 1_000_000 + b"\ny", ["x" * 1_000_000, "y"]),
    ],
)
def test_output_has_the_lines_of_the_input_in_their_order(given: bytes, messages: list[str]) -> None:
    assert [row["message"] for row in _rows(given)] == messages


def test_lines_of_a_pipe_are_answered_while_it_stays_open() -> None:
    command = [sys.executable, "-m", "mtleak_gui", "parse", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdin.write(b"INFO  | 12:34:56 5 [Router] first\n")
        running.stdin.flush()
        assert json.loads(running.stdout.readline())["message"] == "first"
        running.stdin.close()
        assert running.stdout.read() == b""
    assert running.returncode == 0


def test_a_file_that_cannot_be_read_is_named_in_one_sentence(tmp_path: Path) -> None:
    for bad in (tmp_path / "missing.log", tmp_path):
        done = _parse(str(bad))
        assert done.returncode == 2
        assert done.stdout == b""
        assert str(bad) in done.stderr.decode()
        assert b"Traceback" not in done.stderr
        assert done.stderr.count(b"\n") == 1
