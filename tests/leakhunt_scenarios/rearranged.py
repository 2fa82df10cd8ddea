# SPDX-License-Identifier: GPL-3.0-only
"""What can happen to the files of a recording without changing what the board did: copied together, turned, merged."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from mtleak_gui.core.leakhunt.evidence import Evidence
from tests.leakhunt_scenarios.on_disk import write_recording

_NODES = (("!a1b2c3d4", "!b1b2c3d4"), ("!0badcafe", "!1badcafe"))

REARRANGEMENTS: dict[str, Callable[[list[str]], list[str]]] = {
    "each row twice": lambda rows: [row for row in rows for _ in range(2)],
    "the file appended to itself": lambda rows: [*rows, *rows],
    "the file appended to itself, reversed": lambda rows: [*rows, *rows[::-1]],
    "reversed": lambda rows: rows[::-1],
}
"""By name, what makes other rows of the rows of each file."""


def rearranged(recording: Path, folder: Path, how: Callable[[list[str]], list[str]]) -> Path:
    """Write the recording anew with its rows rearranged; return the folder."""
    folder.mkdir(parents=True)
    for file in recording.glob("*.jsonl"):
        rows = file.read_text("ascii").splitlines(keepends=True)
        (folder / file.name).write_text("".join(how(rows)), "ascii")
    return folder


def merged(one: Path, other: Evidence, folder: Path) -> Path:
    """Write a recording of two boards: that of ``one``, and ``other`` on a port and with nodes of its own."""
    on_other_port = replace(other, request=replace(other.request, port="/dev/ttyUSB1"))
    second = write_recording(on_other_port, folder / "second")
    for file in one.glob("*.jsonl"):
        renamed = (second / file.name).read_text("ascii")
        for node, another in _NODES:
            renamed = renamed.replace(node, another)
        rows = [*file.read_text("ascii").splitlines(keepends=True), *renamed.splitlines(keepends=True)]
        rows.sort(key=lambda row: float(json.loads(row)["ts"]))
        (folder / file.name).write_text("".join(rows), "ascii")
    return folder
