# SPDX-License-Identifier: GPL-3.0-only
"""Lines come out whole, whatever the chunks, and no byte becomes unreadable."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mtleak_gui.link.line_assembler import LineAssembler


def lines_of(chunks: list[bytes], limit: int = 100_000) -> list[str]:
    assembler = LineAssembler(limit)
    lines = [line for chunk in chunks for line in assembler.feed(chunk)]
    last = assembler.flush()
    return lines if last is None else [*lines, last]


@given(st.binary(max_size=200), st.lists(st.integers(0, 200)))
def test_chunks_make_no_difference(data: bytes, cuts: list[int]) -> None:
    borders = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    chunks = [data[start:end] for start, end in pairwise(borders)]
    assert lines_of(chunks) == lines_of([data])


def test_line_ends_of_consoles_are_dropped_and_nothing_else() -> None:
    assert lines_of([b"\x1b[32mINFO \x1b[0m| a\r\n\r\n  b\t\r\r\nc"]) == ["\x1b[32mINFO \x1b[0m| a", "", "  b\t", "c"]


def test_bytes_that_are_not_utf8_stay_readable_and_can_be_written() -> None:
    [line] = lines_of(["Größe ".encode() + b"\xff\xfe\xed\xa0\x80 end\n"])
    assert line == "Größe \\xff\\xfe\\xed\\xa0\\x80 end"
    line.encode("utf-8")


def test_a_line_without_end_is_cut_between_characters_and_counted() -> None:
    assembler = LineAssembler(limit=10)
    lines = assembler.feed("äöüäöüäöü".encode() + b"x")
    lines += assembler.feed(b"yz\n")
    assert "".join(lines) == "äöüäöüäöüxyz"
    assert all(len(line.encode()) <= 10 for line in lines)
    assert assembler.pieces_cut == len(lines) - 1 > 0
