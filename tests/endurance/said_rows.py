# SPDX-License-Identifier: GPL-3.0-only
"""Which numbered lines of which board stand in a recording, in the order of its files, and on which port."""

from __future__ import annotations

import gzip
import re
from array import array
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import orjson

_SAID = re.compile(r" (\w+) (\d+) over$")


def raw_rows(folder: Path, stream: str) -> Iterator[bytes]:
    """Yield the rows of a stream, oldest first, from archives, parts that wait for compression, and the live file."""
    finished = sorted(folder.glob(f"{stream}.*.jsonl*"), key=lambda path: path.name.removesuffix(".gz"))
    for path in (path for path in [*finished, folder / f"{stream}.jsonl"] if path.exists()):
        with gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb") as file:
            yield from file


def rows_said(folder: Path) -> dict[str, array[int]]:
    """Return the numbers of each board's lines in the order of the rows; fails on a row that is no whole JSON."""
    said: dict[str, array[int]] = defaultdict(lambda: array("q"))
    ports: dict[str, str] = {}
    newest = float("-inf")
    for raw in raw_rows(folder, "logs"):
        row = orjson.loads(raw)
        assert raw.endswith(b"\n"), "a torn row"
        assert row["ts"] >= newest, "time goes back"
        newest = row["ts"]
        if (found := _SAID.search(row["line"])) is not None:
            name = found[1]
            assert ports.setdefault(name, row["port"]) == row["port"], f"a row of {name} stands on another port"
            said[name].append(int(found[2]))
    assert len(set(ports.values())) == len(ports), "two boards on one port"
    return said


def lost_and_wrong(numbers: array[int], sent: int) -> tuple[int, int]:
    """Return how many of the lines 0 to ``sent`` are missing, and how many rows are doubled or out of order."""
    missing = sent - len(set(numbers))
    wrong = sum(1 for before, after in pairwise(numbers) if after <= before)
    return missing, wrong
