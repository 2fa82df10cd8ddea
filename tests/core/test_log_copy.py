# SPDX-License-Identifier: GPL-3.0-only
"""What goes to the clipboard is harmless, and JSON of it is read by whoever reads recordings."""

from __future__ import annotations

import json

from mtleak_gui.core.log_copy import as_json, as_lines, as_markdown, with_context
from mtleak_gui.core.log_store import LogRow
from tests.core.log_by_hand import store_of


def rows(*texts: str) -> list[LogRow]:
    store = store_of(texts)
    found = [store.row(number) for number in range(len(texts))]
    return [row for row in found if row is not None]


def clock(ts: float) -> str:
    return f"00:00:0{ts:.0f}"


def test_lines_are_as_the_board_wrote_them_but_for_what_cannot_be_seen() -> None:
    copied = as_lines(rows("INFO  | 12:00:00 5 [A] plain", "a\x07\u202eb\nc"))
    assert copied == "INFO  | 12:00:00 5 [A] plain\na\\x07\\u202eb\\nc"


def test_context_tells_times_and_which_rows_are_meant() -> None:
    assert with_context(rows("one", "two"), {1}, clock) == "  00:00:00 COM5 one\n> 00:00:01 COM5 two"


def test_json_has_the_keys_of_the_logs_stream() -> None:
    copied = as_json(rows("WARN  | 12:00:00 5 [A] [heap 7] x", "[mark] m", "é"))
    line, mark, bare = (json.loads(row) for row in copied.split("\n"))
    assert list(line.items()) == [
        ("ts", 0.0),
        ("port", "COM5"),
        ("role", "serial"),
        ("level", "WARN"),
        ("tag", "A"),
        ("uptime_s", 5),
        ("line", "WARN  | 12:00:00 5 [A] [heap 7] x"),
        ("heap_free", 7),
    ]
    assert mark == {"ts": 1.0, "port": None, "role": "marker", "level": "MARK", "tag": "mark_event", "line": "[mark] m"}
    assert (bare["level"], bare["tag"], bare["uptime_s"], bare["line"]) == (None, None, None, "é")
    assert as_json(rows("é")).isascii()


def test_nothing_in_a_row_ends_the_block_of_markdown() -> None:
    told = as_markdown(rows("```", "# heading", "`````"), clock).split("\n")
    assert told[2] == "``````text"
    assert told[-2] == "``````"
    assert told[3:6] == ["00:00:00 ```", "00:00:01 # heading", "00:00:02 `````"]
    assert told[0].endswith("COM5")
    assert as_markdown([], clock) == ""
