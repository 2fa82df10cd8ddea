# SPDX-License-Identifier: GPL-3.0-only
"""A receiver that is late gets bigger batches and is told what it did not get."""

from __future__ import annotations

from mtleak_gui.core.records import RawEvent, RawLine, RawMark
from mtleak_gui.engine.batching import Batching
from mtleak_gui.engine.row_maker import Made, RowMaker


def made(*texts: str) -> Made:
    return RowMaker().make([RawLine(1.0, "p", "serial", text) for text in texts])


def test_a_second_batch_waits_for_the_credit_and_then_holds_everything() -> None:
    batching = Batching()
    batching.add(made("a"))
    first = batching.take(now=0.0)
    assert first is not None
    assert [heard.heard.text for heard in first.lines] == ["a"]
    batching.add(made("b"))
    batching.add(made("c"))
    assert batching.take(now=10.0) is None
    batching.give_credit()
    second = batching.take(now=10.0)
    assert second is not None
    assert [heard.heard.text for heard in second.lines] == ["b", "c"]
    assert (second.rows, second.withheld) == (2, 0)


def test_there_are_at_most_ten_batches_a_second() -> None:
    batching = Batching()
    taken = 0
    for millisecond in range(1_000):
        batching.add(made("x"))
        batching.give_credit()
        taken += batching.take(now=millisecond / 1_000) is not None
    assert taken == 10


def test_past_the_cap_the_oldest_lines_are_withheld_and_counted() -> None:
    batching = Batching(cap=3)
    batching.add(made("a", "b"))
    batching.add(made("c", "d", "e"))
    batch = batching.take(now=0.0)
    assert batch is not None
    assert [heard.heard.text for heard in batch.lines] == ["c", "d", "e"]
    assert (batch.rows, batch.withheld) == (5, 2)


def test_a_flood_comes_in_pieces_with_what_belongs_between_its_lines() -> None:
    batching = Batching(at_once=2)
    batching.add(RowMaker().make([RawLine(float(ts), "p", "serial", f"line {ts}") for ts in range(5)]))
    batching.add(RowMaker().make([RawMark(2.5, "between"), RawEvent(9.0, "last")]))
    came = []
    for turn in range(10):
        batching.give_credit()
        if (batch := batching.take(now=turn * 0.03)) is not None:
            came.append(batch)
    assert [[line.heard.ts for line in batch.lines] for batch in came] == [[0.0, 1.0], [2.0, 3.0], [4.0]]
    assert [[mark.label for mark in batch.marks] for batch in came] == [[], ["between"], []]
    assert [[event.kind for event in batch.events] for batch in came] == [[], [], ["last"]]
    assert (sum(batch.rows for batch in came), sum(batch.withheld for batch in came)) == (6, 0)


def test_nothing_is_sent_when_nothing_came() -> None:
    assert Batching().take(now=0.0) is None
