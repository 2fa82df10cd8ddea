# SPDX-License-Identifier: GPL-3.0-only
"""Console lines: any bytes are parsed, alone as in a batch, and what is recorded of them is one line of JSON each."""

from __future__ import annotations

import json

from mtleak_gui.core.firmware_log import parse
from mtleak_gui.core.line_batch import parse_all
from mtleak_gui.core.records import RawLine
from mtleak_gui.engine.row_maker import RowMaker
from mtleak_gui.storage.row_encoding import encoded_rows


def one_input(data: bytes) -> None:
    """Parse each line of ``data``, alone and with the others, and record it."""
    texts = data.decode("utf-8", "replace").split("\n")
    lines = parse_all(texts)
    assert lines == [parse(text) for text in texts]
    maker = RowMaker()
    made = maker.make([RawLine(1_790_000_000.0 + number, "port", "serial", text) for number, text in enumerate(texts)])
    assert maker.failures == 0
    rows = [row for _, row in made.rows]
    written = encoded_rows(rows).split(b"\n")
    assert written.pop() == b""
    told = [json.loads(line) for line in written]
    assert [row["line"] for row in told if "line" in row] == [
        text.encode("utf-8", "replace").decode() for text in texts
    ]
