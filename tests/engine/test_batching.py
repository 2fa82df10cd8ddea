# SPDX-License-Identifier: GPL-3.0-only
"""A receiver that is late gets bigger batches and is told what it did not get."""

from __future__ import annotations

from mtleak_gui.core.records import RawLine
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


def test_nothing_is_sent_when_nothing_came() -> None:
    assert Batching().take(now=0.0) is None
